import { expect, test } from "vitest";
import { createRemindReached } from "#announcements/remind-reached.ts";
import type { Address } from "#core/message.ts";
import type { Subscription } from "#core/subscription.ts";
import { REMINDERS } from "#reminders/reminder.ts";
import { ADDRESS } from "../support/bot.ts";
import { TODAY } from "../support/knowledge.ts";
import { reminding } from "../support/reminding.ts";
import { describeStores } from "../support/store.ts";

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
});
