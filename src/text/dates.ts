import { minutesAt, timeOf } from "#text/clock.ts";
import type { Language } from "#text/language.ts";

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  tr: ["Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};

/**
 * An ISO date as precise as it is, in words: "2022" → "2022", "2022-11" → "Kasım 2022", "2022-11-21" → "21 Kasım 2022",
 * "2022-11-21T14:00" → "21 Kasım 2022, 14.00".
 */
export function dateInWords(iso: string, language: Language): string {
  const [date = "", time] = iso.split("T");
  const [year = "", month, day] = date.split("-");
  if (month === undefined) return year;
  const name = MONTHS[language][Number(month) - 1] ?? month;
  if (day === undefined) return `${name} ${year}`;
  const words = `${Number(day)} ${name} ${year}`;
  if (time === undefined) return words;
  return `${words}, ${language === "tr" ? time.replace(":", ".") : time}`;
}

const DAY_LETTERS = "2022-11-21".length;

/** From one ISO date to another, in words: "4-5 Temmuz 2019", "30 Ocak - 2 Şubat 2019", "Nisan 2021 - Haziran 2022". The same day counts once. */
export function periodInWords(start: string, end: string | undefined, language: Language): string {
  const [first = "", last = ""] = [start.split("T")[0], end?.split("T")[0]];
  if (last === "" || last === first) return dateInWords(start, language);
  const days = first.length === DAY_LETTERS && last.length === DAY_LETTERS;
  const sameMonth = days && first.slice(0, 7) === last.slice(0, 7);
  if (sameMonth) return `${Number(first.slice(8))}-${dateInWords(last, language)}`;
  const sameYear = first.slice(0, 4) === last.slice(0, 4) && first.length > 4;
  const from = dateInWords(first, language);
  return `${sameYear ? from.slice(0, -" 2019".length) : from} - ${dateInWords(last, language)}`;
}

/** Whether the calendar has the day of an ISO date; a year or a month alone always passes. */
export function isRealDate(iso: string): boolean {
  const [year, month, day] = (iso.split("T")[0] ?? "").split("-").map(Number);
  if (year === undefined || month === undefined || day === undefined) return true;
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}

/** The ISO day at a moment (milliseconds) in a time zone. */
export function dayAt(moment: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(moment);
}

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  tr: ["Pazar", "Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi"],
  en: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
};

/** A moment of these weeks (milliseconds) by the clocks of a time zone: "26 Kasım Perşembe, 14.00", "Thursday 26 November, 14:00". */
export function momentInWords(moment: number, timeZone: string, language: Language): string {
  const time = timeOf(minutesAt(moment, timeZone));
  return `${dayInWords(dayAt(moment, timeZone), language)}, ${language === "tr" ? time.replace(":", ".") : time}`;
}

/** An ISO day, with an hour where it has one, and the day of its week: "5 Aralık 2026 Cumartesi, 14.00", "Saturday 5 December 2026, 14:00". */
export function wholeDateInWords(iso: string, language: Language): string {
  const [day = ""] = iso.split("T");
  const words = dateInWords(iso, language);
  if (day.length < DAY_LETTERS) return words;
  const weekday = WEEKDAYS[language][new Date(`${day}T00:00Z`).getUTCDay()] ?? "";
  const date = dateInWords(day, language);
  return language === "tr" ? words.replace(date, `${date} ${weekday}`) : `${weekday} ${words}`;
}

/** An ISO day of these weeks in words: "26 Kasım Perşembe", "Thursday 26 November". */
export function dayInWords(day: string, language: Language): string {
  const weekday = WEEKDAYS[language][new Date(`${day}T00:00Z`).getUTCDay()] ?? "";
  const date = dateInWords(day, language).slice(0, -" 2026".length);
  return language === "tr" ? `${date} ${weekday}` : `${weekday} ${date}`;
}
