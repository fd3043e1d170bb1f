import type { Language } from "#text/language.ts";

/** Stands where a city stands, of what one takes part in from anywhere. */
export const ONLINE = "çevrim içi";

/** Cities that English calls otherwise, by the name in the event records. */
export const ENGLISH_CITIES: Readonly<Record<string, string>> = {
  İstanbul: "Istanbul",
  İzmir: "Izmir",
  Barselona: "Barcelona",
  Saraybosna: "Sarajevo",
  Brüksel: "Brussels",
  Atina: "Athens",
  Kahire: "Cairo",
  [ONLINE]: "online",
};

/** A city of an event record by its name in a language. */
export function cityInWords(city: string, language: Language): string {
  return language === "en" ? (ENGLISH_CITIES[city] ?? city) : city;
}
