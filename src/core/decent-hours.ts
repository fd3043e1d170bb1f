import { isFirstOfBayram } from "#core/holidays.ts";
import { daysLater, minutesAt, momentAt } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";

/** Minutes after midnight, where the readers are. */
const MORNING = 8 * 60;
const NIGHT = 22 * 60;
const NOON = 12 * 60;

/**
 * The first moment from `at` on (milliseconds) at which announcements may go out: not from 22 to 8, and not on the first morning of a
 * bayram. What is urgent may go out by night, but not on that morning.
 */
export function nextDecentTime(at: number, { urgent }: { readonly urgent: boolean }, timeZone: string): number {
  const day = dayAt(at, timeZone);
  const minutes = minutesAt(at, timeZone);
  if (!urgent && minutes >= NIGHT) return nextDecentTime(momentAt(daysLater(day, 1), MORNING, timeZone), { urgent }, timeZone);
  const opens = isFirstOfBayram(day) ? NOON : urgent ? 0 : MORNING;
  return minutes >= opens ? at : momentAt(day, opens, timeZone);
}
