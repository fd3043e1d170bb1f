import type { Event } from "#core/event.ts";

/** An event as staff write it down, a month ahead of the day on which the tests begin. */
export const GATHERING: Event = {
  key: "ankara-bulusmasi-2026",
  kind: "gathering",
  topics: ["events", "cooperatives"],
  title: { tr: "Ankara Kooperatif Buluşması", en: "Ankara Cooperative Gathering" },
  timeZone: "Europe/Istanbul",
  start: "2026-12-05T14:00",
  end: "2026-12-05T16:30",
  venue: "Birlik salonu",
  city: "Ankara",
  organisers: [],
  participants: [],
  entries: [],
  status: "announced",
  sequence: 0,
};
