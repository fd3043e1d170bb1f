import type { Event } from "#core/event.ts";
import { minutesOf, momentAt } from "#text/clock.ts";

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
    const begins = momentOf(start, timeZone);
    return HOUR.test(last) && last > start
      ? { start: begins, end: momentOf(last, timeZone), wholeDays: false }
      : { start: begins, wholeDays: false };
  }
  // Known to the day at one end only: told by days, so that no hour is made up.
  return { start: Date.parse(firstDay), end: Date.parse(lastDay) + DAY_MS, wholeDays: true };
}

function momentOf(iso: string, timeZone: string): number {
  const [day = "", time = ""] = iso.split("T");
  return momentAt(day, minutesOf(time), timeZone);
}
