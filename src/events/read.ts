import type { Event, EventsAsked } from "#core/event.ts";
import { dateAt, isoDayAt, monthAt, relativeDay } from "#events/days.ts";
import { kindOf, meansAnyEvent } from "#events/kinds.ts";
import type { Pick } from "#events/pick.ts";
import { citiesOf, placeAt } from "#events/places.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { foldedWords } from "#text/words.ts";

// "yapılabilir mi" asks what may be done, and not what was.
const HAPPENING =
  /^(?:ne|neler|nasil|hangi|oldu|olmus|olacak|olan|vardi|var|yapil(?!abil)\w*|yaptiniz|yapacak\w*|duzenle\w*|gerceklesti\w*|gerceklesen|happen\w*|held|took|place|list\w*|goster\w*|show)$/;
const UPCOMING = /^(?:yaklas\w*|gelecek\w*|onumuzdeki\w*|planlan\w*|yakin\w*|upcoming|planned|coming|future|soon)$/;
const NEXT_YEAR = /^seneye$/;
const NEXT = /^(?:siradaki|sonraki|next)$/;
const LAST = /^(?:son|sonuncu|last|latest)$/;
const FIRST = /^(?:ilk|first)$/;
const PAST = /^(?:gecmis\w*|eski|onceki|gecen|past|previous)$/;
/** Speaks of what has been. */
const WAS =
  /^(?:oldu|olmus|vardi|neydi|zamandi|neredeydi|nerdeydi|yaptiniz|\w+(?:ildi|lendi|landi|lesti)|happened|held|took|was|were)$/;
const YEAR = /^(?:yil\w*|sene\w*|years?)$/;
const MONTH = /^(?:ay|ayi|ayin|ayinda|ayda|months?)$/;
const WEEK = /^(?:hafta\w*|weeks?)$/;
const DAY = /^(?:gun\w*|tarih\w*|dates?|zamandi)$/;
const PLURAL = /l[ae]r\w*$|[^s]s$/;
const WHERE = /^(?:neredeydi|nerdeydi)$/;
/** "what's on in Ankara", "is anything on": of events, though no word for one stands there. */
const WHATS_ON = /\b(?:what(?:s| s| is)?|anything|something) (?:going )?on\b/;
const THE_ONE = /^(?:ones?)$/;
const ASSEMBLIES = new Set(["genel kurul", "general assembl"]);
/** What a question says of time, place and kind of events, and what else stands in it. */
export interface Reading {
  readonly asked: EventsAsked;
  readonly pick?: Pick | undefined;
  /** "toplantılar", "events": no single one is meant. */
  readonly plural: boolean;
  readonly speaksOfEvents: boolean;
  readonly speaksOfAll: boolean;
  readonly happening: boolean;
  readonly past: boolean;
  /** Speaks of a year, month or week: "gelecek yıl". */
  readonly period: boolean;
  readonly functionWords: readonly string[];
}

/** Reads the words of a question, folded; `undefined` where one of them has nothing to do with events. `today` is an ISO day. */
export function readEventWords(events: readonly Event[], question: string, today: string): Reading | undefined {
  const cities = citiesOf(events);
  const typed = foldedWords(question);
  const whatsOn = WHATS_ON.test(typed.join(" "));
  const functionWords: string[] = [];
  const spans: RegExp[] = [];
  let upcoming = false;
  let past = false;
  let was = false;
  let pick: Pick | undefined;
  let plural = false;
  let speaksOfEvents = whatsOn;
  let speaksOfAll = false;
  let happening = false;
  let year: number | undefined;
  let month: number | undefined;
  let day: number | undefined;
  let place: string | undefined;
  let kind: string | undefined;
  let relative = false;
  for (let position = 0; position < typed.length; position += 1) {
    const word = typed[position] ?? "";
    const city = placeAt(typed, position, cities);
    const assembly = assemblyAt(typed, position);
    const named = assembly ?? kindOf(word, events);
    const span = [YEAR, MONTH, WEEK].find((each) => each.test(word));
    const date = dateAt(typed, position) ?? isoDayAt(typed, position);
    const near = relativeDay(word, today);
    was ||= WAS.test(word);
    const inMonth = monthAt(typed, position);
    if (date) {
      ({ day, month, year } = date);
      position += 2;
    } else if (near) {
      ({ day, month, year } = near);
      relative = true;
    } else if (/^(?:19|20)\d\d$/.test(word)) year = Number(word);
    else if (city !== undefined) {
      place = city.name;
      position += city.words - 1;
    } else if (inMonth > 0) month = inMonth;
    else if (named !== undefined) {
      speaksOfEvents = true;
      speaksOfAll ||= meansAnyEvent(word);
      plural ||= PLURAL.test(word);
      if (named !== "any") kind = named;
      if (assembly !== undefined) position += 1;
    } else if (whatsOn && /^(?:whats|s|going)$/.test(word)) continue;
    else if (word === "up" && typed[position - 1] === "coming") continue;
    else if (NEXT.test(word)) pick = "next";
    else if (LAST.test(word)) pick = "last";
    else if (FIRST.test(word)) pick = "first";
    else if (UPCOMING.test(word)) upcoming = true;
    else if (NEXT_YEAR.test(word)) {
      upcoming = true;
      spans.push(YEAR);
    } else if (PAST.test(word)) past = true;
    else if (span) spans.push(span);
    else if ([DAY, WHERE, THE_ONE].some((each) => each.test(word))) continue;
    else if (HAPPENING.test(word)) happening = true;
    else if (isFunctionWord(word)) functionWords.push(word);
    else return undefined;
  }
  // An assembly is a matter of law unless a year says which one.
  if (kind !== undefined && ASSEMBLIES.has(kind) && (year === undefined || relative || pick !== undefined)) return undefined;

  // "yarın" is said of much else: it takes an event beside it to ask for one.
  if (relative && !speaksOfEvents) return undefined;

  const [span] = spans;
  if (span !== undefined && year === undefined) {
    const ago = past || pick === "last" ? 1 : functionWords.includes("bu") || functionWords.includes("this") ? 0 : undefined;
    const [thisYear = 0, thisMonth = 0] = today.split("-").map(Number);
    if (pick === "next") upcoming = true;
    if (span === WEEK && ago === 0) upcoming = true;
    if (span === WEEK && ago === 1) return undefined;
    if (span === YEAR && ago !== undefined) year = thisYear - ago;
    if (span === MONTH && ago !== undefined && month === undefined) {
      const months = thisYear * 12 + thisMonth - 1 - ago;
      [year, month] = [Math.floor(months / 12), (months % 12) + 1];
    }
    pick = undefined;
  }
  const asked = {
    ...(upcoming ? { upcoming } : {}),
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(day === undefined ? {} : { day }),
    ...(place === undefined ? {} : { place }),
    ...(kind === undefined ? {} : { kind }),
  };
  return {
    asked,
    pick,
    plural,
    speaksOfEvents,
    speaksOfAll,
    happening: happening || spans.length > 0,
    past: past || was || pick !== undefined,
    period: spans.length > 0,
    functionWords,
  };
}

function assemblyAt(typed: readonly string[], position: number): string | undefined {
  const pair = `${typed[position]} ${typed[position + 1] ?? ""}`;
  return [...ASSEMBLIES].find((each) => pair.startsWith(each));
}
