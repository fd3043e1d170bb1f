import { expect, test } from "vitest";
import { createSubscribers } from "#announcements/subscribers.ts";
import { untilWon } from "#core/until-won.ts";
import { TODAY } from "../support/knowledge.ts";
import { describeStores } from "../support/store.ts";

test("what lost a race is tried anew until it is won", async () => {
  let tries = 0;
  expect(await untilWon("A record", async () => ((tries += 1) < 5 ? "stale" : tries))).toBe(5);
});

describeStores("a list of subscribers", (place) => {
  test("is not written to for ever where another process always is faster", async () => {
    const { records } = await place().open();
    let puts = 0;
    const put = async () => {
      puts += 1;
      if (puts > 1000) throw new Error("it goes on for ever");
      return "stale" as const;
    };
    const subscribers = createSubscribers({ records: { ...records, put }, now: () => TODAY, retentionMs: 1 });
    const consent = { textVersion: "1", at: TODAY };
    const chosen = { topics: [], language: "tr", reminders: true, weekly: false, chat: "c", changedAt: 1, consent } as const;
    const saving = subscribers.save({ channel: "telegram", person: "p", subscription: chosen });
    await expect(saving).rejects.toMatchObject({ code: "store.contended" });
  });
});
