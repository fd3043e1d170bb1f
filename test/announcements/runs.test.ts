import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createRuns } from "#announcements/runs.ts";
import { createTelegram } from "#channels/telegram/telegram.ts";
import { createLog } from "#ops/log.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { announcingOver, DAY_MS, DRAFT, RETENTION_MS } from "../support/announcing.ts";
import { startBotApi } from "../support/bot-api/server.ts";
import { SECRET_KEY } from "../support/store.ts";
import { words } from "../support/words.ts";

const NEWS = { ...DRAFT, news: "news", event: undefined } as const;

test("an announcement that cannot be kept keeps neither others from being kept nor anything from going out", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "imece-runs-"));
  const clock = { now: Date.parse("2026-11-24T09:00:00Z") };
  const now = () => clock.now;
  const store = await openEmbeddedStore({ folder, secretKey: SECRET_KEY, now, retentionMs: RETENTION_MS });
  onTestFinished(async () => {
    await store[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });
  await using api = await startBotApi();
  const { chat } = api.person();
  api.state.chats.set(chat.id, chat);
  const house = announcingOver(store, clock);
  await house.subscribe(String(chat.id));
  for (const id of ["spoilt01", "second01"]) {
    await house.begin(id);
    await house.draw(id);
    await house.sendAll(id);
    await house.act(id, { id: `end-${id}`, do: "end" });
  }
  await house.begin("fresh001", NEWS);

  const stop = new AbortController();
  const log = createLog("silent");
  const common = { secrets: { secretKey: SECRET_KEY }, words, defaultLanguage: "tr" as const, log, now, signal: stop.signal };
  const telegram = createTelegram({ ...common, token: api.token, apiRoot: api.root, paidBroadcast: false });
  const consent = { textVersion: "1", at: clock.now };
  const chosen = { topics: ["events"], language: "tr", reminders: true, weekly: false, changedAt: 1, consent } as const;
  const fault = new Error("Its record cannot be read.");
  const kept: string[] = [];
  const failed: unknown[] = [];
  await using runs = createRuns({
    ...house,
    drawing: {
      ...house.drawing,
      async keep(announcement) {
        if (announcement.id === "spoilt01") throw fault;
        await house.drawing.keep(announcement);
        kept.push(announcement.id);
      },
    },
    deliver: {
      ledger: store.ledger,
      pace: store.pace,
      paceOf: () => ({ perSecond: 1000, burst: 5 }),
      channel: (name) => (name === "telegram" ? telegram : undefined),
      log,
      now,
      signal: stop.signal,
    },
    subscriptionOf: async (address) => ({ ...chosen, chat: address.chat }),
    linesOf: async () => undefined,
    remind: async () => {},
    holder: randomUUID,
    timeZone: "Europe/Istanbul",
    failed: (error) => void failed.push(error),
  });
  using _stopped = { [Symbol.dispose]: () => stop.abort() };

  expect(await runs.settleOwed()).toBe(1);
  await vi.waitUntil(() => api.shown(chat.id).length === 1, { timeout: 5000 });
  await vi.waitUntil(() => kept.includes("second01"), { timeout: 5000 });
  expect(failed).toEqual([fault]);
  // Once a day.
  await runs.settleOwed();
  expect(failed).toEqual([fault]);
  clock.now += DAY_MS;
  await vi.waitUntil(async () => (await runs.settleOwed(), failed.length === 2), { timeout: 5000 });
});
