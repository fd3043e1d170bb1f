import type { Suite, Variant } from "#commands/suites.ts";
import { inVariant } from "#commands/suites.ts";
import type { QuestionSet, RankedQuestion } from "#commands/fit/ranking.ts";
import type { Sample } from "#commands/fit/logistic.ts";
import { FEATURES, features, knownBy } from "#knowledge/confidence.ts";
import type { Index, IndexDocument } from "#knowledge/index.ts";
import { buildIndex } from "#knowledge/index.ts";
import type { Knowledge } from "#knowledge/load.ts";
import type { Match, Matcher } from "#knowledge/search.ts";
import { createMatcher, documentOf } from "#knowledge/search.ts";

/** What is learned from, as matches: ranking learns from questions that have an answer, confidence from all. */
export interface Lesson {
  readonly name: string;
  /** How much the set counts against the others, however many questions it has. */
  readonly weight: number;
  readonly trials: readonly Trial[];
}

export interface Trial {
  /** The question's text: what is asked twice must not be learned from once and judged by the other. */
  readonly question: string;
  readonly match: Match;
  /** Document numbers that answer it. */
  readonly right: ReadonlySet<number>;
  readonly kind: "answerable" | "near-miss" | "stranger";
}

const SUITE_WEIGHT = 1;
const SUITE_CONFIDENCE_WEIGHT = 1;
const WORDINGS_WEIGHT = 3;
/** Near misses of well-known entries are few in the set and the hardest to tell. */
const NEAR_MISS_WEIGHT = 4;
/** The name of the lesson of entries that were given few wordings. */
export const FEW_LESSON = "own wordings, few known";
const WORDING_FOLDS = 3;
const WORDINGS_SHARE = 5;

/** Draws a suite's questions with nothing left out, for the ranking. */
export function rankingLesson(suite: Suite, variant: Variant): Lesson {
  const index = buildIndex(suite.documents);
  return { name: `${suite.name} ${variant}`, weight: SUITE_WEIGHT / 2, trials: suiteTrials(suite, index, variant) };
}

/** Draws a suite's questions with its holes left out, and its strangers: for the confidence. */
export function confidenceLesson(suite: Suite): Lesson {
  const holes = new Set(suite.holes);
  const index = buildIndex(suite.documents.filter((document) => !holes.has(document.id)));
  const match = createMatcher(index, []);
  const strangers = suite.strangers.map((question): Trial => ({
    question: question.text,
    match: match(question.text),
    right: new Set(),
    kind: "stranger",
  }));
  return {
    name: suite.name,
    weight: SUITE_CONFIDENCE_WEIGHT,
    trials: [...suiteTrials(suite, index, "clean", match), ...strangers],
  };
}

function suiteTrials(suite: Suite, index: Index, variant: Variant, match: Matcher = createMatcher(index, [])): Trial[] {
  const numbers = numbersOf(index);
  return suite.questions.flatMap((question): Trial[] => {
    const text = inVariant(question, variant);
    if (text === undefined) return [];
    const right = pickNumbers(numbers, question.relevant);
    return [{ question: question.text, match: match(text), right, kind: right.size > 0 ? "answerable" : "near-miss" }];
  });
}

/**
 * The knowledge base's own wordings, each asked of an index that lacks it; and the wordings it refuses. Where entries are to have `few`
 * wordings, every other one keeps its titles and two more, as one that was just written.
 */
export function wordingLesson({ entries, glossary }: Knowledge, random: () => number, few = false): Lesson {
  const searched = entries.filter((entry) => !entry.smallTalk);
  const trials: Trial[] = [];
  for (let fold = 0; fold < WORDING_FOLDS; fold += 1) {
    const left: { question: string; id: string; refused: boolean }[] = [];
    const documents = searched.map((entry): IndexDocument => {
      const document = documentOf(entry);
      const { titles = 0 } = document;
      const ask = (question: string, refused: boolean) => left.push({ question, id: entry.id, refused });
      const keep = (refused: boolean) => (question: string) => {
        if (random() >= 1 / WORDINGS_SHARE) return true;
        ask(question, refused);
        return false;
      };
      const others = [...new Set(document.wordings.slice(titles))].filter(keep(false));
      const sparse = few && random() < 0.5;
      return {
        ...document,
        wordings: [...document.wordings.slice(0, titles), ...(sparse ? drawn(others, 2, random) : others)],
        notWordings: document.notWordings.filter(keep(true)),
      };
    });
    const index = buildIndex(documents);
    const match = createMatcher(index, glossary);
    const numbers = numbersOf(index);
    for (const { question, id, refused } of left) {
      const found = match(question);
      const own = numbers.get(id) ?? -1;
      // What one entry refuses another may answer: only its own answer would be wrong for certain.
      if (refused && found.ranked[0]?.document !== own) continue;
      // An entry that outdoes one with few wordings has them all: that says nothing of how it does against its equals.
      if (few && knownBy(found.ranked[0]) === "manyWordings") continue;
      trials.push({ question, match: found, right: new Set(refused ? [] : [own]), kind: refused ? "near-miss" : "answerable" });
    }
  }
  return { name: few ? FEW_LESSON : "own wordings", weight: WORDINGS_WEIGHT, trials };
}

function drawn<T>(all: readonly T[], size: number, random: () => number): T[] {
  const left = [...all];
  return Array.from({ length: Math.min(size, left.length) }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

/** The evidence of a lesson's answerable questions. */
export function rankingSet({ name, weight, trials }: Lesson): QuestionSet {
  const questions = trials
    .filter(({ kind }) => kind === "answerable")
    .map(({ match, right }): RankedQuestion => ({
      candidates: match.ranked.map(({ evidence }) => evidence),
      right: match.ranked.map(({ document }) => right.has(document)),
    }));
  return { name, weight, questions };
}

/** The features of a trial, and whether its first candidate is right. */
export function confidenceSample({ match, right, kind }: Trial, weight: number): Sample {
  const first = match.ranked[0];
  return {
    values: valuesOf(match),
    right: first !== undefined && right.has(first.document),
    weight: kind === "near-miss" && knownBy(first) === "manyWordings" ? NEAR_MISS_WEIGHT * weight : weight,
  };
}

function valuesOf({ query, ranked }: Match): number[] {
  const found = features(query, ranked);
  return FEATURES.map((name) => found?.[name] ?? 0);
}

/** Document numbers by id. */
export function numbersOf(index: Index): Map<string, number> {
  return new Map(index.documents.map((document, number) => [document.id, number]));
}

/** The numbers of those ids that the index has. */
export function pickNumbers(numbers: ReadonlyMap<string, number>, ids: readonly string[]): Set<number> {
  return new Set(ids.flatMap((id) => numbers.get(id) ?? []));
}
