import type { Event } from "#core/event.ts";
import { isForCalendars } from "#core/event.ts";
import { isFirstOfBayram } from "#core/holidays.ts";
import { daysLater, minutesAt, minutesOf, momentAt } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";

const HOUR_MS = 60 * 60_000;
const NIGHT_FROM = 22 * 60;
const NIGHT_UNTIL = 8 * 60;
const NOON = 12 * 60;
const EVENING = 21 * 60;
/** Of an event whose hour is not known, in the morning. */
const MORNING = 10 * 60;
const DAYS_BEFORE = [7, 1];
const HOURS_BEFORE = 2;

/** When an event begins, milliseconds: the midnight of its day where its hour is not known. `undefined` where its day is not known either. */
export function beginningOf({ start = "", timeZone }: Event): number | undefined {
  const [day = "", time] = start.split("T");
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  return momentAt(day, time === undefined ? 0 : minutesOf(time), timeZone);
}

/**
 * When people are reminded of an event, in order, milliseconds: seven days, one day and two hours before it begins, by the clocks of its place. Of
 * one whose hour is not known seven days and one day before, at ten in the morning. Nobody is written to at night, which is from 22:00 to 08:00 in
 * `timeZone`, nor before noon on the first day of a bayram: a time before midnight becomes 21:00 of that evening; one after midnight becomes 08:00, or
 * noon on such a day, or 21:00 of the evening before where the event begins less than an hour after that. None is at or after its beginning, and none
 * is left of an event that does not take place.
 */
export function remindersOf(event: Event, timeZone: string): readonly number[] {
  const begins = isForCalendars(event) ? beginningOf(event) : undefined;
  if (begins === undefined) return [];
  const [day = "", time] = (event.start ?? "").split("T");
  const minutes = time === undefined ? MORNING : minutesOf(time);
  const wanted = DAYS_BEFORE.map((days) => momentAt(daysLater(day, -days), minutes, event.timeZone));
  if (time !== undefined) wanted.push(begins - HOURS_BEFORE * HOUR_MS);
  const decent = wanted.map((moment) => byDay(moment, begins, timeZone)).filter((moment) => moment < begins);
  return [...new Set(decent)].toSorted((a, b) => a - b);
}

/** The next time people are reminded of an event after a moment; `undefined` where there is none. */
export function nextReminder(event: Event, after: number, timeZone: string): number | undefined {
  return remindersOf(event, timeZone).find((moment) => moment > after);
}

/** Whether nobody is to be written to. */
export function isQuiet(moment: number, timeZone: string): boolean {
  const minutes = minutesAt(moment, timeZone);
  return minutes >= NIGHT_FROM || minutes < quietUntil(dayAt(moment, timeZone));
}

/** The end of the quiet hours that a moment lies in. */
export function quietEndAfter(moment: number, timeZone: string): number {
  const today = dayAt(moment, timeZone);
  const day = minutesAt(moment, timeZone) < NIGHT_FROM ? today : daysLater(today, 1);
  return momentAt(day, quietUntil(day), timeZone);
}

/** Minutes after midnight. */
function quietUntil(day: string): number {
  return isFirstOfBayram(day) ? NOON : NIGHT_UNTIL;
}

function byDay(moment: number, begins: number, timeZone: string): number {
  if (!isQuiet(moment, timeZone)) return moment;
  const day = dayAt(moment, timeZone);
  if (minutesAt(moment, timeZone) >= NIGHT_FROM) return momentAt(day, EVENING, timeZone);
  const ends = quietEndAfter(moment, timeZone);
  return ends + HOUR_MS <= begins ? ends : momentAt(daysLater(day, -1), EVENING, timeZone);
}
