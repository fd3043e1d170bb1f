import { expect, test } from "vitest";
import { isPast, leavesTime, mayWait } from "#announcements/waiting.ts";
import type { Event } from "#core/event.ts";
import { EVENT } from "../support/announcing.ts";

const ZONE = "Europe/Istanbul";
const at = (iso: string) => Date.parse(`${iso}+03:00`);

test.each([
  ["event", false, true],
  ["news", false, true],
  ["news", true, false],
  ["moved", false, false],
  ["cancelled", false, false],
] as const)("what may wait for the weekly message: %s, urgent %s", (news, urgent, waits) => {
  expect(mayWait({ news, urgent })).toBe(waits);
});

// The 24th is a Tuesday; the next messages go out on the 30th and on 7 December.
test.each<[string, Partial<Event>, boolean]>([
  ["2026-11-24T15:00", { start: "2026-11-27T14:00" }, false],
  ["2026-11-24T15:00", { start: "2026-11-30T18:00" }, false],
  ["2026-11-24T15:00", { start: "2026-12-01T09:59" }, false],
  ["2026-11-24T15:00", { start: "2026-12-01T10:00" }, true],
  ["2026-11-24T15:00", { start: "2026-12-01" }, false],
  ["2026-11-24T15:00", { start: "2026-12-02" }, true],
  ["2026-11-24T15:00", { start: "2026-12" }, true],
  ["2026-11-24T15:00", { start: undefined }, true],
  ["2026-11-24T15:00", { start: "2026-12-20", registration: { deadline: "2026-11-29" } }, false],
  ["2026-11-24T15:00", { start: "2026-12-20", registration: { deadline: "2026-12-02" } }, true],
  // What has passed hurries nobody.
  ["2026-11-24T15:00", { start: "2026-12-20", registration: { deadline: "2026-11-20" } }, true],
  // It may still go out by itself while that week's message does.
  ["2026-11-30T09:00", { start: "2026-12-07T09:00" }, false],
  ["2026-11-30T07:00", { start: "2026-12-07T09:00" }, true],
])("told at %s, whether %j can wait for the weekly message", (now, event, waits) => {
  expect(leavesTime({ ...EVENT, start: undefined, ...event }, at(now), ZONE)).toBe(waits);
});

test.each<[Partial<Event>, string, boolean]>([
  [{ start: "2026-12-05T14:00" }, "2026-12-05T13:59", false],
  [{ start: "2026-12-05T14:00" }, "2026-12-05T14:00", true],
  [{ start: "2026-12-05T14:00", end: "2026-12-05T17:00" }, "2026-12-05T16:59", false],
  [{ start: "2026-12-05", end: "2026-12-06" }, "2026-12-06T23:59", false],
  [{ start: "2026-12-05", end: "2026-12-06" }, "2026-12-07T00:00", true],
  [{ start: "2026-12" }, "2026-12-31T23:00", false],
  [{ start: "2026-12" }, "2027-01-01T00:00", true],
  [{ start: "2026-12-05T14:00", status: "cancelled" }, "2026-12-01T00:00", true],
])("whether nobody can go any more to %j at %s", (event, now, past) => {
  expect(isPast({ ...EVENT, start: undefined, ...event }, at(now))).toBe(past);
});
