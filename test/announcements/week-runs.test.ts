import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createWeekRuns, type WeekRunsParts } from "#announcements/week-runs.ts";
import { createTelegram } from "#channels/telegram/telegram.ts";
import { createEmbeddedJobs } from "#jobs/embedded.ts";
import { createLog } from "#ops/log.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { announcingOver, DAY_MS, DRAFT, RETENTION_MS } from "../support/announcing.ts";
import { startBotApi } from "../support/bot-api/server.ts";
import { SECRET_KEY } from "../support/store.ts";
import { words } from "../support/words.ts";

const NEWS = { ...DRAFT, news: "news", event: undefined } as const;
const HOUR_MS = 3_600_000;

test("readers of a channel that is gone for good keep no later weekly message from the others", { timeout: 30_000 }, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "imece-weeks-"));
  // Ten in the morning, on a working day.
  const clock = { now: Date.parse("2026-11-24T07:00:00Z") };
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
  await house.subscribe(String(chat.id), { weekly: true });
  const consent = { textVersion: "1", at: clock.now };
  const subscription = {
    topics: ["events"],
    language: "tr",
    reminders: true,
    weekly: true,
    chat: "U2",
    changedAt: 1,
    consent,
  } as const;
  await house.subscribers.save({ channel: "slack", person: "U2", subscription });

  const stop = new AbortController();
  const common = { secrets: { secretKey: SECRET_KEY }, words, defaultLanguage: "tr" as const, log: createLog("silent"), now };
  const telegram = createTelegram({ ...common, token: api.token, apiRoot: api.root, paidBroadcast: false, signal: stop.signal });
  const ended: Parameters<WeekRunsParts["weekEnded"]>[] = [];
  const failed: unknown[] = [];
  await using jobs = createEmbeddedJobs({ records: store.records, now, failed: () => {}, everyMs: 2 ** 30 });
  await using weekly = createWeekRuns({
    ...house,
    deliver: {
      ledger: store.ledger,
      pace: store.pace,
      paceOf: () => ({ perSecond: 1000, burst: 5 }),
      channel: (name) => (name === "telegram" ? telegram : undefined),
      log: createLog("silent"),
      now,
      signal: stop.signal,
    },
    subscriptionOf: async ({ person }) => ({ ...subscription, chat: person }),
    linesOf: async () => undefined,
    remind: async () => {},
    holder: randomUUID,
    failed: (error) => void failed.push(error),
    jobs,
    events: () => [],
    settings: { timeZone: "Europe/Istanbul", defaultLanguage: "tr", retentionDays: 90 },
    weekEnded: (...told) => void ended.push(told),
  });
  using _stopped = { [Symbol.dispose]: () => stop.abort() };

  const week = async (at: number) => {
    await house.begin(`news000${at}`, NEWS);
    await house.draw(`news000${at}`);
    await house.act(`news000${at}`, { id: `end-${at}`, do: "end" });
    clock.now += HOUR_MS;
    await house.weeks.begin(`week-${at}`);
    await weekly.settleOwed();
    await vi.waitUntil(async () => (await store.ledger.counts(`week-${at}`)).sent === 1, { timeout: 5000 });
  };
  await week(1);
  await weekly.settleOwed();
  expect(ended).toEqual([]);
  clock.now += 6 * DAY_MS;
  await vi.waitUntil(() => ended.length > 0, { timeout: 10_000 });
  expect(ended).toEqual([["week-1", { sent: 1, failed: 1, uncertain: 0 }]]);
  await week(2);
  expect(api.shown(chat.id)).toHaveLength(2);
  expect(failed).toEqual([]);
});
