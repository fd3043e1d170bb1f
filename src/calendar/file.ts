import ical, { type ICalCalendar, ICalCalendarMethod, ICalEventStatus } from "ical-generator";
import type { Event } from "#core/event.ts";
import { calendarSpan } from "#events/calendar.ts";
import { cityInWords } from "#text/city-names.ts";
import type { Language } from "#text/language.ts";

const STATUS: Readonly<Record<Event["status"], ICalEventStatus>> = {
  planned: ICalEventStatus.TENTATIVE,
  announced: ICalEventStatus.CONFIRMED,
  held: ICalEventStatus.CONFIRMED,
  cancelled: ICalEventStatus.CANCELLED,
};

/**
 * The .ics file (RFC 5545) of the events whose days are known. An event keeps its UID for ever, so that a later file changes or cancels what
 * an earlier one put into a calendar. `now` is when it was made, milliseconds.
 */
export function calendarFile(events: readonly Event[], language: Language, now: number): string {
  // A method holds for the whole file: cancelled events beside others are told by their status.
  const cancels = events.length > 0 && events.every(({ status }) => status === "cancelled");
  const method = cancels ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH;
  return filled(ical({ prodId: PROGRAM, method }), events, language, now);
}

/** How often a calendar is to look again, seconds. */
const LOOKS_AGAIN_S = 6 * 60 * 60;

/**
 * The .ics file of a calendar that is looked at again and again, under its name. Events that were cancelled stand in it as such. The same
 * arguments give the same file.
 */
export function calendarFeed(name: string, events: readonly Event[], language: Language, now: number): string {
  const calendar = ical({ prodId: PROGRAM, method: ICalCalendarMethod.PUBLISH, name: onOneLine(name), ttl: LOOKS_AGAIN_S });
  return filled(calendar, events, language, now);
}

const PROGRAM = { company: "Imece", product: "Imece" };

function filled(calendar: ICalCalendar, events: readonly Event[], language: Language, now: number): string {
  for (const event of events) {
    const span = calendarSpan(event);
    if (span === undefined) continue;
    calendar.createEvent({
      id: `${event.key}@imece`,
      sequence: event.sequence,
      status: STATUS[event.status],
      stamp: new Date(now),
      // Moments and never a time zone: given one, the package writes the clock of this machine under its name.
      start: new Date(span.start),
      end: span.end === undefined ? null : new Date(span.end),
      allDay: span.wholeDays,
      summary: onOneLine(event.title[language]),
      location: placeOf(event, language),
      url: event.url === undefined ? null : escapeUrl(event.url),
    });
  }
  return calendar.toString();
}

function placeOf({ venue, city }: Event, language: Language): string | null {
  const parts = [venue, city === undefined ? undefined : cityInWords(city, language)].filter((part) => part !== undefined);
  return parts.length === 0 ? null : onOneLine(parts.join(", "));
}

/** Separators of lines and paragraphs mean nothing in the format, and some calendars lose the rest of the line at them. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Zl}\p{Zp}]/gu, " ");
}

/** The package escapes an address as if it were a text, which it is not: so it gets none of these characters. */
function escapeUrl(url: string): string {
  return url.replace(/[,;\\]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}
