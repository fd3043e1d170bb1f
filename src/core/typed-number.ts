import type { Offer } from "#core/conversation.ts";
import type { Action } from "#core/action.ts";
import { fold } from "#text/fold.ts";

const NUMBER =
  /^(?:no|numara|number|option|secenek|#)?[\s.:]*(\d+)(?:[.)]|['’]?(?:[iu]?nc[iu](?:s[iu])?|s[iu]|[iu]|st|nd|rd|th))?(?: (?:one|option|secenek|olan))?[\s.!]*$/;
const ORDINAL = /^(?:the )?(\p{L}+)(?: (?:one|option|secenek|olan))?[\s.!]*$/u;
const ORDERS = /nc[iu]$|^ilk$/;
/** A number that is none of a list: negative or broken. */
const OTHER_NUMBER = /^[-+]?\d+(?:[.,]\d+)?$/;
/** Longer ones name something: a law, a year. */
const MOST_DIGITS = 3;

const WORDS: readonly (readonly string[])[] = [
  ["bir", "birinci", "ilk", "one", "first"],
  ["iki", "ikinci", "two", "second"],
  ["uc", "ucuncu", "three", "third"],
  ["dort", "dorduncu", "four", "fourth"],
  ["bes", "besinci", "five", "fifth"],
  ["alti", "altinci", "six", "sixth"],
  ["yedi", "yedinci", "seven", "seventh"],
  ["sekiz", "sekizinci", "eight", "eighth"],
];

/**
 * The position a message names and nothing else: "2", "2.", "ikincisi", "iki", "the second one". 0 where it is a number that no list can
 * hold, such as "-1"; `undefined` where the message says something else, or is a longer number ("1163", "2025").
 */
export function typedNumber(message: string): number | undefined {
  const folded = fold(message).trim();
  const digits = NUMBER.exec(folded)?.[1];
  if (digits !== undefined) return digits.length > MOST_DIGITS ? undefined : Number(digits);
  if (OTHER_NUMBER.test(folded)) return 0;
  const word = ORDINAL.exec(folded)?.[1] ?? "";
  const position = WORDS.findIndex((names) =>
    names.some((name) => word === name || (ORDERS.test(name) && isSuffixed(word, name))),
  );
  return position < 0 ? undefined : position + 1;
}

/** Several positions and nothing else: "1 ve 3", "1, 2 ve 4", "birinci ve üçüncü". `undefined` where the message is anything else. */
export function typedNumbers(message: string): readonly number[] | undefined {
  const parts = fold(message)
    .trim()
    .split(/\s*[,;]\s*|\s+(?:ve|ile|and)\s+|\s+/)
    .filter((part) => part !== "");
  const numbers = parts.flatMap((part) => typedNumber(part) ?? []);
  return parts.length < 2 || numbers.length < parts.length ? undefined : numbers;
}

/**
 * What a typed number or ordinal counts through, in order. Words ("first", "ikincisi") count the titles of an offer and nothing else. So do
 * digits, with the other buttons after the titles and the rating ones left out, since those are shown without a number; where `numbered`,
 * every option was shown with one, and digits count them all.
 */
export function countedIn({ actions, labels }: Offer, message: string, numbered: boolean): readonly Action[] {
  const isDigit = /\d/.test(message);
  if (isDigit && numbered) return actions;
  const isTitle = (_action: Action, at: number) => !(labels?.[at] ?? "").startsWith("button.");
  const titles = actions.filter(isTitle);
  if (!isDigit) return titles;
  return [...titles, ...actions.filter((action, at) => !isTitle(action, at) && action.act !== "rate")];
}

/** "ikincisi" is the second; "ikisi" would be both. */
function isSuffixed(word: string, name: string): boolean {
  return word.startsWith(name) && /^s?[iu]$/.test(word.slice(name.length));
}

/** A whole number too long for a list: it may name a law, and means nothing else. */
export function isLongNumber(message: string): boolean {
  return /^\s*\d+[.)]?\s*$/.test(message);
}
