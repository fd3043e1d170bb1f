import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Sample } from "#commands/fit/logistic.ts";
import { chanceOf, fitLogistic } from "#commands/fit/logistic.ts";
import { drawReliability } from "#commands/fit/plot.ts";
import { fitRanking, rightFirst } from "#commands/fit/ranking.ts";
import { createRandom } from "#commands/fit/random.ts";
import type { Lesson, Trial } from "#commands/fit/samples.ts";
import {
  confidenceLesson,
  confidenceSample,
  memberLessons,
  rankingLesson,
  rankingSet,
  strangerLesson,
  wordingLesson,
} from "#commands/fit/samples.ts";
import { readMemberQuestions, readSuites } from "#commands/suites.ts";
import { readConfig } from "#config.ts";
import { FEATURES } from "#knowledge/confidence.ts";
import { loadKnowledge } from "#knowledge/load.ts";

// Fits what the search weighs by (`ranking`) or how sure it may be (`confidence`, of the ranking as it stands) to questions whose answers are
// known: the public suites, the knowledge base's own wordings asked of an index that lacks them, and questions as members type them.

const SEED = 20_261_124;
const FOLDS = 5;
/** Of what members ask beside the point at most this share may be answered, and of their other questions at most this share wrongly. */
const MOST_STRANGERS = 0.03;
const MOST_WRONG = 0.036;
/** Below this chance nothing is offered. */
const UNSURE = 0.02;

// What cannot speak for an answer is kept from doing so by chance.
const SIGNS: Readonly<Record<(typeof FEATURES)[number], -1 | 0 | 1>> = {
  wordingCovered: 1,
  covered: 1,
  margin: 1,
  narrowMargin: 1,
  coverMargin: 1,
  subject: 0,
  refused: -1,
  refusedMore: -1,
  asked: 1,
  askedAlike: 1,
  spokenOf: 0,
  missing: -1,
  numberMissing: -1,
  titleSaid: 1,
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { suites: { type: "string" }, write: { type: "boolean", default: false } },
});
const file = new URL("../knowledge/fitted.json", import.meta.url);
const { default: stored } = (await import("#knowledge/fitted.json", { with: { type: "json" } })) as { default: object };
const part = positionals[0] === "ranking" ? { ranking: await ranking() } : { confidence: await confidence() };
process.stdout.write(`${JSON.stringify(part, null, 2)}\n`);
if (options.write) {
  const today = new Date().toISOString().slice(0, 10);
  await writeFile(file, `${JSON.stringify({ ...stored, ...part, fitted: today }, null, 2)}\n`);
}

async function ranking() {
  const random = createRandom(SEED);
  const { knowledge, suites, questions } = await read();
  const lessons = [
    ...suites.flatMap((suite) => (["clean", "mix"] as const).map((variant) => rankingLesson(suite, variant))),
    wordingLesson(knowledge, random),
    ...memberLessons(knowledge, questions, random),
  ].map(rankingSet);
  const weights = fitRanking(lessons);
  for (const { name, questions: asked } of lessons) tell(`${name.padEnd(24)} R@1 ${rightFirst(asked, weights).toFixed(3)}`);
  return weights;
}

async function confidence() {
  const random = createRandom(SEED);
  const { knowledge, suites, questions } = await read();
  const members = memberLessons(knowledge, questions, random);
  const lessons = [
    ...suites.map(confidenceLesson),
    wordingLesson(knowledge, random),
    strangerLesson(knowledge, suites),
    ...members,
  ];
  const chances = crossValidate(lessons);
  // The cuts are chosen, and the figures told, on chances from models that had not seen the question.
  const trials = members[0]?.trials ?? [];
  const judged = trials.map((trial) => ({ trial, chance: chances.get(trial) ?? 0, right: confidenceSample(trial, 1).right }));
  const sure = cutFor(judged);
  for (const suite of suites) tell(`${suite.name.padEnd(20)} left out: ${coverageLeftOut(lessons, suite.name)}`);
  const { bias, weights } = fitLogistic(samplesOf(lessons), signs());
  if (options.write)
    await writeFile(new URL("../../docs/reliability.svg", import.meta.url), drawReliability(judged, { sure, unsure: UNSURE }));
  return {
    data: lessons.map(({ name, trials: all }) => `${name} ${all.length}`).join(", "),
    crossValidated: describe(judged, sure),
    bias: round(bias),
    weights: Object.fromEntries(FEATURES.map((name, at) => [name, round(weights[at] ?? 0)])),
    cuts: { sure, unsure: UNSURE },
  };
}

async function read() {
  return {
    knowledge: await loadKnowledge(readConfig(process.env).knowledgeDir),
    suites: options.suites === undefined ? [] : await readSuites(options.suites),
    questions: await readMemberQuestions(new URL("../../test/retrieval/questions.jsonl", import.meta.url)),
  };
}

function signs(): (-1 | 0 | 1)[] {
  return FEATURES.map((name) => SIGNS[name]);
}

function samplesOf(lessons: readonly Lesson[], skip?: (position: number) => boolean): Sample[] {
  return lessons.flatMap(({ weight, trials }) =>
    trials.filter((_, position) => skip?.(position) !== true).map((trial) => confidenceSample(trial, weight / trials.length)),
  );
}

function crossValidate(lessons: readonly Lesson[]): Map<Trial, number> {
  const chances = new Map<Trial, number>();
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const model = fitLogistic(
      samplesOf(lessons, (position) => position % FOLDS === fold),
      signs(),
    );
    for (const { trials } of lessons) {
      for (const [position, trial] of trials.entries()) {
        if (position % FOLDS === fold) chances.set(trial, chanceOf(model, confidenceSample(trial, 1).values));
      }
    }
  }
  return chances;
}

interface Judged {
  readonly trial: Trial;
  readonly chance: number;
  readonly right: boolean;
}

/** The lowest cut that keeps both promises. */
function cutFor(judged: readonly Judged[]): number {
  const cuts = [...new Set(judged.map(({ chance }) => Math.ceil(chance * 200) / 200))].toSorted((a, b) => a - b);
  return (
    cuts.find((cut) => {
      const { wrong, strangers } = describe(judged, cut);
      return wrong <= MOST_WRONG && strangers <= MOST_STRANGERS;
    }) ?? 1
  );
}

function describe(judged: readonly Judged[], cut: number) {
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

/** A suite judged by a model that has not seen it: the share rightly answered where at most one answer in twenty is wrong. */
function coverageLeftOut(lessons: readonly Lesson[], name: string): string {
  const model = fitLogistic(samplesOf(lessons.filter((lesson) => lesson.name !== name)), signs());
  const trials = lessons.find((lesson) => lesson.name === name)?.trials ?? [];
  const judged = trials
    .map((trial) => ({ sample: confidenceSample(trial, 1), trial }))
    .map(({ sample, trial }) => ({ right: sample.right, chance: chanceOf(model, sample.values), trial }))
    .toSorted((a, b) => b.chance - a.chance);
  let right = 0;
  let best = 0;
  for (const [position, each] of judged.entries()) {
    if (each.right) right += 1;
    if ((position + 1 - right) / (position + 1) <= 0.05) best = right;
  }
  return `coverage at 5 % wrong ${(best / judged.filter(({ trial }) => trial.kind === "answerable").length).toFixed(3)}`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
