import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Judged } from "#commands/fit/confidence.ts";
import { coverageLeftOut, crossValidate, cutFor, describe, fitBoth, round } from "#commands/fit/confidence.ts";
import type { Logistic } from "#commands/fit/logistic.ts";
import { drawReliability } from "#commands/fit/plot.ts";
import { fitRanking, rightFirst } from "#commands/fit/ranking.ts";
import { memberLessons, strangerLesson } from "#commands/fit/members.ts";
import { createRandom } from "#commands/fit/random.ts";
import type { Trial } from "#commands/fit/samples.ts";
import {
  FEW_LESSON,
  confidenceLesson,
  confidenceSample,
  rankingLesson,
  rankingSet,
  wordingLesson,
} from "#commands/fit/samples.ts";
import { readMemberQuestions, readSuites } from "#commands/suites.ts";
import { runCommand } from "#commands/run-command.ts";
import { readConfig } from "#config.ts";
import { BotError } from "#core/errors.ts";
import { FEATURES } from "#knowledge/confidence.ts";
import { loadKnowledge } from "#knowledge/load.ts";

// Fits what the search weighs by (`ranking`) or how sure it may be (`confidence`, of the ranking as it stands) to questions whose answers are
// known: the public suites, the knowledge base's own wordings asked of an index that lacks them, and questions as members type them.

const SEED = 20_261_124;
/** Below this chance nothing is offered. */
const UNSURE = 0.02;

await runCommand(async () => {
  const file = new URL("../knowledge/fitted.json", import.meta.url);
  const { part, options } = readArguments();
  const { default: stored } = (await import("#knowledge/fitted.json", { with: { type: "json" } })) as { default: object };
  const fitted = part === "ranking" ? { ranking: await ranking(options.suites) } : { confidence: await confidence(options) };
  process.stdout.write(`${JSON.stringify(fitted, null, 2)}\n`);
  if (!options.write) return;
  const today = new Date().toISOString().slice(0, 10);
  await writeFile(file, `${JSON.stringify({ ...stored, ...fitted, fitted: today }, null, 2)}\n`);
});

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { suites: { type: "string" }, write: { type: "boolean", default: false } },
  });
  const [wanted, ...more] = positionals;
  if ((wanted !== "ranking" && wanted !== "confidence") || more.length > 0)
    throw new BotError("input.invalid", "Say what to fit: `npm run fit -- ranking` or `npm run fit -- confidence`.");
  if (values.write && values.suites === undefined)
    throw new BotError(
      "input.invalid",
      "Without the public sets the figures would be others: give their folder with --suites, or leave out --write.",
    );
  return { part: wanted, options: values };
}

async function ranking(folder: string | undefined) {
  const random = createRandom(SEED);
  const { knowledge, suites, questions } = await read(folder);
  const lessons = [
    ...suites.flatMap((suite) => (["clean", "mix"] as const).map((variant) => rankingLesson(suite, variant))),
    wordingLesson(knowledge, random),
    ...memberLessons(knowledge, questions, random),
  ].map(rankingSet);
  const weights = fitRanking(lessons);
  for (const { name, questions: asked } of lessons) tell(`${name.padEnd(24)} R@1 ${rightFirst(asked, weights).toFixed(3)}`);
  return weights;
}

async function confidence({ suites: folder, write }: { readonly suites?: string; readonly write: boolean }) {
  const random = createRandom(SEED);
  const { knowledge, suites, questions } = await read(folder);
  const members = memberLessons(knowledge, questions, random);
  const lessons = [
    ...suites.map(confidenceLesson),
    wordingLesson(knowledge, random),
    wordingLesson(knowledge, random, true),
    strangerLesson(knowledge, suites),
    ...members,
  ];
  const chances = crossValidate(lessons);
  // The cuts are chosen, and the figures told, on chances from models that had not seen the question.
  const judge = (trial: Trial): Judged => ({ trial, chance: chances.get(trial) ?? 0, right: confidenceSample(trial, 1).right });
  const judged = (members[0]?.trials ?? []).map(judge);
  const sure = cutFor(judged);
  const few = lessons.find(({ name }) => name === FEW_LESSON)?.trials.map(judge) ?? [];
  for (const suite of suites) tell(`${suite.name.padEnd(20)} left out: ${coverageLeftOut(lessons, suite)}`);
  const { manyWordings, fewWordings } = fitBoth(lessons);
  // One pair of cuts serves both models: the second is moved so that its own cut falls on that of the first.
  const fewSure = cutFor(few);
  const moved = { ...fewWordings, bias: fewWordings.bias + logOdds(sure) - logOdds(fewSure) };
  if (write)
    await writeFile(new URL("../../docs/reliability.svg", import.meta.url), drawReliability(judged, { sure, unsure: UNSURE }));
  return {
    data: lessons.map(({ name, trials: all }) => `${name} ${all.length}`).join(", "),
    crossValidated: { manyWordings: describe(judged, sure), fewWordings: describe(few, fewSure) },
    manyWordings: named(manyWordings),
    fewWordings: named(moved),
    cuts: { sure, unsure: UNSURE },
  };
}

function named({ bias, weights }: Logistic) {
  return { bias: round(bias), weights: Object.fromEntries(FEATURES.map((name, at) => [name, round(weights[at] ?? 0)])) };
}

function logOdds(chance: number): number {
  return Math.log(chance / (1 - chance));
}

async function read(folder: string | undefined) {
  return {
    knowledge: await loadKnowledge(readConfig(process.env).knowledgeDir),
    suites: folder === undefined ? [] : await readSuites(folder),
    questions: await readMemberQuestions(new URL("../../test/retrieval/questions.jsonl", import.meta.url)),
  };
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
