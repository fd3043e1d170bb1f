import { expect, test } from "vitest";
import { createRemindReached, type RemindReached } from "#announcements/remind-reached.ts";
import { createUnderWay } from "#announcements/under-way.ts";
import type { Address } from "#core/message.ts";
import type { Subscription } from "#core/subscription.ts";
import { REMINDERS } from "#reminders/reminder.ts";
import { ADDRESS } from "../support/bot.ts";
import { TODAY } from "../support/knowledge.ts";
import { reminding } from "../support/reminding.ts";
import { describeStores } from "../support/store.ts";
import { turnsDuring } from "../support/turns.ts";

const CHOSEN: Subscription = {
  topics: ["events"],
  language: "tr",
  reminders: true,
  weekly: false,
  chat: "c",
  changedAt: 1,
  consent: { textVersion: "1", at: TODAY },
};

describeStores("of whom an announcement reached", (place) => {
  test("nobody comes back who had everything deleted just then, though the store is away for the next one", async () => {
    const { store, reminders, key, close } = await reminding(place(), "2026-12-05T14:00");
    const page = ["deletes", "next"].map((person) => ({ ...ADDRESS, chat: person, person }));
    const subscribed = new Set(["deletes", "next"]);
    let away = false;
    const remind = createRemindReached({
      drawing: {
        async *reached() {
          yield page.map((address) => ({ row: address.person, address, language: "tr" as const, attempts: 0 }));
        },
      },
      async subscriptionOf({ person }) {
        if (person === "next" && away) throw new Error("away");
        return subscribed.has(person) ? CHOSEN : undefined;
      },
      signal: new AbortController().signal,
      reminders: {
        personalData: reminders.personalData,
        async remindOf(event: string, addresses: readonly Address[]) {
          // All is deleted after they were looked up, and before they are reminded.
          if (addresses.some(({ person }) => person === "deletes")) {
            subscribed.delete("deletes");
            away = true;
          }
          await reminders.remindOf(event, addresses);
        },
      },
    });
    const left = async () => (await store.records.list(REMINDERS, { by: "index", name: "event", value: key, limit: 9 })).length;
    await expect(remind("run", () => [key])).rejects.toThrow("away");
    expect(await left()).toBe(0);
    away = false;
    await remind("run", () => [key]);
    expect(await left()).toBe(1);
    await close();
  });

  test("closing does not wait for all of them, and who was left out is reminded from then on", async () => {
    const { store, reminders, key, close } = await reminding(place(), "2026-12-05T14:00");
    const page = ["1", "2", "3"].map((person) => ({ ...ADDRESS, chat: person, person }));
    const parts = {
      drawing: {
        async *reached() {
          yield page.map((address) => ({ row: address.person, address, language: "tr" as const, attempts: 0 }));
        },
      },
      subscriptionOf: async () => CHOSEN,
    };
    const left = async () => (await store.records.list(REMINDERS, { by: "index", name: "event", value: key, limit: 9 })).length;
    const stop = new AbortController();
    const closing = {
      personalData: reminders.personalData,
      async remindOf(event: string, addresses: readonly Address[]) {
        await reminders.remindOf(event, addresses);
        stop.abort();
      },
    };
    const faults: unknown[] = [];
    let ended = false;
    const work = async (remind: RemindReached) => {
      await using underWay = createUnderWay(
        () => TODAY,
        (fault) => faults.push(fault),
      );
      underWay.begin(
        "run",
        async () => ({ is: "done" }),
        async () => {
          await remind("run", () => [key]);
          ended = true;
        },
      );
    };
    await work(createRemindReached({ ...parts, reminders: closing, signal: stop.signal }));
    // Not noted as ended either, so that it begins anew after the start.
    expect({ left: await left(), ended, faults }).toEqual({ left: 1, ended: false, faults: [] });
    // What else there is to do has its turn between them.
    const goesOn = createRemindReached({ ...parts, reminders, signal: new AbortController().signal });
    expect(await turnsDuring(() => work(goesOn))).toBeGreaterThanOrEqual(page.length);
    expect({ left: await left(), ended, faults }).toEqual({ left: 3, ended: true, faults: [] });
    await close();
  });
});
