import type { Event } from "#core/event.ts";

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const HOUR = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

/**
 * When an event stands in a calendar, in milliseconds. Whole days are told by their midnights in UTC, and the end is the first moment that
 * no longer belongs to it. No end: nothing is known of how long it lasts.
 */
export interface CalendarSpan {
  readonly start: number;
  readonly end?: number | undefined;
  readonly wholeDays: boolean;
}

/** When an event stands in a calendar; `undefined` where its days are not known, as of a year or a month alone. */
export function calendarSpan({ start = "", end, timeZone }: Event): CalendarSpan | undefined {
  const last = end ?? start;
  const [firstDay = "", lastDay = ""] = [start.split("T")[0], last.split("T")[0]];
  if (!DAY.test(firstDay) || !DAY.test(lastDay)) return undefined;
  if (HOUR.test(start) && (HOUR.test(last) || lastDay === firstDay)) {
    const begins = momentAt(start, timeZone);
    return HOUR.test(last) && last > start
      ? { start: begins, end: momentAt(last, timeZone), wholeDays: false }
      : { start: begins, wholeDays: false };
  }
  // Known to the day at one end only: told by days, so that no hour is made up.
  return { start: Date.parse(firstDay), end: Date.parse(lastDay) + DAY_MS, wholeDays: true };
}

/** The moment at which the clocks of a time zone show this ISO date and hour. */
function momentAt(iso: string, timeZone: string): number {
  const wanted = Date.parse(`${iso}Z`);
  let moment = wanted;
  // Once by the offset that holds near it, and once more, as that may change in between.
  for (let tries = 0; tries < 2; tries += 1) moment += wanted - shownAt(moment, timeZone);
  return moment;
}

function shownAt(moment: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }).format(moment);
  return Date.parse(`${shown.replace(" ", "T")}Z`);
}
