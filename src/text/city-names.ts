import type { Language } from "#text/language.ts";

/** Cities that English calls otherwise, by the name in the event records. */
export const ENGLISH_CITIES: Readonly<Record<string, string>> = {
  İstanbul: "Istanbul",
  İzmir: "Izmir",
  Barselona: "Barcelona",
  Saraybosna: "Sarajevo",
  Brüksel: "Brussels",
  Atina: "Athens",
  Kahire: "Cairo",
  "çevrim içi": "online",
};

/** A city of an event record by its name in a language. */
export function cityInWords(city: string, language: Language): string {
  return language === "en" ? (ENGLISH_CITIES[city] ?? city) : city;
}
