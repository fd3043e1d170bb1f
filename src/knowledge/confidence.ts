import type { Verdict } from "#core/search.ts";
import fitted from "#knowledge/fitted.json" with { type: "json" };
import { asksWhatItIs } from "#knowledge/overlap.ts";
import type { Query, QueryWord } from "#knowledge/query.ts";
import type { Ranked } from "#knowledge/rank.ts";

/** What the confidence is judged by. */
export const FEATURES = [
  "wordingCovered",
  "covered",
  "margin",
  "narrowMargin",
  "coverMargin",
  "subject",
  "refused",
  "asked",
  "askedMargin",
  "spokenOf",
  "nameLacking",
  "numberMissing",
  "titleSaid",
  "known",
  "length",
] as const;
export type Features = Readonly<Record<(typeof FEATURES)[number], number>>;

/** Numbers between 0 and 1 (the margin of coverage from -1) that say how well the first candidate fits; `undefined` without any. */
export function features(query: Query, ranked: readonly Ranked[]): Features | undefined {
  const [first, second] = ranked;
  if (!first) return undefined;
  const margin = first.score > 0 ? (first.score - (second?.score ?? 0)) / first.score : 0;
  const subjects = query.words.filter((word) => !word.functionWord).length;
  return {
    wordingCovered: first.wordingCovered,
    covered: first.covered,
    margin,
    // Siblings lie close together: the first steps apart tell most.
    narrowMargin: Math.min(1, 6 * margin),
    coverMargin: first.covered - (second?.covered ?? 0),
    // A word or two says little, however well it fits.
    subject: Math.min(1, subjects / 4),
    refused: first.refused ** 3,
    asked: first.asked,
    // Asked for the same kind of thing, and with no sibling near that may be asked for it as well.
    askedMargin: first.askedAlike * margin,
    spokenOf: first.favoured ? 1 : 0,
    // It lacks a name that others near it have: "Or-Koop'un başkanı" is not asked of the union's president.
    nameLacking: Math.max(0, first.nameMissing - Math.min(1, ...ranked.slice(1, NEAR).map(({ nameMissing }) => nameMissing))),
    numberMissing: first.numberMissing,
    titleSaid: first.titleSaid,
    known: query.words.reduce((sum, word) => sum + (word.known ? word.weight : 0), 0) / query.whole,
    // The more words there are, the less one entry says of them. Of entries with many wordings our own questions would teach it wrongly: among
    // them those that miss an entry happen to be shorter than those that are answered, among what members ask they are not.
    length: knownBy(first) === "manyWordings" ? 0 : Math.min(1, query.words.length / 12),
  };
}

const WORD_FOR_WORD = 0.97;
/** So many candidates are near enough to be what was meant. */
const NEAR = 5;
/** What says less of a question is near it by chance: of one or two words alone, and of more or of a question that goes on, which hold many that matter little. */
const LEAST_COVERED = { short: 0.4, long: 0.15 };
const FEW_WORDINGS = 8;

/** What the likeness of a wording proves depends on how many an entry was given: with few, a right question may look like none of them. */
export function knownBy(first: Ranked | undefined): "fewWordings" | "manyWordings" {
  return first && first.wordings <= FEW_WORDINGS ? "fewWordings" : "manyWordings";
}

/** Chance that the first candidate is right: a logistic model, fitted by a script (see the data file for date and data). */
export function confidenceOf(query: Query, ranked: readonly Ranked[]): number {
  if (!query.words.some(saysSomething)) return 0;
  const [first, second] = ranked;
  // What was fitted never saw a question asked word for word: those it knows for certain, either way.
  if (first?.wordForWord === "wording" && second?.wordForWord !== "wording") return WORD_FOR_WORD;
  if (first?.wordForWord === "title" && second?.wordForWord === undefined) return WORD_FOR_WORD;
  const values = features(query, ranked);
  if (!values || !first) return 0;
  const subjects = query.words.filter((word) => !word.functionWord && !asksWhatItIs(word.folded));
  if (first.covered < LEAST_COVERED[subjects.length <= 2 && !first.favoured ? "short" : "long"]) return 0;
  const { cuts } = fitted.confidence;
  const middle = (cuts.sure + cuts.unsure) / 2;
  const { bias, weights } = fitted.confidence[knownBy(first)];
  const sum = FEATURES.reduce((total, name) => total + weights[name] * values[name], bias);
  const chance = 1 / (1 + Math.exp(-sum));
  if (first.refusedWordForWord) return Math.min(chance, middle);
  // A word alone asks for nothing in particular, unless it goes on from what was spoken of or is a number ("1163"): better offer than guess.
  const vague = subjects.length < 2 && !first.favoured && !subjects.some(({ folded }) => /\d{3}/.test(folded));
  return vague ? Math.min(middle, Math.max(chance, cuts.unsure)) : chance;
}

/** Whether a word is one the knowledge base has, or a slip of one; "00" and "x" are in many texts and mean nothing alone. */
function saysSomething(word: QueryWord): boolean {
  return !word.functionWord && (word.known || word.slip > 0) && /\p{L}{2}|\d{3}/u.test(word.folded);
}

/** Two cuts: above the upper one it answers, between them it offers. */
export function verdictOf(confidence: number): Verdict {
  const { cuts } = fitted.confidence;
  if (confidence >= cuts.sure) return "sure";
  return confidence >= cuts.unsure ? "unsure" : "nothing";
}
