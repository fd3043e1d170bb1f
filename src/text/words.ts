import { dropMarks, lower } from "#text/fold.ts";

/** A word of a text in its two forms: with its own letters (higher tier) and without diacritics (lower tier). */
export interface Word {
  readonly exact: string;
  readonly folded: string;
}

/** A question is cut here before anything looks at it closely: matching costs grow with length, meaning does not. */
export const LONGEST_QUESTION = 200;

// What follows an apostrophe is a Turkish suffix ("ESMED'e", "2019'da") or an English one ("what's").
const SUFFIX_AFTER_APOSTROPHE = /(?<=[\p{L}\p{N}])['’‘`´ʼ]\p{L}{1,6}(?![\p{L}\p{N}])/gu;
const APOSTROPHES = /['’‘`´ʼ]/gu;
// A dot after which nobody left a space ends a word all the same ("Merhaba.Genel kurul"), unless an abbreviation or an address goes on.
const CAPITAL_AFTER_DOT = /(?<=\p{L}{2}|\p{N}{4})\.(?=\p{Lu}\p{L})/gu;
const DOT_BETWEEN_WORDS = /(?<=\p{L}{4})\.(?!(?:coop|com|org|net|gov|edu|info|eu|tr)(?!\p{L}))(?=\p{L}{2})/gu;
const DATE = /(?<!\p{N})(\p{N}{1,2})\.(\p{N}{1,2})\.(\p{N}{4}|\p{N}{2})(?!\p{N})/gu;
// Dots inside an abbreviation or a number do not end a word: "A.Ş.", "1.549", "kop.ların".
const INNER_DOT = /(?<=[\p{L}\p{N}])\.(?=[\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{N}]+/gu;
// "md. 5" and "Av. Ayşe" go on: what is that short before its dot is an abbreviation.
const SENTENCE_START = /(?:(?<=[!?…\n][\s"'»)]*)|(?<=\p{L}{3}[.:][\s"'»)]+)|^)(?=[\p{L}\p{N}])/gu;
/** "Olur mu?" asks nothing without the sentence before it. */
const LEAST_WORDS = 3;
const NUMBER_WITH_SUFFIX = /^(\d+)(\p{L}+)$/u;

/** The words of a text, in order. "2019'da ESMED'e" gives 2019 and esmed; "2010da" gives 2010 too; "28.11.2025" gives three numbers. */
export function words(text: string): Word[] {
  const apart = text.includes(".") ? setApart(text) : text;
  const cleaned = lower(apart).replace(SUFFIX_AFTER_APOSTROPHE, "").replace(APOSTROPHES, "").replace(INNER_DOT, "");
  const found: Word[] = [];
  for (const match of cleaned.match(WORD) ?? []) {
    const exact = NUMBER_WITH_SUFFIX.exec(match)?.[1] ?? match;
    found.push({ exact, folded: dropMarks(exact) });
  }
  return found;
}

/** The words of a text as they are compared: folded. */
export function foldedWords(text: string): string[] {
  return words(text).map(({ folded }) => folded);
}

function setApart(text: string): string {
  return text.replace(DATE, "$1 $2 $3").replace(CAPITAL_AFTER_DOT, " ").replace(DOT_BETWEEN_WORDS, " ");
}

/**
 * The part of a question that is looked at, never cut inside a letter. People who write much tell their story first and ask at the end: of a
 * longer text it is the last sentence with a question mark, or else its end.
 */
export function capQuestion(text: string): string {
  if (text.length <= LONGEST_QUESTION) return text;
  const asked = text.slice(0, text.lastIndexOf("?") + 1);
  // Far enough back for a longest sentence, a short one after it, and the end of the one before.
  const told = (asked === "" ? text.trimEnd() : asked).slice(-2 * LONGEST_QUESTION);
  const starts = [...told.matchAll(SENTENCE_START)].map((match) => match.index);
  const fits = starts.filter((start) => told.length - start <= LONGEST_QUESTION);
  const says = fits.filter((start) => (told.slice(start).match(WORD) ?? []).length >= LEAST_WORDS);
  const start = asked === "" ? says[0] : says.at(-1);
  return start === undefined ? endOf(told) : told.slice(start);
}

function endOf(text: string): string {
  const end = text.slice(-LONGEST_QUESTION);
  const space = end.indexOf(" ");
  const tail = space >= 0 && space < LONGEST_QUESTION / 2 ? end.slice(space + 1) : end;
  return tail.isWellFormed() ? tail : tail.slice(1);
}

/** Cuts a text to a length, between words where it can, never inside a letter. */
export function capText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most + 1);
  const space = cut.lastIndexOf(" ");
  const head = space > most / 2 ? cut.slice(0, space) : cut.slice(0, most);
  return head.isWellFormed() ? head : head.slice(0, -1);
}
