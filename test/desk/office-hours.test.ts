import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnswerTime } from "#core/answer-time.ts";
import { nextDue } from "#desk/due.ts";
import { turkishHoliday } from "#core/holidays.ts";
import type { Office } from "#desk/office-hours.ts";
import { afterWorking, nextMorning, parseClosedDays, parseOfficeHours, whenAnswered } from "#desk/office-hours.ts";
import { changeTicket, openTicket } from "#desk/ticket.ts";
import { minutesAt, momentAt } from "#text/clock.ts";

const HOUR = 3_600_000;
const ISTANBUL = "Europe/Istanbul";

function office(written = "Mon-Fri 09:00-17:00", closedDays = "", timeZone = ISTANBUL): Office {
  const closed = parseClosedDays(closedDays);
  return {
    hours: parseOfficeHours(written) ?? [],
    timeZone,
    closure: (day) => closed?.get(day) ?? turkishHoliday(day),
  };
}

/** A moment by the clock in Türkiye. */
const at = (written: string) => Date.parse(`${written}:00+03:00`);

describe("public holidays", () => {
  // As announced by the Presidency of Religious Affairs.
  test.each([
    ["2019-06-04", "2019-08-11"],
    ["2023-04-21", "2023-06-28"],
    ["2024-04-10", "2024-06-16"],
    ["2025-03-30", "2025-06-06"],
    ["2026-03-20", "2026-05-27"],
    ["2027-03-09", "2027-05-16"],
  ])("the feasts begin on %s and %s, with a free afternoon before", (ramazan, kurban) => {
    const plus = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
    for (const [day, length, name] of [
      [ramazan, 3, "Ramazan Bayramı"],
      [kurban, 4, "Kurban Bayramı"],
    ] as const) {
      expect(turkishHoliday(plus(day, -2))?.name.tr).not.toBe(name);
      expect(turkishHoliday(plus(day, -1))).toMatchObject({ from: 13 * 60, feast: true, name: { tr: name } });
      for (let days = 0; days < length; days += 1) {
        expect(turkishHoliday(plus(day, days))).toMatchObject({ feast: true, name: { tr: name } });
        expect(turkishHoliday(plus(day, days))?.from).toBeUndefined();
      }
      expect(turkishHoliday(plus(day, length))?.name.tr).not.toBe(name);
    }
  });

  test("eight more by the calendar, the afternoon of 28 October among them", () => {
    const year = Array.from({ length: 365 }, (_, day) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10));
    const closed = year.filter((day) => turkishHoliday(day)?.feast === false);
    expect(closed.map((day) => day.slice(5))).toEqual(["01-01", "04-23", "05-01", "05-19", "07-15", "08-30", "10-28", "10-29"]);
    expect(turkishHoliday("2026-10-28")?.from).toBe(13 * 60);
  });
});

describe("when a question is looked at", () => {
  test.each<[string, AnswerTime]>([
    ["2026-11-24T10:00", { is: "today", until: "17:00" }],
    ["2026-11-24T07:00", { is: "today", until: "17:00" }],
    ["2026-11-24T15:00", { is: "today", until: "17:00" }],
    ["2026-11-24T15:01", { is: "later", day: "2026-11-25", open: true }],
    ["2026-11-24T17:00", { is: "later", day: "2026-11-25", open: false }],
    ["2026-11-27T18:00", { is: "later", day: "2026-11-30", open: false }],
    ["2026-11-28T12:00", { is: "later", day: "2026-11-30", open: false }],
  ])("on %s", (now, expected) => {
    expect(whenAnswered(office(), at(now))).toEqual(expected);
  });

  test.each([
    // Thursday noon before the feast: an hour is left.
    ["2026-03-19T12:00", "2026-03-23", "Ramazan Bayramı", true],
    ["2026-03-19T14:00", "2026-03-23", "Ramazan Bayramı", true],
    ["2026-05-28T10:00", "2026-06-01", "Kurban Bayramı", true],
    ["2026-10-28T14:00", "2026-10-30", "Cumhuriyet Bayramı", false],
    ["2026-12-31T16:00", "2027-01-04", "Yılbaşı", false],
  ])("on %s a holiday lies between", (now, day, name, feast) => {
    expect(whenAnswered(office(), at(now))).toMatchObject({ is: "after-holiday", day, holiday: { tr: name }, feast });
  });

  test("on the morning before a feast until one o'clock", () => {
    expect(whenAnswered(office(), at("2026-03-19T09:00"))).toEqual({ is: "today", until: "13:00" });
  });

  test("a holiday on a Sunday keeps nobody waiting", () => {
    expect(whenAnswered(office(), at("2026-08-29T12:00"))).toEqual({ is: "later", day: "2026-08-31", open: false });
  });

  test("days closed by hand count, half ones too", () => {
    const closing = office(undefined, "2026-11-25..2026-11-26, 2026-11-27 12:00");
    expect(whenAnswered(closing, at("2026-11-24T18:00"))).toMatchObject({ day: "2026-11-27", holiday: { tr: "idari izin" } });
    expect(whenAnswered(closing, at("2026-11-27T09:00"))).toEqual({ is: "today", until: "12:00" });
  });

  test("it never names a day or hour at which nobody is there", () => {
    const moment = fc.integer({ min: at("2026-01-01T00:00"), max: at("2030-12-31T00:00") });
    fc.assert(
      fc.property(moment, (now) => {
        const when = whenAnswered(office(), now);
        const day = when.is === "today" ? new Date(now + 3 * HOUR).toISOString().slice(0, 10) : when.day;
        expect([0, 6]).not.toContain(new Date(day).getUTCDay());
        expect(turkishHoliday(day) === undefined || turkishHoliday(day)?.from !== undefined).toBe(true);
        if (when.is === "today") expect(at(`${day}T${when.until}`)).toBeGreaterThanOrEqual(now + 2 * HOUR);
      }),
    );
  });
});

