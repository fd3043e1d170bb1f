import type { Event } from "#core/event.ts";
import { periodInWords, wholeDateInWords } from "#text/dates.ts";
import type { Language } from "#text/language.ts";

/** When it is, as precisely as known: "5 Aralık 2026 Cumartesi, 14.00-16.30", "4-5 Temmuz 2019"; empty where nothing is known. */
export function whenInWords({ start, end }: Pick<Event, "start" | "end">, language: Language): string {
  if (start === undefined) return "";
  const [day, hour] = start.split("T");
  const [lastDay, lastHour] = (end ?? start).split("T");
  if (lastDay !== day) return periodInWords(start, end, language);
  const words = wholeDateInWords(start, language);
  if (hour === undefined) return words;
  if (lastHour === undefined || lastHour === hour) return words;
  return `${words}-${language === "tr" ? lastHour.replace(":", ".") : lastHour}`;
}
