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

/** The ISO day at a moment (milliseconds) in a time zone. */
export function dayAt(moment: number, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(moment);
}
