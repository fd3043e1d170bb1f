import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Announcement } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import { turkishHoliday } from "#core/holidays.ts";
import type { Subscription } from "#core/subscription.ts";
import { nextDigest } from "#announcements/digest-hours.ts";
import { weeklyDigest } from "#announcements/digest.ts";
import { renderConsole } from "#channels/console/render.ts";
import { renderSlack } from "#channels/slack/render.ts";
import { renderTelegram } from "#channels/telegram/render.ts";
import { eventsForCalendar } from "#calendar/fitting.ts";
import { eventLabel } from "#core/flows/events.ts";
import { minutesAt, weekdayOf } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";
import { SETTINGS } from "../support/knowledge.ts";
import { words } from "../support/words.ts";

const ZONE = SETTINGS.timeZone;
const at = (iso: string) => Date.parse(`${iso}+03:00`);
const [FROM, TO] = [at("2026-11-16T10:00"), at("2026-11-23T10:00")];

const ANY: Announcement = {
  format: 1,
  id: "k7m2p9qx",
  news: "news",
  topics: ["esmed"],
  audience: { of: "subscribers", topics: ["esmed"] },
  text: { tr: { title: "Yeni rehber", body: "…" } },
  urgent: false,
  state: "done",
  author: "U1",
  history: [{ at: at("2026-11-18T12:00"), did: "start" }],
  taken: [],
};
const SUBSCRIPTION: Subscription = {
  topics: ["esmed", "events"],
  city: "İzmir",
  language: "tr",
  reminders: true,
  weekly: true,
  chat: "c",
  changedAt: 1,
  consent: { textVersion: "1", at: 1 },
};
const EVENT: Event = {
  key: "bulusma",
  kind: "gathering",
  topics: ["events"],
  title: { tr: "Buluşma", en: "Meeting" },
  timeZone: ZONE,
  start: "2026-12-05",
  city: "İzmir",
  organisers: [],
  participants: [],
  entries: [],
  status: "announced",
  sequence: 0,
};

const BULUSMA = { tr: { title: "Buluşmaya bekleriz", body: "…" } };

function told(
  announcements: readonly Partial<Announcement>[],
  change: Partial<Subscription> = {},
  events: readonly Event[] = [],
  when: { readonly from: number } = { from: FROM },
) {
  const subscription = { ...SUBSCRIPTION, ...change };
  const week = {
    ...when,
    to: TO,
    announcements: announcements.map((each) => ({ ...ANY, ...each })),
    events,
    settings: SETTINGS,
  };
  const message = weeklyDigest(week, subscription);
  return message && renderConsole(message.reply, words, false);
}

test("tells what waited, then which events of theirs are to come, soonest first", () => {
  const far = { ...EVENT, key: "uzak", start: "2027-03-05" };
  const elsewhere = { ...EVENT, key: "ankara", city: "Ankara" };
  const off = { ...EVENT, key: "iptal", status: "cancelled" as const };
  const sooner = { ...EVENT, key: "once", title: { tr: "Çalıştay", en: "Workshop" }, start: "2026-11-28" };
  const text = told([{}, { text: { tr: { title: "Fuar kaydı", body: "…" } } }], {}, [far, EVENT, elsewhere, off, sooner]);
  expect(text).toMatch(
    /1. Yeni rehber\n {2}2. Fuar kaydı\n[^]*\nÇalıştay · 28 Kasım 2026, İzmir\nBuluşma · 5 Aralık 2026, İzmir\n.*\/duyurular/,
  );
  expect(text).not.toContain("Ankara");
});

test.each([
  ["2026-11-16T10:00", "Geçen haftanın duyuruları"],
  // The last one went out on a Monday, and this one on a Tuesday.
  ["2026-11-15T10:00", "Geçen haftanın duyuruları"],
  ["2026-11-09T10:00", "Son haftaların duyuruları"],
])("of what began since %s it is called %s", (from, title) => {
  expect(told([{}], {}, [], { from: at(from) })).toMatch(new RegExp(`^${title}\n`));
});

