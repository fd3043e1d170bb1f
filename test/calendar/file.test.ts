import * as fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { Event } from "#core/event.ts";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import { addToCalendar } from "#core/flows/calendar.ts";
import { calendarSpan } from "#events/calendar.ts";
import { calendarFile } from "#calendar/file.ts";
import { CALENDARS } from "../support/calendars.ts";
import { knowledge, SETTINGS } from "../support/knowledge.ts";
import { askedOn, command, lastOf, read } from "../support/talk.ts";

const NOW = Date.UTC(2026, 10, 24, 9);
const ANY: Event = {
  key: "bulusma",
  kind: "gathering",
  topics: ["events"],
  title: { tr: "Buluşma", en: "Meeting" },
  timeZone: "Europe/Istanbul",
  organisers: [],
  participants: [],
  entries: [],
  status: "announced",
  sequence: 0,
};

const zone = process.env["TZ"];
afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

/** What all calendars agree on. */
function taken(event: Partial<Event>) {
  const file = calendarFile([{ ...ANY, ...event }], "tr", NOW);
  const [first, ...others] = Object.values(CALENDARS).map((read) => read(file));
  for (const other of others) expect(other).toEqual(first);
  return first?.[0];
}

describe.each(["UTC", "America/New_York", "Asia/Tokyo"])("on a machine in %s, every calendar reads", (machine) => {
  test.each([
    ["a day", { start: "2022-11-21" }, "2022-11-21", "2022-11-22"],
    ["several days", { start: "2025-08-28", end: "2025-08-31" }, "2025-08-28", "2025-09-01"],
    ["the end of a year", { start: "2025-12-31", end: "2025-12-31" }, "2025-12-31", "2026-01-01"],
    ["hours", { start: "2025-12-19T09:00", end: "2025-12-19T17:00" }, "2025-12-19T06:00:00.000Z", "2025-12-19T14:00:00.000Z"],
    ["an hour without an end", { start: "2025-09-19T12:30", end: "2025-09-19" }, "2025-09-19T09:30:00.000Z", undefined],
    ["an hour at one end only", { start: "2025-09-19T12:30", end: "2025-09-21" }, "2025-09-19", "2025-09-22"],
    ["a winter before the clocks were fixed", { start: "2015-01-15T09:00" }, "2015-01-15T07:00:00.000Z", undefined],
    [
      "another time zone",
      { start: "2025-03-30T01:30", end: "2025-03-30T04:00", timeZone: "Europe/Brussels" },
      "2025-03-30T00:30:00.000Z",
      "2025-03-30T02:00:00.000Z",
    ],
  ])("%s", (_name, when, start, end) => {
    process.env["TZ"] = machine;
    expect(taken(when)).toMatchObject({ start, end });
  });
});

test("a changed or cancelled event has the same UID and a higher sequence", () => {
  const first = taken({ start: "2027-01-15" });
  const moved = taken({ start: "2027-01-22", sequence: 1 });
  const cancelled = taken({ start: "2027-01-22", sequence: 2, status: "cancelled" });
  expect([first?.status, cancelled?.status]).toEqual(["CONFIRMED", "CANCELLED"]);
  expect(new Set([first, moved, cancelled].map((each) => each?.uid)).size).toBe(1);
  expect([first, moved, cancelled].map((each) => each?.sequence)).toEqual([0, 1, 2]);
  expect(taken({ start: "2027-01-22", status: "planned" })?.status).toBe("TENTATIVE");
});

test("a file of what is cancelled cancels; beside others the status alone tells", () => {
  const held: Event = { ...ANY, start: "2027-01-15" };
  const off: Event = { ...held, key: "iptal", status: "cancelled", sequence: 3 };
  expect(calendarFile([off], "tr", NOW)).toMatch(/METHOD:CANCEL\r\n[^]*SEQUENCE:3\r\n[^]*STATUS:CANCELLED/);
  const both = calendarFile([held, off], "tr", NOW);
  expect(both).toContain("METHOD:PUBLISH\r\n");
  for (const read of Object.values(CALENDARS)) expect(read(both).map(({ status }) => status)).toEqual(["CONFIRMED", "CANCELLED"]);
});

