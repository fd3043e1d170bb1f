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
  });
  await expect(look()).rejects.toThrow("away");
  away = false;
  await look();
  await look();
  expect(followed).toBe(1);
});
