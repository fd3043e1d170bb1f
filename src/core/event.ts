import type { InLanguages, Topic } from "#core/entry.ts";

export const EVENT_KINDS = ["gathering", "message", "report", "project"] as const;
export const EVENT_STATUSES = ["planned", "announced", "held", "cancelled"] as const;

/** Something with a date. Dates are ISO and as precise as known: a year, a month, a day, a day with an hour. */
export interface Event {
  readonly key: string;
  readonly kind: (typeof EVENT_KINDS)[number];
  readonly topics: readonly Topic[];
  readonly title: InLanguages<string>;
  readonly timeZone: string;
  readonly start?: string | undefined;
  readonly end?: string | undefined;
  readonly venue?: string | undefined;
  /** A province, "çevrim içi", or absent: then it concerns every city. */
  readonly city?: string | undefined;
  readonly country?: string | undefined;
  readonly organisers: readonly string[];
  readonly participants: readonly string[];
  readonly url?: string | undefined;
  /** Entries about it, the overview first. */
  readonly entries: readonly string[];
  /** *announced*: that it took place is not confirmed. */
  readonly status: (typeof EVENT_STATUSES)[number];
  readonly sequence: number;
  readonly registration?: { readonly url?: string | undefined; readonly deadline?: string | undefined } | undefined;
  readonly fee?: string | undefined;
  readonly audience?: string | undefined;
  readonly language?: string | undefined;
  readonly contact?: string | undefined;
}

/** What a list of events was asked to hold. Nothing set: the menu of events. */
export interface EventsAsked {
  readonly upcoming?: boolean | undefined;
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly place?: string | undefined;
}

/** The gatherings that fit, in the order given; upcoming ones the other way round, so that the next comes first. */
export function eventsFitting(newestFirst: readonly Event[], asked: EventsAsked, today: string): readonly Event[] {
  const { upcoming, year, month, place } = asked;
  const fitting = newestFirst.filter((event) => {
    if (event.kind !== "gathering") return false;
    if (upcoming === true && (event.status === "cancelled" || isOver(event, today))) return false;
    if (year !== undefined && Number(event.start?.slice(0, 4)) !== year) return false;
    if (month !== undefined && Number(event.start?.slice(5, 7)) !== month) return false;
    return place === undefined || event.city === place;
  });
  return upcoming === true ? fitting.toReversed() : fitting;
}

/** Whether it can be put into a calendar: a gathering that takes place, and whose days are known. */
export function isForCalendars({ kind, status, start = "", end }: Event): boolean {
  const known = [start, end ?? start].every((iso) => /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(iso));
  return kind === "gathering" && status !== "cancelled" && known;
}

/** Whether its last day, month or year has passed. One without a date counts as over. */
export function isOver(event: Event, today: string): boolean {
  const ends = event.end ?? event.start ?? "";
  return ends < today.slice(0, ends.length) || ends === "";
}
