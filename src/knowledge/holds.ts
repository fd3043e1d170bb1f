import type { Entry } from "#core/entry.ts";
import { placeOf } from "#text/provinces.ts";
import type { Asked } from "#text/asked.ts";
import { ASKED, askedFor } from "#text/asked.ts";
import { fold } from "#text/fold.ts";
import type { Language } from "#text/language.ts";
import { foldedWords, words } from "#text/words.ts";

const MONTH =
  "ocak|subat|mart|nisan|mayis|haziran|temmuz|agustos|eylul|ekim|kasim|aralik|january|february|march|april|june|july|august|september|october|november|december";
/** What a text must say to hold a fact of a kind, folded. Kinds that no form tells are missing. */
const FORMS: Readonly<Partial<Record<Asked, RegExp>>> = {
  money: /\d[\d.,]* ?(?:tl|lira|avro|euro|dolar|dollar)|[₺€$] ?\d|ucretsiz|free of charge/,
  contact: /\b(?:telefon|e-?posta|phone|e-?mail)\b|@|www\.|\.(?:coop|org|com|gov)\b/,
  count: /\d|\b(?:iki|uc|dort|bes|alti|yedi|sekiz|dokuz|on|yuz|bin|two|three|four|five|six|seven|eight|nine|ten)\b/,
  time: new RegExp(String.raw`\b(?:1[89]|20)\d\d\b|\b(?:${MONTH})\b`),
  duration:
    /\b(?:\d+|bir|iki|uc|dort|bes|alti|yedi|on|one|two|three|four|five|six|seven|ten) (?:gun|ay|yil|saat|hafta|day|month|year|hour|week)/,
};

/**
 * Whether an entry's answer says something of the kind a question asks for: a date where it asks when, a place where it asks where.
 * `undefined` where the question asks for nothing whose presence can be seen. `cities` are places beyond the provinces, by folded name.
 */
export function holds(
  entry: Entry,
  question: string,
  language: Language,
  cities: ReadonlyMap<string, string>,
): boolean | undefined {
  const folded = foldedWords(question);
  const asked = askedFor(folded.join(" "));
  const answer = entry.answer[language];
  const said = ASKED.filter((_, position) => (asked & (1 << position)) !== 0).map((kind) => {
    if (kind === "place") return words(answer).some((word) => placeOf(word.folded, cities) !== undefined);
    return FORMS[kind]?.test(fold(answer));
  });
  if (said.includes(false)) return false;
  return said.includes(true) ? true : undefined;
}