test("working time passes only while somebody is there", () => {
  expect(afterWorking(office(), at("2026-11-27T16:00"), 2 * HOUR)).toBe(at("2026-11-30T10:00"));
  expect(afterWorking(office("Mon-Fri 09:00-12:00 13:00-17:00"), at("2026-11-24T11:00"), 2 * HOUR)).toBe(at("2026-11-24T14:00"));
  expect(nextMorning(office(), at("2026-11-27T08:00"))).toBe(at("2026-11-30T09:00"));
});

test("the clocks of other zones are read right, on the days they are changed too", () => {
  for (const zone of [ISTANBUL, "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]) {
    for (const day of ["2026-03-29", "2026-10-25", "2026-07-01", "2026-12-31"]) {
      expect(minutesAt(momentAt(day, 9 * 60 + 30, zone), zone)).toBe(9 * 60 + 30);
    }
  }
  expect(momentAt("2026-11-24", 9 * 60, ISTANBUL)).toBe(at("2026-11-24T09:00"));
});

test.each([
  "",
  "Mon",
  "Mon 09:00",
  "mon-fri 09:00-17:00",
  "Mon-Fri 17:00-09:00",
  "Mon-Fri 25:00-26:00",
  "Mon-Fri 09:00-17:00,",
  "Xyz 09:00-10:00",
])("%j are no office hours", (written) => {
  expect(parseOfficeHours(written)).toBeUndefined();
});

test("a week may have a break, a shorter Friday, and go over Sunday", () => {
  const week = parseOfficeHours("Mon-Thu 09:00-12:30 13:30-17:00, Fri 09:00-16:00, Sat-Sun 10:00-11:00");
  expect(week?.[1]).toEqual([
    [540, 750],
    [810, 1020],
  ]);
  expect([week?.[5], week?.[6], week?.[0]]).toEqual([[[540, 960]], [[600, 660]], [[600, 660]]]);
});

test.each(["2026-13-01", "2026-02-30", "31.12.2026", "2026-05-02..2026-05-01", "2026-05-01..2099-01-01", "2026-05-01 25:00"])(
  "%j are no closed days",
  (written) => {
    expect(parseClosedDays(written)).toBeUndefined();
  },
);

test("a question is reminded of after two working hours, a second person is looked for after six, then the daily list has it", () => {
  const opened = at("2026-11-24T16:00");
  const address = { channel: "telegram", chat: "c", person: "p" };
  let { ticket } = openTicket({ id: "t", address, language: "tr", question: "?", offered: [] }, opened);
  const due: unknown[] = [];
  for (let times = 0; times < 3; times += 1) {
    const next = nextDue(ticket, office());
    due.push(next);
    const outcome = next && changeTicket(ticket, { id: `r${times}`, do: next.do }, next.at);
    if (outcome?.kind === "done") ({ ticket } = outcome);
  }
  expect(due).toEqual([{ do: "remind", at: at("2026-11-25T10:00") }, { do: "remind", at: at("2026-11-25T14:00") }, undefined]);
  const claimed = changeTicket(ticket, { id: "c", do: "claim", by: "ayse" }, at("2026-11-26T09:00"));
  expect(claimed.kind === "done" && nextDue(claimed.ticket, office())).toEqual({ do: "silence", at: at("2026-11-26T09:30") });
});
