import type { InLanguages, Topic } from "#core/entry.ts";
import { fold } from "#text/fold.ts";

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
  /** Of the month, which is then set too, and the year. */
  readonly day?: number | undefined;
  readonly place?: string | undefined;
  /** The beginning of a folded word for a kind of event ("fuar"), which the title must hold. */
  readonly kind?: string | undefined;
}

/** The gatherings that fit, in the order given; upcoming ones the other way round, so that the next comes first. */
export function eventsFitting(newestFirst: readonly Event[], asked: EventsAsked, today: string): readonly Event[] {
  const { upcoming, year, month, day, place, kind } = asked;
  const fitting = newestFirst.filter((event) => {
    if (event.kind !== "gathering") return false;
    if (upcoming === true && (event.status === "cancelled" || isOver(event, today))) return false;
    if (day === undefined ? !beginsIn(event, year, month) : !isOn(event, isoDay(year, month, day))) return false;
    if (place !== undefined && event.city !== place) return false;
    return kind === undefined || isOfKind(event, kind);
  });
  return upcoming === true ? fitting.toReversed() : fitting;
}

/** Whether it can be put into a calendar: a gathering that takes place, and whose days are known. */
export function isForCalendars(event: Event): boolean {
  return event.status !== "cancelled" && mayBeInCalendars(event);
}

/** Whether a calendar may hold it from before: it may be cancelled by now. */
export function mayBeInCalendars({ kind, start = "", end }: Event): boolean {
  return kind === "gathering" && [start, end ?? start].every((iso) => /^\d{4}-\d{2}-\d{2}(?:T|$)/.test(iso));
}

function beginsIn({ start }: Event, year: number | undefined, month: number | undefined): boolean {
  if (year !== undefined && Number(start?.slice(0, 4)) !== year) return false;
  return month === undefined || Number(start?.slice(5, 7)) === month;
}

function isoDay(year = 0, month = 0, day = 0): string {
  return [String(year).padStart(4, "0"), ...[month, day].map((part) => String(part).padStart(2, "0"))].join("-");
}

/** Whether it goes on on an ISO day. One whose day is not known is on none. */
function isOn({ start = "", end = start }: Event, day: string): boolean {
  return start.length >= day.length && start.slice(0, day.length) <= day && day <= end.slice(0, day.length);
}

/** Whether its title says, in either language, that it is of a kind. */
export function isOfKind({ title }: Event, kind: string): boolean {
  return Object.values(title).some((each) => ` ${fold(each)}`.includes(` ${kind}`));
}

/** Whether its last day, month or year has passed. One without a date counts as over. */
export function isOver(event: Event, today: string): boolean {
  const ends = event.end ?? event.start ?? "";
  return ends < today.slice(0, ends.length) || ends === "";
}
