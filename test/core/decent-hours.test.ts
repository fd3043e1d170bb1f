import fc from "fast-check";
import { expect, test } from "vitest";
import { nextDecentTime } from "#core/decent-hours.ts";

const ZONE = "Europe/Istanbul";
const HOUR = 3_600_000;
/** Türkiye's clocks are three hours before UTC all year: a moment there, as it is written. */
const there = (iso: string) => Date.parse(`${iso}:00+03:00`);
const written = (moment: number) => new Date(moment + 3 * HOUR).toISOString().slice(0, 16);

test.each([
  ["a working morning", "2026-11-24T10:30", "2026-11-24T10:30"],
  ["just before the night", "2026-11-24T21:59", "2026-11-24T21:59"],
  ["the night begins", "2026-11-24T22:00", "2026-11-25T08:00"],
  ["midnight", "2026-11-25T00:00", "2026-11-25T08:00"],
  ["while in UTC it is still the day before", "2026-11-25T02:59", "2026-11-25T08:00"],
  ["just before the morning", "2026-11-25T07:59", "2026-11-25T08:00"],
  ["the morning", "2026-11-25T08:00", "2026-11-25T08:00"],
  ["the end of a year", "2026-12-31T23:30", "2027-01-01T08:00"],
  ["the eve of a bayram", "2027-03-08T15:00", "2027-03-08T15:00"],
  ["the night before Ramazan Bayramı", "2027-03-08T23:00", "2027-03-09T12:00"],
  ["the first night of it, still the eve in UTC", "2027-03-09T01:30", "2027-03-09T12:00"],
  ["the first morning of it", "2027-03-09T09:00", "2027-03-09T12:00"],
  ["its first noon", "2027-03-09T12:00", "2027-03-09T12:00"],
  ["its second morning", "2027-03-10T09:00", "2027-03-10T09:00"],
  ["the first morning of Kurban Bayramı", "2027-05-16T08:00", "2027-05-16T12:00"],
  ["the first morning of Kurban Bayramı in another year", "2026-05-27T08:30", "2026-05-27T12:00"],
])("goes out at a decent hour: %s", (_name, at, goes) => {
  expect(written(nextDecentTime(there(at), { urgent: false }, ZONE))).toBe(goes);
});

test.each([
  ["by night", "2026-11-24T23:30", "2026-11-24T23:30"],
  ["before the morning", "2026-11-25T04:00", "2026-11-25T04:00"],
  ["not on the first morning of a bayram", "2027-03-09T01:30", "2027-03-09T12:00"],
])("what is urgent does not wait for the morning: %s", (_name, at, goes) => {
  expect(written(nextDecentTime(there(at), { urgent: true }, ZONE))).toBe(goes);
});

test("later by fourteen hours at most, and never sooner than need be", () => {
  const moments = fc.integer({ min: there("2020-01-01T00:00"), max: there("2030-12-30T00:00") });
  fc.assert(
    fc.property(moments, fc.boolean(), (at, urgent) => {
      const goes = nextDecentTime(at, { urgent }, ZONE);
      expect(goes).toBeGreaterThanOrEqual(at);
      expect(goes - at).toBeLessThanOrEqual(14 * HOUR);
      expect(nextDecentTime(goes, { urgent }, ZONE)).toBe(goes);
      const hour = Number(written(goes).slice(11, 13));
      if (!urgent) expect(hour >= 8 && hour < 22).toBe(true);
      // Whatever waits has all its quiet hours behind it: a moment before would not do.
      if (goes > at) expect(nextDecentTime(goes - 1, { urgent }, ZONE)).toBe(goes);
      expect(nextDecentTime(at, { urgent: true }, ZONE)).toBeLessThanOrEqual(goes);
    }),
    { numRuns: 1000 },
  );
});
