import type { Event } from "#core/event.ts";
import { mayBeInCalendars } from "#core/event.ts";
import type { Subscription } from "#core/subscription.ts";
import { concerns } from "#core/subscription.ts";
import { calendarSpan } from "#events/calendar.ts";

/** What is over stays in a calendar for so long. */
const KEPT_MS = 90 * 86_400_000;

/**
 * The events of a person's calendar, the earliest first: those to come and of the last 90 days, in the topics and the province they chose,
 * cancelled ones too. Who chose no topic has those of all. `now` in milliseconds.
 */
export function eventsForCalendar(events: readonly Event[], chosen: Subscription | undefined, now: number): readonly Event[] {
  const fitting = events.flatMap((event) => {
    const span = mayBeInCalendars(event) ? calendarSpan(event) : undefined;
    if (span === undefined || (span.end ?? span.start) < now - KEPT_MS || !concerns(event, chosen)) return [];
    return [{ event, start: span.start }];
  });
  return fitting
    .toSorted((one, other) => one.start - other.start || (one.event.key < other.event.key ? -1 : 1))
    .map(({ event }) => event);
}
