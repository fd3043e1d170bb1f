import type { Engine, Findings } from "#commands/bench/engine.ts";
import type { Suite, SuiteQuestion, Variant } from "#commands/suites.ts";
import { inVariant } from "#commands/suites.ts";

/** How an engine ranks the questions of a suite, the whole knowledge base indexed. Shares are 0 to 1, times milliseconds. */
export interface Ranking {
  readonly first: number;
  readonly third: number;
  readonly reciprocal: number;
  readonly buildMs: number;
  readonly p50: number;
  readonly p99: number;
  /** By number of the question, whether the right entry came first: for telling a difference from noise. */
  readonly hits: ReadonlyMap<number, boolean>;
}

/** How an engine holds back, the entries of the suite's holes removed. */
export interface Abstention {
  /** Chance that a question with an answer is more surely found than one from outside. */
  readonly auroc: number;
  /** The same against questions whose entry was removed. */
  readonly aurocHoles: number;
  /** Share of questions rightly answered where at most one answer in twenty is wrong, three tenths of the traffic coming from outside. */
  readonly coverage: number;
}

const MOST_WRONG = 0.05;
const OUTSIDE_SHARE = 0.3;

/** Ranks every question of a suite in one spelling; `undefined` where the suite has none. */
export function measureRanking(engine: Engine, suite: Suite, variant: Variant): Ranking | undefined {
  const asked = suite.questions.flatMap((question, number) => {
    const text = number % (engine.oneIn ?? 1) === 0 ? inVariant(question, variant) : undefined;
    return text === undefined ? [] : [{ number, text, relevant: question.relevant }];
  });
  if (asked.length === 0) return undefined;
  const start = performance.now();
  const search = engine.build(suite.documents, languageOf(suite));
  const buildMs = performance.now() - start;
  const times: number[] = [];
  const ranks = asked.map(({ text, relevant }) => {
    const began = performance.now();
    const { ids } = search(text);
    times.push(performance.now() - began);
    return 1 + ids.findIndex((id) => relevant.includes(id));
  });
  return {
    first: share(ranks, (rank) => rank === 1),
    third: share(ranks, (rank) => rank >= 1 && rank <= 3),
    reciprocal: mean(ranks.map((rank) => (rank === 0 ? 0 : 1 / rank))),
    buildMs,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    hits: new Map(asked.map(({ number }, position) => [number, ranks[position] === 1])),
  };
}

/** Asks a suite's questions, and those from outside, of a knowledge base with holes. */
export function measureAbstention(engine: Engine, suite: Suite): Abstention {
  const holes = new Set(suite.holes);
  const search = engine.build(
    suite.documents.filter(({ id }) => !holes.has(id)),
    languageOf(suite),
  );
  const drawn = <T>(questions: readonly T[]) => questions.filter((_, number) => number % (engine.oneIn ?? 1) === 0);
  const answerable = drawn(suite.questions).filter(({ relevant }) => relevant.some((id) => !holes.has(id)));
  const holed = drawn(suite.questions).filter(({ relevant }) => relevant.every((id) => holes.has(id)));
  const inside = answerable.map((question) => judge(question, search(question.text)));
  const outside = drawn(suite.strangers).map((question) => judge(question, search(question.text)));
  return {
    auroc: auroc(inside, outside),
    aurocHoles: auroc(
      inside,
      holed.map((question) => judge(question, search(question.text))),
    ),
    coverage: coverageAt(inside, outside),
  };
}

interface Judged {
  readonly right: boolean;
  readonly sureness: number;
}

function judge({ relevant }: SuiteQuestion, { ids, sureness }: Findings): Judged {
  const [first] = ids;
  return { right: first !== undefined && relevant.includes(first), sureness };
}

/** The chance that one of the first list is surer than one of the second; a tie counts half. */
function auroc(inside: readonly Judged[], outside: readonly Judged[]): number {
  const all = [
    ...inside.map(({ sureness }) => ({ sureness, own: true })),
    ...outside.map(({ sureness }) => ({ sureness, own: false })),
  ];
  const groups = Map.groupBy(all, ({ sureness }) => sureness);
  let below = 0;
  let wins = 0;
  for (const sureness of [...groups.keys()].toSorted((a, b) => a - b)) {
    const group = groups.get(sureness) ?? [];
    const others = group.filter(({ own }) => !own).length;
    wins += (group.length - others) * (below + others / 2);
    below += others;
  }
  return wins / Math.max(1, inside.length * outside.length);
}

/** The best threshold's share of right answers, where of all answers at or above it at most the allowed share is wrong. */
export function coverageAt(inside: readonly Judged[], outside: readonly Judged[]): number {
  const insideWeight = (1 - OUTSIDE_SHARE) / Math.max(1, inside.length);
  const outsideWeight = OUTSIDE_SHARE / Math.max(1, outside.length);
  const all = [
    ...inside.map(({ right, sureness }) => ({ sureness, right: right ? insideWeight : 0, wrong: right ? 0 : insideWeight })),
    ...outside.map(({ sureness }) => ({ sureness, right: 0, wrong: outsideWeight })),
  ].toSorted((a, b) => b.sureness - a.sureness);
  let right = 0;
  let wrong = 0;
  let best = 0;
  for (const [position, each] of all.entries()) {
    right += each.right;
    wrong += each.wrong;
    // Only between two thresholds: equals are answered together.
    if (all[position + 1]?.sureness === each.sureness) continue;
    if (right > 0 && wrong / (right + wrong) <= MOST_WRONG) best = right;
  }
  return best / (1 - OUTSIDE_SHARE);
}

function languageOf(suite: Suite): "tr" | "en" {
  return suite.name.endsWith("-en") ? "en" : "tr";
}

function share(ranks: readonly number[], test: (rank: number) => boolean): number {
  return ranks.filter(test).length / ranks.length;
}

/** The mean of numbers; 0 of none. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value that a share of the numbers lies below. */
export function quantile(values: readonly number[], portion: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * portion))] ?? 0;
}