test("whatever an event's time, place, state and changes: every calendar reads the same, and the moment that was meant", () => {
  const minute = fc.integer({ min: Date.UTC(2017, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 });
  const event = fc.record({
    from: minute,
    lasts: fc.integer({ min: 1, max: 20_000 }),
    wholeDays: fc.boolean(),
    timeZone: fc.constantFrom("Europe/Istanbul", "Europe/Brussels", "America/New_York"),
    status: fc.constantFrom("planned" as const, "announced" as const, "held" as const, "cancelled" as const),
    sequence: fc.nat(50),
  });
  const iso = (at: number) => new Date(at * 60_000).toISOString();
  fc.assert(
    fc.property(event, ({ from, lasts, wholeDays, ...rest }) => {
      const [start, end] = [from, from + lasts].map((at) => iso(at).slice(0, wholeDays ? 10 : 16));
      const read = taken({ ...rest, start, end });
      const span = calendarSpan({ ...ANY, ...rest, start, end });
      const shown = (at = 0) => new Date(at).toISOString().slice(0, wholeDays ? 10 : undefined);
      expect(read).toMatchObject({ start: shown(span?.start), end: shown(span?.end), sequence: rest.sequence });
      expect(read?.status === "CANCELLED").toBe(rest.status === "cancelled");
    }),
  );
});

test("a press on an old button, once the event is cancelled, gives the file that cancels it", async () => {
  const base = await knowledge();
  const event: Event = { ...ANY, start: "2027-01-15", status: "cancelled", sequence: 1 };
  const world = {
    incoming: command("help"),
    conversation: FRESH_CONVERSATION,
    person: FRESH_PERSON,
    now: NOW,
    knowledge: { ...base, event: () => event },
    settings: SETTINGS,
    language: "tr" as const,
  };
  const [reply] = addToCalendar(world, [event.key]).replies;
  expect(reply).toMatchObject({ kind: "document", caption: { key: "calendar.cancelled" } });
  expect(reply?.kind === "document" && reply.content).toContain("METHOD:CANCEL");
});

test("what is known to a month or a year, or not at all, is in no calendar", () => {
  for (const when of [{}, { start: "2025" }, { start: "2025-10" }, { start: "2021-04-01", end: "2022-06" }])
    expect(taken(when)).toBeUndefined();
});

test("whatever a title or a place holds comes back, in lines of 75 octets at most", () => {
  const line = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 120 })
    .map((text) => `İĞÜ ${text.replace(/\p{Cc}/gu, " ")} ş`);
  fc.assert(
    fc.property(line, line, fc.webUrl({ withQueryParameters: true }), (title, venue, url) => {
      const event = { ...ANY, title: { tr: title, en: title }, venue, city: "İzmir", url: `${url};a,b`, start: "2022-11-21" };
      const file = calendarFile([event], "tr", NOW);
      expect(file.split("\r\n").filter((each) => Buffer.byteLength(each) > 75)).toEqual([]);
      expect(file).not.toMatch(/[^\r]\n/);
      const shown = (text: string) => text.replace(/[\u2028\u2029]/g, " ");
      expect(taken(event)).toMatchObject({ summary: shown(title), location: `${shown(venue)}, İzmir` });
      expect(decodeURIComponent(taken(event)?.url ?? "").endsWith(";a,b")).toBe(true);
    }),
    { numRuns: 200, examples: [["İĞÜ \u2028 ş", "İĞÜ \u2029 ş", "http://a.aa"]] },
  );
});

test("every gathering of the knowledge base with a known day is read alike by all calendars", async () => {
  const { events } = await knowledge();
  const file = calendarFile(events, "en", NOW);
  const [first = [], second] = Object.values(CALENDARS).map((read) => read(file));
  expect(second).toEqual(first);
  expect(first.length).toBeGreaterThan(20);
  expect(first.find(({ uid }) => uid === "avitem-izmir-2022@imece")).toMatchObject({
    start: "2022-11-21",
    end: "2022-11-22",
    summary: "AVITEM Izmir Seminar",
    location: "Ahmed Adnan Saygun Sanat Merkezi (AASSM), Izmir",
  });
});

test("on a terminal the file is shown as a document", () => {
  expect(read(askedOn("2022-11-01", "sıradaki etkinlik", "takvime ekle"))).toMatch(/--- etkinlik\.ics ---\nBEGIN:VCALENDAR\n/);
});

test("only what is still to come, or under way, is put into a calendar", () => {
  for (const day of ["2022-11-20", "2022-11-21"])
    expect(read(askedOn(day, "etkinlik 21.11.2022")), day).toContain("Takvime ekle");
  for (const turn of [askedOn("2022-11-22", "etkinlik 21.11.2022"), lastOf("2022 izmir", "1")]) {
    expect(turn.outcome.is).toBe("answer");
    expect(read(turn)).not.toContain("Takvime ekle");
  }
});

test("under what the bot says of itself, passing on comes before the topics", () => {
  expect(read(lastOf(command("start", "e_birlige-iletme")))).toMatch(/Birliğe ilet\n.*Konular/);
});
