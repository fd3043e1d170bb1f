import { isRealDate } from "#text/dates.ts";
import { fold } from "#text/fold.ts";

const MONTHS = ["ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik"];
const HOUR = String.raw`(?:[\s,t]+(?:saat\s+)?(\d{1,2})[.:](\d{2}))?`;
const DAY_FIRST = new RegExp(String.raw`^(\d{1,2})[./](\d{1,2})[./](\d{4})${HOUR}$`);
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})-(\d{1,2})-(\d{1,2})${HOUR}$`);
const NAMED = new RegExp(String.raw`^(\d{1,2})\s+([a-z]+)\s+(\d{4})${HOUR}$`);

/**
 * A day, with an hour where one is given, as people type it: "5.12.2026 14.00", "2026-12-05 14:00", "5 Aralık 2026". Gives ISO
 * ("2026-12-05T14:00", "2026-12-05"), or `undefined` for what is none or is in no calendar.
 */
export function typedMoment(typed: string): string | undefined {
  const words = fold(typed).trim().replace(/\s+/g, " ");
  const dayFirst = DAY_FIRST.exec(words);
  if (dayFirst) return isoOf(dayFirst[3], dayFirst[2], dayFirst[1], dayFirst[4], dayFirst[5]);
  const yearFirst = YEAR_FIRST.exec(words);
  if (yearFirst) return isoOf(yearFirst[1], yearFirst[2], yearFirst[3], yearFirst[4], yearFirst[5]);
  const named = NAMED.exec(words);
  if (named) return isoOf(named[3], String(MONTHS.indexOf(named[2] ?? "") + 1), named[1], named[4], named[5]);
  return undefined;
}

/** An ISO day or moment as one would type it: "05.12.2026 14.00". */
export function asTyped(iso: string): string {
  const [date = "", hour] = iso.split("T");
  const day = date.split("-").toReversed().join(".");
  return hour === undefined ? day : `${day} ${hour.replace(":", ".")}`;
}

function isoOf(year = "", month = "", day = "", hour?: string, minute?: string): string | undefined {
  const date = [year, month.padStart(2, "0"), day.padStart(2, "0")].join("-");
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || !isRealDate(date)) return undefined;
  if (hour === undefined) return date;
  if (Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${date}T${hour.padStart(2, "0")}:${minute}`;
}
