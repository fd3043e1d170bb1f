import type { Event } from "#core/event.ts";
import type { EventsFound } from "#core/knowledge-base.ts";
import { placeOf } from "#events/places.ts";
import { fold } from "#text/fold.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { words } from "#text/words.ts";

const EVENT_STEMS = [
  "etkinli",
  "toplanti",
  "seminer",
  "calistay",
  "fuar",
  "konferans",
  "organizasyon",
  "faaliyet",
  "program",
  "takvim",
  "bulusma",
  "event",
  "meeting",
  "workshop",
  "conference",
  "fair",
  "calendar",
  "activit",
];
const HAPPENING =
  /^(?:ne|neler|nasil|hangi|oldu|olmus|olacak|olan|vardi|var|yapil\w*|yaptiniz|yapacak\w*|duzenle\w*|gerceklesti\w*|gerceklesen|happen\w*|held|took|place|list\w*|goster\w*|show)$/;
const UPCOMING = /^(?:yaklas\w*|gelecek\w*|onumuzdeki\w*|siradaki|planlan\w*|yakin\w*|upcoming|next|planned|coming|future|soon)$/;
const PAST = /^(?:gecmis\w*|eski|onceki|gecen|past|previous|last)$/;
const PERIOD = /^(?:yil\w*|sene\w*|ay|ayi|ayin|ayinda|ayda|hafta\w*|gun\w*|tarih\w*|year|month|week|date|dates)$/;
const MONTH_STEMS = [
  "ocak,january",
  "subat,february",
  "mart,march",
  "nisan,april",
  "mayis",
  "haziran,june",
  "temmuz,july",
  "agustos,august",
  "eylul,september",
  "ekim,october",
  "kasim,november",
  "aralik,december",
];

/**
 * Reads a question for a date, a place or "what is coming", and lists the gatherings that fit, newest first (upcoming: next first).
 * `undefined` where the question asks for anything else besides: then it is for the search.
 */
export function findEvents(newestFirst: readonly Event[], question: string, today: string): EventsFound | undefined {
  const asked = read(newestFirst, question, today);
  if (!asked) return undefined;
  const { upcoming, year, month, place } = asked;
  const prefix = year === undefined ? undefined : month === undefined ? `${year}` : `${year}-${String(month).padStart(2, "0")}`;
  const fitting = newestFirst.filter((event) => {
    if (event.kind !== "gathering") return false;
    if (upcoming && (event.status === "cancelled" || (event.end ?? event.start ?? "") < today)) return false;
    if (prefix !== undefined && !event.start?.startsWith(prefix)) return false;
    if (prefix === undefined && month !== undefined && event.start?.slice(5, 7) !== String(month).padStart(2, "0")) return false;
    return place === undefined || event.city === place;
  });
  return { asked: { upcoming, year, place }, events: upcoming ? fitting.toReversed() : fitting };
}

interface Asked {
  readonly upcoming: boolean;
  readonly year?: number;
  readonly month?: number;
  readonly place?: string;
}

function read(events: readonly Event[], question: string, today: string): Asked | undefined {
  const cities = new Map(events.flatMap((event) => (event.city === undefined ? [] : [[fold(event.city), event.city] as const])));
  const thisYear = Number(today.slice(0, 4));
  let upcoming = false;
  let past = false;
  let speaksOfEvents = false;
  let happening = false;
  let period = false;
  let year: number | undefined;
  let month: number | undefined;
  let place: string | undefined;
  let rest = 0;
  const typed = words(question);
  for (const [position, { folded }] of typed.entries()) {
    const city = placeOf(folded, cities);
    const monthFound = MONTH_STEMS.findIndex((stems) =>
      stems.split(",").some((stem) => folded.startsWith(stem) && folded.length <= stem.length + 6),
    );
    if (/^(?:19|20)\d\d$/.test(folded)) year = Number(folded);
    else if (city !== undefined) place = city;
    else if (monthFound >= 0) month = monthFound + 1;
    else if (EVENT_STEMS.some((stem) => folded.startsWith(stem))) speaksOfEvents = true;
    else if (UPCOMING.test(folded)) upcoming = true;
    else if (PAST.test(folded)) past = true;
    else if (PERIOD.test(folded)) period = true;
    else if (HAPPENING.test(folded)) happening = true;
    else if (folded === "bu" && /^(?:yil|sene)/.test(typed[position + 1]?.folded ?? "")) year = thisYear;
    else if (!isFunctionWord(folded)) rest += 1;
  }
  if (rest > 0) return undefined;
  // "geçen yıl", "last year"; "gelecek yıl", "next year"
  if (period && past && year === undefined) year = thisYear - 1;
  const bounded = upcoming || year !== undefined || month !== undefined || place !== undefined;
  if (!(speaksOfEvents && bounded) && !(happening && (year !== undefined || month !== undefined))) return undefined;
  return {
    upcoming,
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(place === undefined ? {} : { place }),
  };
}
