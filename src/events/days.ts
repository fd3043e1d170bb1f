import { daysLater } from "#text/clock.ts";

/** A day by its numbers, months from 1. */
export interface Day {
  readonly day: number;
  readonly month: number;
  readonly year: number;
}

const YEAR = /^(?:19|20)\d\d$/;
const ONE_OR_TWO_DIGITS = /^\d\d?$/;
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
const MAY = 5;
const BEFORE_MONTH = /^(?:in|of)$/;
const RELATIVE: ReadonlyMap<string, number> = new Map([
  ["bugun", 0],
  ["today", 0],
  ["yarin", 1],
  ["tomorrow", 1],
]);

/** A day that is written out, in folded words: "28 11 2025", "21 kasim 2022", "21 november 2022". */
export function dateAt(typed: readonly string[], position: number): Day | undefined {
  const [first = "", second = "", third = ""] = typed.slice(position, position + 3);
  const month = ONE_OR_TWO_DIGITS.test(second) ? Number(second) : monthAt(typed, position + 1);
  return YEAR.test(third) ? dayOf(third, month, first) : undefined;
}

/** A day as an ISO date has it, in folded words: "2025 11 28". */
export function isoDayAt(typed: readonly string[], position: number): Day | undefined {
  const [year = "", month = "", day = ""] = typed.slice(position, position + 3);
  return YEAR.test(year) && ONE_OR_TWO_DIGITS.test(month) ? dayOf(year, Number(month), day) : undefined;
}

/** The day a folded word names by the ISO day that is today: "yarin". */
export function relativeDay(word: string, today: string): Day | undefined {
  const later = RELATIVE.get(word);
  if (later === undefined) return undefined;
  const [year = 0, month = 0, day = 0] = daysLater(today, later).split("-").map(Number);
  return { day, month, year };
}

/** The month a folded word names, 1 to 12; 0 where it names none. "may" is one only beside a year, or after "in" or "of". */
export function monthAt(typed: readonly string[], position: number): number {
  const [before = "", word = "", after = ""] = [typed[position - 1], typed[position], typed[position + 1]];
  if (word === "may") return BEFORE_MONTH.test(before) || YEAR.test(before) || YEAR.test(after) ? MAY : 0;
  const names = (stem: string) => word.startsWith(stem) && word.length <= stem.length + 6;
  return MONTH_STEMS.findIndex((stems) => stems.split(",").some(names)) + 1;
}

function dayOf(year: string, month: number, day: string): Day | undefined {
  if (!ONE_OR_TWO_DIGITS.test(day) || month < 1 || month > 12) return undefined;
  return Number(day) >= 1 && Number(day) <= 31 ? { day: Number(day), month, year: Number(year) } : undefined;
}
