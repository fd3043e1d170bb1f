import { expect, test } from "vitest";
import { createRemindReached } from "#announcements/remind-reached.ts";
import { createRuns } from "#announcements/runs.ts";
import { createTelegram } from "#channels/telegram/telegram.ts";
import type { Address } from "#core/message.ts";
import { createEmbeddedJobs } from "#jobs/embedded.ts";
import { createLog } from "#ops/log.ts";
import { createReminders } from "#reminders/reminders.ts";
import { remindedOf } from "#reminders/reminder.ts";
import { announcingOver, EVENT, moveEvent } from "../support/announcing.ts";
import { startBotApi } from "../support/bot-api/server.ts";
import { TODAY } from "../support/knowledge.ts";
import { partsOver } from "../support/run.ts";
import { describeStores, SECRET_KEY } from "../support/store.ts";
import { words } from "../support/words.ts";

const TIME_ZONE = "Europe/Istanbul";
const now = () => TODAY;
const failed = (error: unknown) => {
  throw error;
};

describeStores("who is reminded of the event of an announcement that was stopped", (place) => {
  /** Three subscribers, an invitation that one of them has, and a process that lets go out what is due. */
  const open = async () => {
    const store = await place().open();
    const api = await startBotApi();
    const house = announcingOver(store, { now: TODAY });
    const jobs = createEmbeddedJobs({ records: store.records, now, failed, everyMs: 2 ** 30 });
    const handle = async () => "taken" as const;
    const held = async () => false;
    const about = { records: store.records, jobs, handle, events: () => [EVENT], held, now, timeZone: TIME_ZONE };
    const reminders = createReminders(about);
    const people = Array.from({ length: 3 }, () => api.person());
    const subscription = (chat: string) =>
      ({
        topics: ["events"],
        language: "tr",
        reminders: true,
        weekly: false,
        chat,
        changedAt: 1,
        consent: { textVersion: "1", at: 1 },
      }) as const;
    for (const { chat } of people) {
      api.state.chats.set(chat.id, chat);
      await house.subscribe(String(chat.id));
    }
    const subscriptionOf = async ({ chat }: Address) => subscription(chat);
    const log = createLog("silent");
    const signal = new AbortController().signal;
    const common = {
      secrets: { secretKey: SECRET_KEY },
      words,
      defaultLanguage: "tr",
      log,
      now: () => Date.now(),
      signal,
    } as const;
    const runs = createRuns({
      ...house,
      deliver: partsOver(store, createTelegram({ ...common, token: api.token, apiRoot: api.root, paidBroadcast: false }), {
        now,
      }),
      subscriptionOf,
      linesOf: async () => undefined,
      remind: createRemindReached({ drawing: house.drawing, subscriptionOf, reminders, signal: new AbortController().signal }),
      holder: () => crypto.randomUUID(),
      timeZone: TIME_ZONE,
      failed,
    });
    await house.begin("gather01");
    await house.draw("gather01");
    const had = await house.arm("gather01");
    await house.settle("gather01", had, { is: "sent", reference: "7" });
    const reminded = async () => {
      const all: string[] = [];
      for await (const page of remindedOf(store.records, EVENT.key)) all.push(...page.map(({ person }) => person));
      return all.toSorted();
    };
    const close = async () => {
      await runs[Symbol.asyncDispose]();
      await jobs[Symbol.asyncDispose]();
      await api[Symbol.asyncDispose]();
    };
    const everybody = people.map(({ chat }) => String(chat.id)).toSorted();
    return { house, runs, had: had.address.person, everybody, reminded, close };
  };

  test("for the sake of a move: who has it, and who first hears of the event by the news", { timeout: 30_000 }, async () => {
    const { house, runs, had, everybody, reminded, close } = await open();
    await moveEvent(house);
    await expect.poll(async () => (await runs.settleOwed(), reminded()), { timeout: 10_000 }).toEqual(everybody);
    expect(everybody).toContain(had);
    await expect.poll(async () => runs.settleOwed(), { timeout: 10_000 }).toBe(0);
    await close();
  });

  test("by staff: who has it, once nothing of it is on the wire, and nobody else", { timeout: 30_000 }, async () => {
    const { house, runs, had, reminded, close } = await open();
    const onTheWire = await house.arm("gather01");
    await house.act("gather01", { id: "stop", by: "ali", do: "stop" });
    expect(await runs.settleOwed()).toBe(1);
    expect(await reminded()).toEqual([]);
    await house.settle("gather01", onTheWire, { is: "sent", reference: "8" });
    const both = [had, onTheWire.address.person].toSorted();
    await expect.poll(async () => (await runs.settleOwed(), reminded()), { timeout: 10_000 }).toEqual(both);
    await expect.poll(async () => runs.settleOwed(), { timeout: 10_000 }).toBe(0);
    await close();
  });
});
