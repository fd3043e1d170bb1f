import { expect, test } from "vitest";
import { createLook } from "#commands/look.ts";

test("reminders follow what was published, though that failed when it was taken up", async () => {
  const renewals = [true, false, false];
  let followed = 0;
  let away = true;
  const look = createLook({
    owing: [],
    live: { refresh: async () => renewals.shift() ?? false },
    announced: async () => false,
    reminders: {
      follow: async () => {
        if (away) throw new Error("the store is away");
        followed += 1;
      },
    },
    failed: () => {},
  });
  await expect(look()).rejects.toThrow("away");
  away = false;
  await look();
  await look();
  expect(followed).toBe(1);
});

test("what one owes and cannot pay keeps neither the others nor what is published from being taken up", async () => {
  const faults: unknown[] = [];
  const away = new Error("the store is away");
  const look = createLook({
    owing: [{ settleOwed: () => Promise.reject(away) }, { settleOwed: async () => 3 }],
    live: { refresh: async () => true },
    announced: async () => true,
    reminders: { follow: async () => {} },
    failed: (error) => faults.push(error),
  });
  expect(await look()).toBe(5);
  expect(faults).toEqual([away]);
});
