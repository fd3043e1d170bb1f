import { expect, test } from "vitest";
import { createHeldSizes } from "#staff/held-sizes.ts";

const MINUTE_MS = 60_000;

test("the size of an audience is drawn anew where the draft is another, and otherwise once in ten minutes", async () => {
  let now = 0;
  let drawn = 0;
  const sizeFor = createHeldSizes(() => now);
  const look = async (of: string) =>
    (
      await sizeFor("draft", of, async () => {
        drawn += 1;
        return { single: drawn, weekly: 0 };
      })
    ).single;
  expect(await look("all")).toBe(1);
  now = 9 * MINUTE_MS;
  expect(await look("all")).toBe(1);
  expect(await look("Ankara")).toBe(2);
  now = 18 * MINUTE_MS;
  expect(await look("Ankara")).toBe(2);
  now = 19 * MINUTE_MS;
  expect(await look("Ankara")).toBe(3);
});

test("what could not be drawn is drawn the next time", async () => {
  const sizeFor = createHeldSizes(() => 0);
  await expect(sizeFor("draft", "all", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await sizeFor("draft", "all", async () => ({ single: 3, weekly: 1 }))).toEqual({ single: 3, weekly: 1 });
});
