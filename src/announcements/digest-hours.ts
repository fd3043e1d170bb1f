import { nextDecentTime } from "#core/decent-hours.ts";
import { turkishHoliday } from "#core/holidays.ts";
import { daysLater, momentAt, weekdayOf } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";

const TEN = 10 * 60;
const MONDAY = 1;

/** When the next weekly message goes out after a moment: on Monday at ten by the readers' clocks, or on the first working day after a Monday that is a holiday. */
export function nextDigest(after: number, timeZone: string): number {
  // A Monday of before may have been put off until now.
  let day = dayAt(after, timeZone);
  while (weekdayOf(day) !== MONDAY) day = daysLater(day, -1);
  for (; ; day = daysLater(day, 7)) {
    let works = day;
    while (!isWorkingDay(works)) works = daysLater(works, 1);
    const due = momentAt(works, TEN, timeZone);
    if (due > after) return due;
  }
}

/** The first moment from `at` on at which a weekly message may go out: at once on a working day by day, else at ten on the next one. */
export function nextDigestHour(at: number, timeZone: string): number {
  const decent = nextDecentTime(at, { urgent: false }, timeZone);
  let day = dayAt(decent, timeZone);
  if (isWorkingDay(day)) return decent;
  while (!isWorkingDay(day)) day = daysLater(day, 1);
  return momentAt(day, TEN, timeZone);
}

function isWorkingDay(day: string): boolean {
  const holiday = turkishHoliday(day);
  return ![0, 6].includes(weekdayOf(day)) && (holiday === undefined || holiday.from !== undefined);
}
