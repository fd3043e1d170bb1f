import { expect, test } from "vitest";
import { createLastTries } from "#announcements/last-tries.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

test("what cannot be sent is tried for six days, and for an hour wherever its run rested", () => {
  let now = 0;
  const tries = createLastTries(() => now);
  expect(tries.until("week-1", 0)).toBe(6 * DAY_MS);
  now = 8 * DAY_MS;
  expect(tries.until("week-1", 0)).toBe(6 * DAY_MS);
  // Held, and let go on again.
  tries.only([]);
  expect(tries.until("week-1", 0)).toBe(now + HOUR_MS);
  tries.only(["week-1"]);
  now += 2 * HOUR_MS;
  expect(tries.until("week-1", 0)).toBe(now - HOUR_MS);
});
