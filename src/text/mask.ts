import { isIban, LONGEST_IBAN } from "#text/iban.ts";
import { isPrivate, MOST_DIGITS } from "#text/private-numbers.ts";

/** What stands in place of a hidden number. */
export const HIDDEN = "[gizlendi]";
// Digits as keyboards have them, Arabic and full-width ones too: of each the last four bits are its value.
const DIGIT = "[0-9٠-٩۰-۹０-９]";
const GAP = String.raw`[\s\u200B-\u200D\u2060\uFEFF\p{Pd}−.,/\\()·•_*:'’|~+]`;
const GROUP = new RegExp(`${DIGIT}+`, "gu");
const BETWEEN = new RegExp(`^${GAP}{1,4}$`, "u");
const PLUS = /\+[ (]?$/u;

// Neither a day nor hours nor a sum is part of a private number, whatever digits stand beside it.
const DAY = /(?<![\d.,/-])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d(?![\d]|[./-]\d)/g;
const ISO_DAY = /(?<![\d.,/-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d]|[./-]\d)/g;
const CLOCK = "(?:[01]?\\d|2[0-3]):[0-5]\\d";
const HOURS = new RegExp(String.raw`(?<![\d:])${CLOCK}\s?[\p{Pd}−]\s?${CLOCK}(?![\d:])`, "gu");
const SUM = /(?<![\d.,])\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?=\s?(?:TL|₺|lira|euro|avro|€|dolar|\$|USD|EUR)(?!\p{L}))/giu;

const TURKISH_IBAN = new RegExp(`TR(?:${GAP}{0,3}${DIGIT}){24}(?!${DIGIT})`, "giu");
const IBAN_START = new RegExp(String.raw`(?<![\p{L}\p{N}])[A-Z]{2}${GAP}?${DIGIT}{2}(?=${GAP}{0,3}[A-Z0-9])`, "giu");
const ONE_GAP = new RegExp(GAP, "u");

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Hides T.C. identity numbers, IBANs, card and telephone numbers, however they are written, so that they are not kept with a question. */
export function maskNumbers(text: string): string {
  const ibans = [...rangesOf(text, TURKISH_IBAN), ...foreignIbans(text)];
  const barred = [...ibans, ...rangesOf(text, DAY), ...rangesOf(text, ISO_DAY), ...rangesOf(text, HOURS), ...rangesOf(text, SUM)];
  const groups = rangesOf(text, GROUP).filter((group) => !barred.some((bar) => group.from < bar.to && bar.from < group.to));

  let shown = "";
  let at = 0;
  for (const { from, to } of joined([...ibans, ...runsOf(text, groups).flatMap((run) => privateIn(text, run))])) {
    shown += text.slice(at, from) + HIDDEN;
    at = to;
  }
  return shown + text.slice(at);
}

/** Groups of digits that one number may be written in: nothing but gaps between them. */
function runsOf(text: string, groups: readonly Range[]): Range[][] {
  const runs: Range[][] = [];
  for (const group of groups) {
    const last = runs.at(-1)?.at(-1);
    if (last && BETWEEN.test(text.slice(last.to, group.from))) runs.at(-1)?.push(group);
    else runs.push([group]);
  }
  return runs;
}

/** Every stretch of whole groups that is a private number. Neighbouring numbers are of one run, so each beginning and end is tried. */
function privateIn(text: string, run: readonly Range[]): Range[] {
  return run.flatMap((first, start) => {
    const found: Range[] = [];
    const plus = PLUS.test(text.slice(0, first.from));
    const gaps: number[] = [];
    let digits = "";
    for (const group of run.slice(start)) {
      if (digits !== "") gaps.push(digits.length);
      digits += digitsIn(text.slice(group.from, group.to));
      if (digits.length > MOST_DIGITS) break;
      if (isPrivate({ digits, gaps, plus })) found.push({ from: first.from, to: group.to });
    }
    return found;
  });
}

/** IBANs of other countries: as long as that country's are, with check digits that are right. */
function foreignIbans(text: string): Range[] {
  return rangesOf(text, IBAN_START).flatMap(({ from }) => {
    let compact = "";
    for (let at = from; at < text.length; at += 1) {
      const character = text[at] ?? "";
      if (/[A-Za-z0-9]/.test(character)) compact += character;
      else if (!ONE_GAP.test(character)) break;
      if (isIban(compact)) return [{ from, to: at + 1 }];
      if (compact.length >= LONGEST_IBAN) break;
    }
    return [];
  });
}

function digitsIn(group: string): string {
  return Array.from(group, (digit) => (digit.codePointAt(0) ?? 0) & 15).join("");
}

function rangesOf(text: string, pattern: RegExp): Range[] {
  return [...text.matchAll(pattern)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
}

/** The same stretches of text, in order and without overlaps. */
function joined(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const range of ranges.toSorted((one, other) => one.from - other.from)) {
    const last = found.at(-1);
    if (last && range.from < last.to) found.splice(-1, 1, { from: last.from, to: Math.max(last.to, range.to) });
    else found.push(range);
  }
  return found;
}
