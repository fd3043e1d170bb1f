import type { Event } from "#core/event.ts";
import { cityInWords, ONLINE } from "#text/city-names.ts";
import { fold } from "#text/fold.ts";
import { LANGUAGES } from "#text/language.ts";
import { placeOf } from "#text/provinces.ts";

/** The place named at a position of a text, and in how many words: "cevrim ici" are two. */
export function placeAt(
  typed: readonly string[],
  position: number,
  more: ReadonlyMap<string, string>,
): { readonly name: string; readonly words: number } | undefined {
  for (const words of [2, 1]) {
    const name = placeOf(typed.slice(position, position + words).join(" "), more);
    if (name !== undefined) return { name, words };
  }
  return undefined;
}

/** The cities of the records, and the one that is none, by their folded names in both languages; joined too: "cevrimici". */
export function citiesOf(events: readonly Event[]): ReadonlyMap<string, string> {
  const cities = new Set([ONLINE, ...events.flatMap((event) => event.city ?? [])]);
  const named = [...cities].flatMap((city) => LANGUAGES.map((language) => [fold(cityInWords(city, language)), city] as const));
  return new Map(named.flatMap(([name, city]) => [[name, city] as const, [name.replaceAll(" ", ""), city] as const]));
}
