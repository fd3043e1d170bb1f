import type { InLanguages } from "#core/entry.ts";
import { daysLater } from "#text/clock.ts";

/** A day on which the office is closed, or from so many minutes after midnight on. */
export interface Closure {
  readonly name: InLanguages<string>;
  readonly from?: number | undefined;
  /** A religious feast: one says "bayramdan sonra". */
  readonly feast: boolean;
}

const NOON_AND_AN_HOUR = 13 * 60;

/** Law 2429: the days themselves, by month and day. */
const NATIONAL: Readonly<Record<string, InLanguages<string>>> = {
  "01-01": { tr: "Yılbaşı", en: "New Year's Day" },
  "04-23": { tr: "Ulusal Egemenlik ve Çocuk Bayramı", en: "National Sovereignty and Children's Day" },
  "05-01": { tr: "Emek ve Dayanışma Günü", en: "Labour and Solidarity Day" },
  "05-19": { tr: "Atatürk'ü Anma, Gençlik ve Spor Bayramı", en: "Commemoration of Atatürk, Youth and Sports Day" },
  "07-15": { tr: "Demokrasi ve Millî Birlik Günü", en: "Democracy and National Unity Day" },
  "08-30": { tr: "Zafer Bayramı", en: "Victory Day" },
  "10-28": { tr: "Cumhuriyet Bayramı", en: "Republic Day" },
  "10-29": { tr: "Cumhuriyet Bayramı", en: "Republic Day" },
};
/** The afternoon before Republic Day. */
const FROM_NOON = "10-28";

interface Feast {
  readonly name: InLanguages<string>;
  /** Month and day of the first day, in the Islamic calendar. */
  readonly begins: string;
  readonly days: number;
}

const FEASTS: readonly Feast[] = [
  { name: { tr: "Ramazan Bayramı", en: "Ramazan Bayramı (Eid al-Fitr)" }, begins: "10/1", days: 3 },
  { name: { tr: "Kurban Bayramı", en: "Kurban Bayramı (Eid al-Adha)" }, begins: "12/10", days: 4 },
];

// The platform's own calendar. It gave the days that were announced in Türkiye for every year from 2019 to 2030.
const ISLAMIC = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura", { month: "numeric", day: "numeric", timeZone: "UTC" });

/** The public holiday that an ISO day is in Türkiye, the free afternoons before feasts among them. */
export function turkishHoliday(day: string): Closure | undefined {
  const feast = feastOn(day);
  // A whole day of a feast is spoken of as that, whatever else it is.
  return feast !== undefined && feast.from === undefined ? feast : (nationalHoliday(day) ?? feast);
}

/** The first whole day of a feast: the day before is a holiday from noon on only, or none. */
export function isFirstOfBayram(day: string): boolean {
  return isFeastDay(day) && !isFeastDay(daysLater(day, -1));
}

function isFeastDay(day: string): boolean {
  const holiday = turkishHoliday(day);
  return holiday !== undefined && holiday.feast && holiday.from === undefined;
}

function nationalHoliday(day: string): Closure | undefined {
  const date = day.slice(5);
  const name = NATIONAL[date];
  if (name === undefined) return undefined;
  return date === FROM_NOON ? { name, from: NOON_AND_AN_HOUR, feast: false } : { name, feast: false };
}

function feastOn(day: string): Closure | undefined {
  for (const { name, begins, days } of FEASTS) {
    const closure = { name, feast: true };
    for (let passed = 0; passed < days; passed += 1) if (islamicDate(daysLater(day, -passed)) === begins) return closure;
    if (islamicDate(daysLater(day, 1)) === begins) return { ...closure, from: NOON_AND_AN_HOUR };
  }
  return undefined;
}

function islamicDate(day: string): string {
  const parts = ISLAMIC.formatToParts(Date.parse(`${day}T00:00Z`));
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("month")}/${part("day")}`;
}
