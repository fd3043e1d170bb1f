import { expect, test } from "vitest";
import { createLatest } from "#announcements/latest.ts";

test("is read once a second, however many ask, and anew where that failed", async () => {
  let [now, reads] = [0, 0];
  let fails = true;
  const latest = createLatest(
    async () => {
      reads += 1;
      if (fails) throw new Error("away");
      return reads;
    },
    () => now,
  );
  await expect(latest()).rejects.toThrow("away");
  fails = false;
  expect(await Promise.all([latest(), latest(), latest()])).toEqual([2, 2, 2]);
  now = 999;
  expect(await latest()).toBe(2);
  now = 1000;
  expect(await latest()).toBe(3);
});
