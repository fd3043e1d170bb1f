import { dropMarks, lower } from "#text/fold.ts";
import { FUNCTION_WORDS } from "#text/function-words.ts";

export type Language = "tr" | "en";
export const LANGUAGES: readonly Language[] = ["tr", "en"];

const TURKISH_LETTER = /[çğışöü]/u;
const WORD = /\p{L}+/gu;

// Frequent subject words that lean a short question to one language; names and words that both use are left out.
const LEANING: Readonly<Record<Language, ReadonlySet<string>>> = {
  tr: new Set(
    "merhaba selam gunaydin tesekkurler tesekkur sagol kooperatif kooperatifi kooperatifin kooperatifler ortak ortaklik uye uyelik genel kurul yonetim kurulu toplantisi etkinlik etkinlikler ekonomi baskan baskani birlik birligi birlige kanun vazgec hicbiri gonder devami yaramadi yaradi konular".split(
      " ",
    ),
  ),
  en: new Set(
    "hello hi hey thanks thank bye member members membership join meeting cooperative cooperatives coop union law economy event events board assembly language help held say said nice good see later cancel send delete topics helpful".split(
      " ",
    ),
  ),
};

/**
 * The language a text is written in, or `undefined` where it does not say: nothing known, or as much of one as of the other.
 * Counts function words and a few subject words; a word with a Turkish letter counts for Turkish.
 */
export function languageOf(text: string): Language | undefined {
  let turkish = 0;
  let english = 0;
  for (const word of lower(text).match(WORD) ?? []) {
    const folded = dropMarks(word);
    // A capital I lowered the Turkish way becomes ı, which alone proves nothing: "IS IT" is English.
    if (TURKISH_LETTER.test(word.replaceAll("ı", ""))) turkish += 1;
    if (FUNCTION_WORDS.tr.has(folded) || LEANING.tr.has(folded)) turkish += 1;
    if (FUNCTION_WORDS.en.has(folded) || LEANING.en.has(folded)) english += 1;
  }
  if (turkish === english) return undefined;
  return turkish > english ? "tr" : "en";
}
