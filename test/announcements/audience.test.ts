import fc from "fast-check";
import { expect, test } from "vitest";
import { announcementFor } from "#core/announcement-reply.ts";
import { reaches } from "#announcements/audience.ts";
import type { Announcement } from "#core/announcement.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import type { Subscription } from "#core/subscription.ts";
import { renderConsole } from "#channels/console/render.ts";
import { words } from "../support/words.ts";

const SUBSCRIPTION: Subscription = {
  topics: ["events", "law"],
  city: "İzmir",
  language: "tr",
  reminders: true,
  weekly: false,
  chat: "c",
  changedAt: 1,
  consent: { textVersion: "2026-11-24", at: 1 },
};
const ANNOUNCEMENT: Announcement = {
  format: 1,
  id: "k7m2p9qx",
  news: "event",
  event: "ica-2026",
  topics: ["esmed", "law", "events"],
  audience: { of: "subscribers", topics: ["esmed", "law", "events"] },
  text: { tr: { title: "Eğitim", body: "İzmir'de buluşuyoruz." } },
  urgent: false,
  state: "sending",
  author: "U1",
  history: [],
  taken: [],
};
const readAs = (announcement: Announcement, subscription: Subscription, untold?: true) =>
  renderConsole(announcementFor(announcement, subscription, { untold }), words, false);

test.each([
  ["topic and province", { topics: ["events"], city: "İzmir" }, true],
  ["another province", { topics: ["events"], city: "Ankara" }, false],
  ["all provinces", { topics: ["events"] }, true],
  ["another topic", { topics: ["esmed"] }, false],
  ["one topic of several", { topics: ["esmed", "law"] }, true],
] as const)("reaches who chose it: %s", (_name, wanted, reached) => {
  expect(reaches(wanted, SUBSCRIPTION)).toBe(reached);
});

test("somebody who wants all provinces is reached by each; nobody who is paused or wants nothing by any", () => {
  const wanted = fc.record({
    topics: fc.subarray([...ANNOUNCED_TOPICS], { minLength: 1 }),
    city: fc.constantFrom("Ankara", "İzmir", undefined),
  });
  fc.assert(
    fc.property(wanted, (asked) => {
      const { city: _city, ...everywhere } = SUBSCRIPTION;
      expect(reaches(asked, { ...everywhere, topics: ANNOUNCED_TOPICS })).toBe(true);
      expect(reaches(asked, { ...everywhere, topics: ANNOUNCED_TOPICS, paused: true })).toBe(false);
      expect(reaches(asked, { ...SUBSCRIPTION, topics: [] })).toBe(false);
    }),
  );
});

test("says why it was sent, by the first of its topics that the reader chose", () => {
  expect(readAs(ANNOUNCEMENT, SUBSCRIPTION)).toBe(
    "Eğitim\nİzmir'de buluşuyoruz.\nBu duyuru, “Kooperatif hukuku, İzmir” seçiminiz için gönderildi. Ücretsizdir.\n",
  );
  const { city: _city, ...everywhere } = SUBSCRIPTION;
  expect(readAs(ANNOUNCEMENT, everywhere)).toContain("“Kooperatif hukuku, bütün iller” seçiminiz");
  const told: Announcement = { ...ANNOUNCEMENT, news: "cancelled", audience: { of: "told", by: ["abcdefgh"] } };
  expect(readAs(told, { ...SUBSCRIPTION, topics: [] })).toContain("daha önce bildirdiğimiz için");
  // Corrected once they had left.
  expect(readAs(ANNOUNCEMENT, { ...SUBSCRIPTION, topics: [] })).toContain("daha önceki seçiminiz için");
  expect(readAs(told, SUBSCRIPTION)).toContain("daha önce bildirdiğimiz için");
  // Who was to be told before and was not has read of nothing yet.
  expect(readAs(told, SUBSCRIPTION, true)).toContain("seçiminiz için");
});

test("a reader of English is told where there is only Turkish, and reads English where there is some", () => {
  const english: Subscription = { ...SUBSCRIPTION, language: "en" };
  expect(readAs(ANNOUNCEMENT, english)).toBe(
    'This announcement is available in Turkish only.\nEğitim\nİzmir\'de buluşuyoruz.\nSent because you chose "Cooperative law, Izmir". Free of charge.\n',
  );
  const both = { ...ANNOUNCEMENT, text: { ...ANNOUNCEMENT.text, en: { title: "Training", body: "We meet in Izmir." } } };
  expect(readAs(both, english)).toMatch(/^Training\nWe meet in Izmir\./);
  expect(readAs(both, SUBSCRIPTION)).toMatch(/^Eğitim/);
});

test.each([
  ["event", ["calendar", "remind", "leave"]],
  ["moved", ["calendar", "remind", "leave"]],
  ["cancelled", ["leave"]],
  ["news", ["leave"]],
] as const)("what stands under it: %s", (news, buttons) => {
  expect(announcementFor({ ...ANNOUNCEMENT, news }, SUBSCRIPTION)).toMatchObject({ buttons });
});
