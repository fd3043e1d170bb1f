import { coverageAt } from "#commands/bench/measure.ts";
import type { Logistic } from "#commands/fit/logistic.ts";
import { chanceOf, fitLogistic } from "#commands/fit/logistic.ts";
import type { Lesson, Trial } from "#commands/fit/samples.ts";
import { confidenceSample } from "#commands/fit/samples.ts";
import type { Suite } from "#commands/suites.ts";
import { FEATURES, knownBy } from "#knowledge/confidence.ts";

const FOLDS = 5;
/** At most these shares may be answered: of what members ask beside the point, of what misses an entry by little, and wrongly of the rest. */
const MOST_STRANGERS = 0.04;
const MOST_NEAR_MISSES = 0.21;
const MOST_WRONG = 0.025;

// What cannot speak for an answer is kept from doing so by chance.
const SIGNS: Readonly<Record<(typeof FEATURES)[number], -1 | 0 | 1>> = {
  wordingCovered: 1,
  covered: 1,
  margin: 1,
  narrowMargin: 1,
  coverMargin: 1,
  subject: 0,
  refused: -1,
  asked: 1,
  askedMargin: 1,
  spokenOf: 1,
  nameLacking: -1,
  numberMissing: -1,
  titleSaid: 1,
  known: 1,
  length: 0,
};

const SIGN_OF_EACH = FEATURES.map((name) => SIGNS[name]);

/** One model for entries with many wordings, one for those with few. */
export type Both = Readonly<Record<ReturnType<typeof knownBy>, Logistic>>;

/** Fits the two models, each to the trials whose first candidate is of its kind. */
export function fitBoth(lessons: readonly Lesson[], skip: (trial: Trial) => boolean = () => false): Both {
  const samples = Map.groupBy(
    lessons.flatMap(({ weight, trials }) =>
      trials
        .filter((trial) => !skip(trial))
        .map((trial) => ({ known: knownBy(trial.match.ranked[0]), sample: confidenceSample(trial, weight / trials.length) })),
    ),
    ({ known }) => known,
  );
  const fit = (known: keyof Both) =>
    fitLogistic(
      (samples.get(known) ?? []).map(({ sample }) => sample),
      SIGN_OF_EACH,
    );
  return { manyWordings: fit("manyWordings"), fewWordings: fit("fewWordings") };
}

function chanceBy(both: Both, trial: Trial): number {
  return chanceOf(both[knownBy(trial.match.ranked[0])], confidenceSample(trial, 1).values);
}

/** Every trial's chance from models that saw its question nowhere: not in another lesson either. */
export function crossValidate(lessons: readonly Lesson[]): Map<Trial, number> {
  const questions = [...new Set(lessons.flatMap(({ trials }) => trials.map(({ question }) => question)))];
  const folds = new Map(questions.map((question, number) => [question, number % FOLDS]));
  const chances = new Map<Trial, number>();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const both = fitBoth(lessons, ({ question }) => folds.get(question) === fold);
    for (const trial of lessons.flatMap(({ trials }) => trials)) {
      if (folds.get(trial.question) === fold) chances.set(trial, chanceBy(both, trial));
    }
  }
  return chances;
}

export interface Judged {
  readonly trial: Trial;
  readonly chance: number;
  readonly right: boolean;
}

/** The lowest cut that keeps all promises. */
export function cutFor(judged: readonly Judged[]): number {
  const cuts = [...new Set(judged.map(({ chance }) => Math.ceil(chance * 200) / 200))].toSorted((a, b) => a - b);
  return (
    cuts.find((cut) => {
      const { wrong, nearMisses, strangers } = describe(judged, cut);
      return wrong <= MOST_WRONG && nearMisses <= MOST_NEAR_MISSES && strangers <= MOST_STRANGERS;
    }) ?? 1
  );
}

/** The shares of questions that are answered rightly, wrongly or though nothing answers them, where all above a cut are answered. */
export function describe(judged: readonly Judged[], cut: number) {
  const share = (kind: Trial["kind"], test: (each: Judged) => boolean) => {
    const all = judged.filter(({ trial }) => trial.kind === kind);
    return round(all.filter((each) => each.chance >= cut && test(each)).length / Math.max(1, all.length));
  };
  return {
    right: share("answerable", ({ right }) => right),
    wrong: share("answerable", ({ right }) => !right),
    nearMisses: share("near-miss", () => true),
    strangers: share("stranger", () => true),
  };
}

/** A suite judged by a model that has seen none of its questions: the share rightly answered where at most one answer in twenty is wrong. */
export function coverageLeftOut(lessons: readonly Lesson[], { name, strangers }: Suite): string {
  const outside = new Set(strangers.map(({ text }) => text));
  const both = fitBoth(
    lessons.filter((lesson) => lesson.name !== name),
    ({ question }) => outside.has(question),
  );
  const trials = lessons.find((lesson) => lesson.name === name)?.trials ?? [];
  const judged = trials.map((trial) => ({
    right: confidenceSample(trial, 1).right,
    sureness: chanceBy(both, trial),
    kind: trial.kind,
  }));
  const coverage = coverageAt(
    judged.filter(({ kind }) => kind === "answerable"),
    judged.filter(({ kind }) => kind === "stranger"),
  );
  return `coverage at 5 % wrong ${coverage.toFixed(3)}`;
}

/** To three digits, as the data file has it. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
