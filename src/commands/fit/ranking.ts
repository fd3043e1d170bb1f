import { EVIDENCE } from "#knowledge/rank.ts";
import type { Evidence } from "#knowledge/rank.ts";

/** A question whose answer is known: the evidence of each candidate, and whether it is a right one. */
export interface RankedQuestion {
  readonly candidates: readonly Evidence[];
  readonly right: readonly boolean[];
}

/** Questions of one kind count together as one, however many they are. */
export interface QuestionSet {
  readonly name: string;
  readonly weight: number;
  readonly questions: readonly RankedQuestion[];
}

export type RankingWeights = Record<(typeof EVIDENCE)[number], number>;

const STEPS = 250;
const RATE = 0.15;
const RIDGE = 0.002;

/**
 * Fits the weights of evidence so that the right candidate gains over the others: the softmax loss of learning to rank (ListNet, Cao et
 * al. 2007, with one right class), minimised by Adam (Kingma and Ba 2015). Scaled so that the weights sum to 1.
 */
export function fitRanking(sets: readonly QuestionSet[]): RankingWeights {
  const size = EVIDENCE.length;
  const prepared = sets.map(({ weight, questions }) => ({
    weight: weight / Math.max(1, questions.length),
    questions: questions
      .filter(({ right }) => right.includes(true))
      .map(({ candidates, right }) => ({ values: candidates.map((each) => EVIDENCE.map((name) => each[name])), right })),
  }));
  const total = sets.reduce((sum, { weight }) => sum + weight, 0);
  const weights = EVIDENCE.map(() => 1);
  const mean = EVIDENCE.map(() => 0);
  const square = EVIDENCE.map(() => 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = weights.map((weight) => RIDGE * weight);
    for (const set of prepared) {
      for (const { values, right } of set.questions) {
        const scores = values.map((row) => row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0));
        const highest = Math.max(...scores);
        const odds = scores.map((score) => Math.exp(score - highest));
        const all = odds.reduce((sum, each) => sum + each, 0);
        const rightOdds = odds.reduce((sum, each, at) => sum + (right[at] === true ? each : 0), 0);
        for (const [at, row] of values.entries()) {
          const wanted = right[at] === true ? (odds[at] ?? 0) / rightOdds : 0;
          const slope = (((odds[at] ?? 0) / all - wanted) * set.weight) / total;
          for (let name = 0; name < size; name += 1) gradient[name] = (gradient[name] ?? 0) + slope * (row[name] ?? 0);
        }
      }
    }
    for (let name = 0; name < size; name += 1) {
      const slope = gradient[name] ?? 0;
      mean[name] = 0.9 * (mean[name] ?? 0) + 0.1 * slope;
      square[name] = 0.99 * (square[name] ?? 0) + 0.01 * slope ** 2;
      const push = (mean[name] ?? 0) / (1 - 0.9 ** step) / (Math.sqrt((square[name] ?? 0) / (1 - 0.99 ** step)) + 1e-8);
      weights[name] = (weights[name] ?? 0) - RATE * push;
    }
  }
  const sum = weights.reduce((all, weight) => all + weight, 0);
  const named = EVIDENCE.map((name, at) => [name, Math.round((1e4 * (weights[at] ?? 0)) / sum) / 1e4]);
  return Object.fromEntries(named) as RankingWeights;
}

/** Share of questions whose first candidate is right. */
export function rightFirst(questions: readonly RankedQuestion[], weights: RankingWeights): number {
  let right = 0;
  for (const question of questions) {
    let best = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (const [at, candidate] of question.candidates.entries()) {
      const score = EVIDENCE.reduce((sum, name) => sum + weights[name] * candidate[name], 0);
      if (score > highest) [best, highest] = [at, score];
    }
    if (question.right[best] === true) right += 1;
  }
  return right / Math.max(1, questions.length);
}
