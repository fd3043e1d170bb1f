import type { MemberQuestion, Suite, Variant } from "#commands/suites.ts";
import { inVariant } from "#commands/suites.ts";
import type { QuestionSet, RankedQuestion } from "#commands/fit/ranking.ts";
import type { Sample } from "#commands/fit/logistic.ts";
import type { Entry } from "#core/entry.ts";
import { FEATURES, features, knownBy } from "#knowledge/confidence.ts";
import type { Index, IndexDocument } from "#knowledge/index.ts";
import { buildIndex } from "#knowledge/index.ts";
import type { Knowledge } from "#knowledge/load.ts";
import type { Match, Matcher } from "#knowledge/search.ts";
import { besides, createMatcher, documentOf } from "#knowledge/search.ts";

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
const MEMBERS_WEIGHT = 8;
const CONTEXTS_WEIGHT = 2;
const STRANGERS_WEIGHT = 3;
/** Near misses of well-known entries are few in the set and the hardest to tell. */
const NEAR_MISS_WEIGHT = 4;
const NO_QUESTIONS = new Set(["smalltalk", "insult", "emoji", "code", "injection"]);
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

/** Questions of the public sets that nobody would ask of a cooperative union. */
export function strangerLesson({ entries, glossary }: Knowledge, suites: readonly Suite[]): Lesson {
  const searched = entries.filter((entry) => !entry.smallTalk);
  const index = buildIndex(searched.map(documentOf));
  const match = createMatcher(index, glossary, besides(searched));
  const asked = new Set(suites.flatMap((suite) => suite.strangers.map(({ text }) => text)));
  const trials = [...asked].map((text): Trial => ({ question: text, match: match(text), right: new Set(), kind: "stranger" }));
  return { name: "strangers", weight: STRANGERS_WEIGHT, trials: trials.filter(misleads(index, searched)) };
}

/** Questions as members type them, asked of the whole knowledge base; those with a question before them, after it. */
export function memberLessons(
  { entries, glossary }: Knowledge,
  questions: readonly MemberQuestion[],
  random: () => number,
): Lesson[] {
  const searched = entries.filter((entry) => !entry.smallTalk);
  const index = buildIndex(searched.map(documentOf));
  const match = createMatcher(index, glossary, besides(searched));
  const numbers = numbersOf(index);
  const alone: Trial[] = [];
  const continued: Trial[] = [];
  const before = questions.filter((question) => question.relevant && question.context === undefined);
  for (const question of questions) {
    // What is no question at all never reaches the search.
    if (NO_QUESTIONS.has(question.kind ?? "")) continue;
    const right = pickNumbers(numbers, question.relevant ?? []);
    const kind = right.size > 0 ? "answerable" : question.kind === "near-miss" ? "near-miss" : "stranger";
    alone.push({ question: question.text, match: match(question.text), right, kind });
    // A question that stands alone is heard after another one too: what was spoken of must not draw it away.
    const other = before[Math.floor(random() * before.length)]?.text ?? "";
    const spoken = question.context ?? other;
    const entriesBefore = match(spoken)
      .ranked.slice(0, 1)
      .map(({ document }) => index.documents[document]?.id ?? "");
    continued.push({
      question: question.text,
      match: match(question.text, { question: spoken, entries: entriesBefore }),
      right,
      kind,
    });
  }
  return [
    { name: "members", weight: MEMBERS_WEIGHT, trials: alone.filter(misleads(index, searched)) },
    { name: "members going on", weight: CONTEXTS_WEIGHT, trials: continued.filter(misleads(index, searched)) },
  ];
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

/** A stranger who is told about the service itself is not misled. */
function misleads(index: Index, entries: readonly Entry[]): (trial: Trial) => boolean {
  const services = new Set(entries.filter(({ topic }) => topic === "service").map(({ id }) => id));
  return ({ match, kind }) => kind === "answerable" || !services.has(index.documents[match.ranked[0]?.document ?? -1]?.id ?? "");
}

function numbersOf(index: Index): Map<string, number> {
  return new Map(index.documents.map((document, number) => [document.id, number]));
}

function pickNumbers(numbers: ReadonlyMap<string, number>, ids: readonly string[]): Set<number> {
  return new Set(ids.flatMap((id) => numbers.get(id) ?? []));
}
