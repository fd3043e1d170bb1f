import type { Verdict } from "#core/search.ts";
import fitted from "#knowledge/fitted.json" with { type: "json" };
import type { Query, QueryWord } from "#knowledge/query.ts";
import type { Ranked } from "#knowledge/rank.ts";

/** What the confidence is judged by; see `features` for the meaning of each. */
export const FEATURES = [
  "wording",
  "questionCovered",
  "wordingCovered",
  "closeness",
  "covered",
  "margin",
  "narrowMargin",
  "coverMargin",
  "known",
  "subject",
  "refused",
  "refusedMore",
  "asked",
  "askedAlike",
  "spokenOf",
  "missing",
  "numberMissing",
  "titleSaid",
] as const;

/** Numbers between 0 and 1 that say how well the first candidate fits, in the order of {@link FEATURES}. */
export function features(query: Query, ranked: readonly Ranked[]): number[] {
  const [first, second] = ranked;
  if (!first) return FEATURES.map(() => 0);
  const known = query.words.reduce((sum, word) => sum + (word.known ? word.weight : word.slip * 0.6 * word.weight), 0);
  const subjects = query.words.filter((word) => !word.functionWord);
  return [
    Math.min(1, Math.max(first.evidence.wording, first.evidence.textAlone)),
    first.questionCovered,
    first.wordingCovered,
    first.evidence.closeness,
    first.covered,
    marginOf(first, second),
    Math.min(1, 6 * marginOf(first, second)),
    Math.max(-1, Math.min(1, first.covered - (second?.covered ?? 0))),
    query.whole > 0 ? known / query.whole : 0,
    Math.min(1, subjects.length / 4),
    first.refused ** 3,
    Math.max(0, first.refused - first.evidence.overlap),
    first.asked,
    first.askedAlike,
    first.favoured ? 1 : 0,
    first.missing,
    first.numberMissing,
    first.titleSaid,
  ];
}

/** Chance that the first candidate is right: a logistic model, fitted by a script (see the data file for date and data). */
export function confidenceOf(query: Query, ranked: readonly Ranked[]): number {
  if (ranked.length === 0 || !query.words.some(saysSomething)) return 0;
  const [first, second] = ranked;
  // What was fitted never saw a question asked word for word: those it knows for certain, either way.
  if (first?.wordForWord === true && second?.wordForWord !== true) return WORD_FOR_WORD;
  const values = features(query, ranked);
  const { bias, weights, cuts } = fitted.confidence;
  const sum = FEATURES.reduce((total, name, position) => total + weights[name] * (values[position] ?? 0), bias);
  const chance = 1 / (1 + Math.exp(-sum));
  return first?.refusedWordForWord === true ? Math.min(chance, (cuts.sure + cuts.unsure) / 2) : chance;
}

const WORD_FOR_WORD = 0.97;

/** How far the first is ahead of the second, as a share of its score. */
function marginOf(first: Ranked, second: Ranked | undefined): number {
  return first.score > 0 ? (first.score - (second?.score ?? 0)) / first.score : 0;
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
