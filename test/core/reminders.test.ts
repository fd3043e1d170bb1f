import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Event } from "#core/event.ts";
import { beginningOf, isQuiet, quietEndAfter, remindersOf } from "#core/reminders.ts";
import { momentInWords } from "#text/dates.ts";

const ZONE = "Europe/Istanbul";
const ANY: Event = {
  key: "bulusma",
  kind: "gathering",
  topics: ["events"],
  title: { tr: "Buluşma", en: "Meeting" },
  timeZone: ZONE,
  organisers: [],
  participants: [],
  entries: [],
  status: "announced",
  sequence: 0,
};
const shown = (event: Partial<Event>) =>
  remindersOf({ ...ANY, ...event }, ZONE).map((moment) => momentInWords(moment, ZONE, "tr"));

describe("people are reminded", () => {
  test.each([
    [
      "seven days, a day and two hours before",
      { start: "2026-12-05T14:00" },
      ["28 Kasım Cumartesi, 14.00", "4 Aralık Cuma, 14.00", "5 Aralık Cumartesi, 12.00"],
    ],
    ["at ten, where the hour is not known", { start: "2026-12-05" }, ["28 Kasım Cumartesi, 10.00", "4 Aralık Cuma, 10.00"]],
    [
      "at eight, where that is an hour before it begins",
      { start: "2026-12-05T09:00" },
      ["28 Kasım Cumartesi, 09.00", "4 Aralık Cuma, 09.00", "5 Aralık Cumartesi, 08.00"],
    ],
    [
      "the evening before, where eight would be too late",
      { start: "2026-12-05T08:30" },
      ["28 Kasım Cumartesi, 08.30", "4 Aralık Cuma, 08.30", "4 Aralık Cuma, 21.00"],
    ],
    [
      "at nine in the evening, and not later",
      { start: "2026-12-05T23:00" },
      ["28 Kasım Cumartesi, 21.00", "4 Aralık Cuma, 21.00", "5 Aralık Cumartesi, 21.00"],
    ],
    [
      "at noon of the first day of a bayram",
      { start: "2027-03-16T09:00" },
      ["9 Mart Salı, 12.00", "15 Mart Pazartesi, 09.00", "16 Mart Salı, 08.00"],
    ],
    [
      "the evening before a bayram, where noon would be too late",
      { start: "2027-03-09T11:00" },
      ["2 Mart Salı, 11.00", "8 Mart Pazartesi, 11.00", "8 Mart Pazartesi, 21.00"],
    ],
    [
      "by the clocks of the place",
      { start: "2026-12-05T14:00", timeZone: "Europe/Brussels" },
      ["28 Kasım Cumartesi, 16.00", "4 Aralık Cuma, 16.00", "5 Aralık Cumartesi, 14.00"],
    ],
  ])("%s", (_name, event, times) => {
    expect(shown(event)).toEqual(times);
  });

  test.each([
    ["cancelled", { start: "2026-12-05T14:00", status: "cancelled" }],
    ["known to the month", { start: "2026-12" }],
    ["no gathering", { start: "2026-12-05", kind: "report" }],
  ] as const)("not of what is %s", (_name, event) => {
    expect(shown(event)).toEqual([]);
  });
});

test("whatever the hour and the place: in order, before it begins, and never at night", () => {
  const minute = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2030, 0, 1) / 60_000 });
  const zone = fc.constantFrom(ZONE, "Europe/Brussels", "America/New_York", "Asia/Tokyo");
  fc.assert(
    fc.property(minute, zone, fc.boolean(), (at, timeZone, wholeDay) => {
      const iso = new Date(at * 60_000).toISOString();
      const event = { ...ANY, start: iso.slice(0, wholeDay ? 10 : 16), timeZone };
      const times = remindersOf(event, ZONE);
      expect(times.length).toBeGreaterThan(wholeDay ? 0 : 1);
      expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
      for (const time of times) {
        expect(time).toBeLessThan(beginningOf(event) ?? 0);
        expect(isQuiet(time, ZONE)).toBe(false);
      }
    }),
  );
});

test("a night ends at eight, and at noon on the first day of a bayram", () => {
  const at = (iso: string) => Date.parse(`${iso}+03:00`);
  expect(quietEndAfter(at("2026-12-05T23:10"), ZONE)).toBe(at("2026-12-06T08:00"));
  expect(quietEndAfter(at("2026-12-06T03:00"), ZONE)).toBe(at("2026-12-06T08:00"));
  expect(quietEndAfter(at("2027-03-08T23:10"), ZONE)).toBe(at("2027-03-09T12:00"));
  expect(quietEndAfter(at("2027-03-09T09:00"), ZONE)).toBe(at("2027-03-09T12:00"));
  expect([at("2027-03-08T09:00"), at("2027-03-09T11:59"), at("2027-03-10T09:00")].map((each) => isQuiet(each, ZONE))).toEqual([
    false,
    true,
    false,
  ]);
});
