import type { Event, EventsAsked } from "#core/event.ts";
import { eventsFitting } from "#core/event.ts";
import type { EventsFound } from "#core/knowledge-base.ts";
import { placeOf } from "#events/places.ts";
import { cityInWords } from "#text/city-names.ts";
import { fold } from "#text/fold.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { LANGUAGES } from "#text/language.ts";
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
/** Words for events of any kind. */
const ANY_EVENT = /^(?:etkinli[kg]\w*|events?)$/;
/** What stands beside them where the menu is asked for, and not one event. */
const LISTING = new Set(
  "hangi hangileri ne neler var varmi mi mu tum butun hepsi bana bize hakkinda bilgi istiyorum lutfen what which are there the is do does you have any all me your some please".split(
    " ",
  ),
);
/** What stands between a year and a place. */
const JOINING = new Set("ve bu icin da de in of and the".split(" "));
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
  return { asked, events: Object.keys(asked).length === 0 ? [] : eventsFitting(newestFirst, asked, today) };
}

function read(events: readonly Event[], question: string, today: string): EventsAsked | undefined {
  const cities = citiesOf(events);
  const thisYear = Number(today.slice(0, 4));
  let upcoming = false;
  let past = false;
  let speaksOfEvents = false;
  let speaksOfAll = false;
  let onlyNames = true;
  let onlyListing = true;
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
    else if (ANY_EVENT.test(folded)) speaksOfEvents = speaksOfAll = true;
    else if (EVENT_STEMS.some((stem) => folded.startsWith(stem))) speaksOfEvents = true;
    else if (UPCOMING.test(folded)) upcoming = true;
    else if (PAST.test(folded)) past = true;
    else if (PERIOD.test(folded)) period = true;
    else if (HAPPENING.test(folded)) happening = true;
    else if (folded === "bu" && /^(?:yil|sene)/.test(typed[position + 1]?.folded ?? "")) year = thisYear;
    else if (isFunctionWord(folded)) {
      onlyNames &&= JOINING.has(folded);
      onlyListing &&= LISTING.has(folded);
    } else rest += 1;
  }
  if (rest > 0) return undefined;
  // "geçen yıl", "last year"; "gelecek yıl", "next year"
  if (period && past && year === undefined) year = thisYear - 1;
  const bounded = upcoming || year !== undefined || month !== undefined || place !== undefined;
  // "hangi etkinlikler var": the menu
  if (speaksOfAll && onlyListing && !bounded) return {};
  const dated = year !== undefined || month !== undefined;
  // "2025", "aralık 2025", "2019 ankara": a year with nothing but a month or a place beside it
  const named = year !== undefined && onlyNames && !happening;
  if (!(speaksOfEvents && bounded) && !(happening && dated) && !named) return undefined;
  return {
    ...(upcoming ? { upcoming } : {}),
    ...(year === undefined ? {} : { year }),
    ...(month === undefined ? {} : { month }),
    ...(place === undefined ? {} : { place }),
  };
}

/** The cities of the records by their folded names, in both languages. */
function citiesOf(events: readonly Event[]): ReadonlyMap<string, string> {
  const cities = new Set(events.flatMap((event) => event.city ?? []));
  return new Map([...cities].flatMap((city) => LANGUAGES.map((language) => [fold(cityInWords(city, language)), city] as const)));
}