test("tells of the events that their calendar holds, and of no others: online ones, and all of them where they chose events", () => {
  const online = { ...EVENT, key: "web", city: "çevrim içi" };
  const law = { ...EVENT, key: "hukuk", title: { tr: "Hukuk günü", en: "Law day" }, topics: ["law"] as const };
  const service = { ...EVENT, key: "hizmet", title: { tr: "Tanıtım", en: "Introduction" }, topics: ["service"] as const };
  const anywhere = { ...EVENT, key: "her-yer", title: { tr: "Söyleşi", en: "Talk" }, city: undefined };
  const elsewhere = { ...EVENT, key: "ankara", city: "Ankara" };
  const events = [online, law, service, anywhere, elsewhere];
  for (const topics of [["esmed", "events"], ["esmed", "law"], ["esmed"]] as const) {
    const chosen = { ...SUBSCRIPTION, topics };
    const inCalendar = eventsForCalendar(events, chosen, TO);
    const text = told([{}], { topics }, events) ?? "";
    const dates = inCalendar.map((event) => words(eventLabel({ language: "tr", now: TO, settings: SETTINGS }, event), "tr"));
    expect(
      text
        .split("\n")
        .filter((line) => line.includes(" · "))
        .toSorted(),
    ).toEqual(dates.toSorted());
  }
  expect(told([{}], {}, [online])).toContain("Buluşma · 5 Aralık 2026, çevrim içi");
});

test.each<[string, Partial<Announcement>, Partial<Subscription>]>([
  ["that never went out", { state: "draft", history: [] }, {}],
  ["that was stopped", { state: "stopped" }, {}],
  ["that was withdrawn", { after: [{ run: "r", does: "withdraw", done: false }] }, {}],
  ["that was urgent and came by itself", { urgent: true }, {}],
  ["of an event that was cancelled, which came by itself", { news: "cancelled" }, {}],
  ["for those told of an event before", { audience: { of: "told", by: ["a"] } }, {}],
  ["of another province", { audience: { of: "subscribers", topics: ["esmed"], city: "Ankara" } }, {}],
  ["of topics they did not choose", { audience: { of: "subscribers", topics: ["law"] } }, {}],
  ["for somebody who cannot be reached", {}, { paused: true }],
])("tells nothing %s", (_name, announcement, subscription) => {
  expect(told([announcement], subscription, [EVENT])).toBeUndefined();
  expect(told([{}, announcement], { ...subscription, paused: false })).toContain("Yeni rehber");
});

test("leaves out what is over by the time it is written, and what does not take place", () => {
  const withEvent = (change: Partial<Event>) =>
    told([{}, { news: "event", event: EVENT.key, text: BULUSMA }], {}, [{ ...EVENT, ...change }]);
  expect(withEvent({})).toContain(" Buluşmaya bekleriz");
  expect(withEvent({ start: "2026-11-22" })).not.toContain("bekleriz");
  expect(withEvent({ start: "2026-11-23T09:00" })).not.toContain("bekleriz");
  expect(withEvent({ status: "cancelled" })).not.toContain("bekleriz");
  expect(told([{ news: "event", event: EVENT.key, text: BULUSMA }], {}, [{ ...EVENT, start: "2026-11-22" }])).toBeUndefined();
});

test("names what it tells of as it stands, and nothing that it leaves out", () => {
  const announcements = [
    ANY,
    { ...ANY, id: "stopped1", state: "stopped" as const },
    { ...ANY, id: "law00001", topics: ["law"] as const, audience: { of: "subscribers", topics: ["law"] } as const },
    { ...ANY, id: "over0001", news: "event" as const, event: EVENT.key },
  ];
  const week = { from: FROM, to: TO, announcements, events: [{ ...EVENT, start: "2026-11-20" }], settings: SETTINGS };
  expect(weeklyDigest(week, SUBSCRIPTION)?.tells).toEqual([ANY.id]);
});

