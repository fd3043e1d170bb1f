import type { Event, EventsAsked } from "#core/event.ts";
import { eventsFitting } from "#core/event.ts";
import type { EventsFound } from "#core/knowledge-base.ts";
import type { Pick } from "#events/pick.ts";
import { pickEvents } from "#events/pick.ts";
import type { Reading } from "#events/read.ts";
import { readEventWords } from "#events/read.ts";

/** What stands beside them where the menu is asked for, and not one event. */
const LISTING = wordSet(
  "hangi hangileri ne neler var varmi mi mu tum butun hepsi bana bize hakkinda bilgi istiyorum lutfen what which are there the is do does you have any all me your some please",
);
/** What stands between a year and a place. */
const JOINING = wordSet("ve bu icin da de in of and the");
/** What stands beside a bare place, year or month that goes on from a list. */
const GOING_ON = wordSet("peki ya what about how and ve de da in the");

/**
 * Reads a question for a date, a place, a kind or "what is coming", and lists the gatherings that fit, newest first (upcoming: next first).
 * `undefined` where the question asks for anything else besides: then it is for the search. `before` is what the list above was asked for.
 */
export function findEvents(
  newestFirst: readonly Event[],
  question: string,
  today: string,
  before?: EventsAsked,
): EventsFound | undefined {
  const reading = readEventWords(newestFirst, question, today);
  if (!reading) return undefined;
  const { asked, pick } = reading;
  const goesOn = before && isBare(reading) ? goOn(newestFirst, before, asked, today) : undefined;
  if (goesOn) return goesOn;
  const goesOnToOne = before !== undefined && reading.functionWords.every((word) => GOING_ON.has(word));
  if (pick !== undefined && (reading.speaksOfEvents || goesOnToOne)) return findOne(newestFirst, reading, pick, today);
  if (reading.speaksOfAll && isEmpty(asked) && reading.functionWords.every((word) => LISTING.has(word))) {
    return { asked, events: [], exact: true };
  }
  return isBounded(reading) ? (theComing(newestFirst, reading, today) ?? fitting(newestFirst, asked, today)) : undefined;
}

/** "Ankara toplantısı ne zaman?": of one that is to come and others long past, the one to come is meant. */
function theComing(newestFirst: readonly Event[], { asked, plural, past }: Reading, today: string): EventsFound | undefined {
  if (plural || past || asked.year !== undefined) return undefined;
  const coming = { ...asked, upcoming: true };
  const events = eventsFitting(newestFirst, coming, today);
  return events.length === 1 ? { asked: coming, events, exact: true } : undefined;
}

/** The events that fit; the kind, or the day, is left out where none is of it, and then they are only near what was asked for. */
function fitting(newestFirst: readonly Event[], asked: EventsAsked, today: string): EventsFound {
  const events = eventsFitting(newestFirst, asked, today);
  if (events.length > 0 || (asked.kind ?? asked.day) === undefined) return { asked, events, exact: true };
  const { kind, day, ...rest } = asked;
  const wider = kind === undefined || day === undefined ? rest : { ...rest, day };
  return { ...fitting(newestFirst, wider, today), exact: false };
}

/** "son toplantı": the one; "son etkinlikler": the year it was in; "sıradaki etkinlikler": all to come. */
function findOne(newestFirst: readonly Event[], { asked, plural }: Reading, pick: Pick, today: string): EventsFound | undefined {
  const events = pickEvents(eventsFitting(newestFirst, asked, today), pick, today);
  if (pick === "next") {
    const coming = { ...asked, upcoming: true };
    return plural ? fitting(newestFirst, coming, today) : { asked: coming, events, exact: true };
  }
  const [year = 0, month] = (events[0]?.start ?? "").split("-").map(Number);
  if (events.length === 0 || year === 0) return undefined;
  if (plural) return fitting(newestFirst, { ...asked, year }, today);
  // The first in the records need not be the first there was: shown, and not given as the answer.
  return { asked: { ...asked, year, ...(month === undefined ? {} : { month }) }, events, exact: pick === "last" };
}

/** A bare place, year or month changes what the list above was asked for; what does not fit together is looked for alone. */
function goOn(newestFirst: readonly Event[], before: EventsAsked, asked: EventsAsked, today: string): EventsFound {
  const { upcoming: _upcoming, day: _day, ...kept } = before;
  const together = fitting(newestFirst, { ...kept, ...asked }, today);
  return together.events.length > 0 ? together : fitting(newestFirst, asked, today);
}

function isBare({ asked, pick, speaksOfEvents, happening, functionWords }: Reading): boolean {
  if (isEmpty(asked) || asked.upcoming === true || pick !== undefined || speaksOfEvents || happening) return false;
  return functionWords.every((word) => GOING_ON.has(word));
}

function isBounded({ asked, speaksOfEvents, happening, period, functionWords }: Reading): boolean {
  const { upcoming, year, month, place } = asked;
  if (speaksOfEvents && (upcoming === true || year !== undefined || month !== undefined || place !== undefined)) return true;
  if (period && upcoming === true) return true;
  if (happening && (year !== undefined || month !== undefined)) return true;
  // "2025", "aralık 2025", "2019 ankara": a year with nothing but a month or a place beside it
  return year !== undefined && !happening && functionWords.every((word) => JOINING.has(word));
}

function isEmpty(asked: EventsAsked): boolean {
  return Object.keys(asked).length === 0;
}

function wordSet(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
