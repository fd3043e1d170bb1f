import { expect, test } from "vitest";
import { createFollowing, createLook } from "#commands/look.ts";

/** Reminders whose following ends when the test lets it. */
function slowReminders() {
  const did: string[] = [];
  let end = { well: () => {}, badly: () => {} };
  return {
    did,
    ends: (how: "well" | "badly") => end[how](),
    start: async () => void did.push("start"),
    follow: () =>
      new Promise<void>((resolve, reject) => {
        did.push("follow");
        end = { well: resolve, badly: () => reject(new Error("the store is away")) };
      }),
  };
}

test("however long reminders take to follow, what is published is taken up; they follow once more what came meanwhile", async () => {
  const reminders = slowReminders();
  const following = createFollowing(reminders);
  let published = 0;
  const look = createLook({
    owing: [],
    live: { refresh: async () => true },
    announced: async () => {
      published += 1;
      return true;
    },
    renewed: following.renewed,
    failed: () => {},
  });
  const first = following.settleOwed();
  await look();
  await look();
  expect([published, reminders.did]).toEqual([2, ["follow"]]);
  reminders.ends("well");
  await first;
  // Not before what changed while nothing ran is taken up.
  expect(reminders.did).toEqual(["follow", "start"]);

  const second = following.settleOwed();
  reminders.ends("well");
  expect(await second).toBe(1);
  expect(await following.settleOwed()).toBe(0);
  expect(reminders.did).toEqual(["follow", "start", "follow"]);
});

test("reminders follow what was published, though that failed when it was taken up", async () => {
  const reminders = slowReminders();
  const following = createFollowing(reminders);
  const first = following.settleOwed();
  reminders.ends("badly");
  await expect(first).rejects.toThrow("away");
  const second = following.settleOwed();
  reminders.ends("well");
  expect(await second).toBe(1);
  expect(reminders.did).toEqual(["follow", "follow", "start"]);
});

test("what one owes and cannot pay keeps neither the others nor what is published from being taken up", async () => {
  const faults: unknown[] = [];
  const away = new Error("the store is away");
  const look = createLook({
    owing: [{ settleOwed: () => Promise.reject(away) }, { settleOwed: async () => 3 }],
    live: { refresh: async () => true },
    announced: async () => true,
    renewed: () => {},
    failed: (error) => faults.push(error),
  });
  expect(await look()).toBe(5);
  expect(faults).toEqual([away]);
});