test("fits into one message on either platform, says how many are left for the next, and tells those it names", () => {
  const many = (of: number, title: string) =>
    Array.from({ length: of }, (_, each) => ({
      ...ANY,
      id: `guide${String(each).padStart(3, "0")}`,
      text: { tr: { title, body: "…" } },
    }));
  const dates = Array.from({ length: 12 }, (_, each) => ({ ...EVENT, key: `e${each}`, title: { tr: "E".repeat(150), en: "E" } }));
  for (const [of, title, listed] of [
    [25, "Kısa", 20],
    [25, "K".repeat(150), 16],
    [1, "K".repeat(150), 1],
  ] as const) {
    const week = { from: FROM, to: TO, announcements: many(of, title), events: dates, settings: SETTINGS };
    const message = weeklyDigest(week, SUBSCRIPTION);
    expect(message?.tells).toEqual(many(listed, title).map(({ id }) => id));
    const reply = message?.reply ?? { kind: "say", language: "tr", paragraphs: [] };
    expect(renderConsole(reply, words, false).includes(`Ve ${of - listed} duyuru daha`)).toBe(of > listed);
    expect(renderTelegram(reply, words, () => "")).toHaveLength(1);
    expect(renderSlack(reply, words, { sign: () => "-" })).toHaveLength(1);
  }
});

test("what the next message would bring too late is not among what is left for it", () => {
  const soon = {
    ...ANY,
    id: "soon0001",
    news: "event",
    event: EVENT.key,
    history: [{ at: at("2026-11-22T12:00"), did: "start" }],
  } as const;
  const guides = Array.from({ length: 25 }, (_, each) => ({ ...ANY, id: `guide${String(each).padStart(3, "0")}` }));
  const week = { from: FROM, to: TO, events: [{ ...EVENT, start: "2026-11-28" }], settings: SETTINGS };
  expect(weeklyDigest({ ...week, announcements: [...guides, soon] }, SUBSCRIPTION)?.tells?.[0]).toBe("soon0001");
});

test("says in English what is there in Turkish only", () => {
  expect(told([{}], { language: "en" })).toMatch(/1. Yeni rehber\n.*Turkish only/s);
  expect(told([{ text: { ...ANY.text, en: { title: "New guide", body: "…" } } }], { language: "en" })).not.toContain(
    "Turkish only",
  );
});

test.each([
  ["2026-11-24T09:00", "2026-11-30T10:00"],
  ["2026-11-30T09:59", "2026-11-30T10:00"],
  ["2026-11-30T10:00", "2026-12-07T10:00"],
  // 26–29 May 2026 are Kurban Bayramı, the 25th the free afternoon before.
  ["2026-05-24T09:00", "2026-05-25T10:00"],
  // 29 October 2029 is a Monday.
  ["2029-10-27T12:00", "2029-10-30T10:00"],
  ["2029-10-29T12:00", "2029-10-30T10:00"],
  ["2029-10-30T10:00", "2029-11-05T10:00"],
  // A Monday that is a holiday, and a bayram until the end of that week: one message with the Monday after.
  ["2029-04-22T12:00", "2029-04-30T10:00"],
  ["2029-04-30T10:00", "2029-05-07T10:00"],
])("after %s the next is at %s", (after, next) => {
  expect(nextDigest(at(after), ZONE)).toBe(at(next));
});

test("always later, at ten on a working day, and within two weeks", () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }), (after) => {
      const next = nextDigest(after, ZONE);
      const day = dayAt(next, ZONE);
      expect(next).toBeGreaterThan(after);
      expect(next - after).toBeLessThanOrEqual(14 * 86_400_000);
      expect(minutesAt(next, ZONE)).toBe(600);
      expect([0, 6]).not.toContain(weekdayOf(day));
      expect(turkishHoliday(day)?.from ?? 1).toBeGreaterThan(turkishHoliday(day) === undefined ? 0 : 600);
    }),
  );
});
