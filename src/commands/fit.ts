import { readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "#config.ts";
import type { Entry } from "#core/entry.ts";
import { FEATURES, features } from "#knowledge/confidence.ts";
import type { IndexDocument } from "#knowledge/index.ts";
import { buildIndex } from "#knowledge/index.ts";
import type { Knowledge } from "#knowledge/load.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { createMatcher, documentOf } from "#knowledge/search.ts";

// Fits the confidence to questions whose right answer is known: each entry's wordings, asked of an index that lacks them; its refused
// wordings; entries taken out whole; and the out-of-scope questions of the public suites. Everything is drawn by a fixed seed.

interface Sample {
  readonly values: readonly number[];
  readonly right: boolean;
  readonly stranger: boolean;
  readonly weight: number;
}

const FOLDS = 5;
const SEED = 20_261_124;
const STEPS = 4_000;
const RATE = 0.3;
const RIDGE = 0.0005;
/** Strangers ask too: each counts a little less than a member's question, as there are more of them here. */
const STRANGER_WEIGHT = 0.7;
const HOLE_WEIGHT = 1;
/** Of the questions of strangers at most this share may be answered: they are less than half of what is aimed at in all. */
const MOST_STRANGERS = 0.03;
/** Below this chance nothing is offered. */
const UNSURE = 0.08;

const { values: options } = parseArgs({ options: { suites: { type: "string" }, write: { type: "boolean", default: false } } });
const knowledge = await loadKnowledge(readConfig(process.env).knowledgeDir);
const strangers = options.suites === undefined ? [] : await readStrangers(options.suites);
const random = createRandom(SEED);
const samples = drawSamples(knowledge, strangers);
const held = samples.filter((_, position) => position % 4 === 0);
const used = samples.filter((_, position) => position % 4 !== 0);
const { bias, weights } = fit(used);
const sure = cutFor(used, bias, weights);
const report = {
  fitted: new Date().toISOString().slice(0, 10),
  data: `${samples.length} questions: wordings asked without themselves, refused wordings, removed entries, ${strangers.length} out-of-scope questions of the public suites`,
  heldOut: describe(held, bias, weights, sure),
  bias,
  weights,
  cuts: { sure, unsure: UNSURE },
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
if (options.write)
  await writeFile(new URL("../knowledge/confidence.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);

function drawSamples({ entries, glossary }: Knowledge, asked: readonly string[]): Sample[] {
  // A stranger who gets an entry about the service itself is not misled.
  const searched = entries.filter((entry) => entry.topic !== "service");
  const found: Sample[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const left: { question: string; entry: Entry; kind: "wording" | "refused" | "hole" }[] = [];
    const documents: IndexDocument[] = [];
    for (const [number, entry] of searched.entries()) {
      const document = documentOf(entry);
      if (number % 9 === fold) {
        for (const question of pick([...entry.questions.tr, ...entry.questions.en], 5))
          left.push({ question, entry, kind: "hole" });
        continue;
      }
      const out = new Set(document.wordings.filter(() => random() < 1 / FOLDS));
      const refused = new Set(document.notWordings.filter(() => random() < 1 / FOLDS));
      for (const question of out) left.push({ question, entry, kind: "wording" });
      for (const question of refused) left.push({ question, entry, kind: "refused" });
      documents.push({
        ...document,
        wordings: document.wordings.filter((wording) => !out.has(wording)),
        notWordings: document.notWordings.filter((wording) => !refused.has(wording)),
      });
    }
    const index = buildIndex(documents);
    const match = createMatcher(index, glossary);
    const measure = (question: string) => {
      const { query, ranked } = match(question);
      return { values: features(query, ranked), first: index.documents[ranked[0]?.document ?? -1]?.id };
    };
    for (const { question, entry, kind } of left) {
      const { values, first } = measure(question);
      // What one entry refuses another may answer: only its own answer would be wrong for certain.
      if (kind === "refused" && first !== entry.id) continue;
      found.push({
        values,
        right: kind === "wording" && first === entry.id,
        stranger: false,
        weight: kind === "hole" ? HOLE_WEIGHT : 1,
      });
    }
    for (const question of asked.filter((_, position) => position % FOLDS === fold)) {
      found.push({ values: measure(question).values, right: false, stranger: true, weight: STRANGER_WEIGHT });
    }
  }
  return found.toSorted(() => random() - 0.5);
}

/** Weighted logistic regression by gradient descent. */
function fit(all: readonly Sample[]): { bias: number; weights: Record<(typeof FEATURES)[number], number> } {
  const parameters = FEATURES.map(() => 0);
  let bias0 = 0;
  const total = all.reduce((sum, sample) => sum + sample.weight, 0);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = FEATURES.map((_, position) => RIDGE * (parameters[position] ?? 0));
    let biasGradient = 0;
    for (const { values, right, weight } of all) {
      const error = ((chance(values, bias0, parameters) - (right ? 1 : 0)) * weight) / total;
      biasGradient += error;
      for (const [position, value] of values.entries()) gradient[position] = (gradient[position] ?? 0) + error * value;
    }
    bias0 -= RATE * 10 * biasGradient;
    for (const [position, slope] of gradient.entries()) parameters[position] = (parameters[position] ?? 0) - RATE * 10 * slope;
  }
  const rounded = Object.fromEntries(FEATURES.map((name, position) => [name, round(parameters[position] ?? 0)]));
  return { bias: round(bias0), weights: rounded as Record<(typeof FEATURES)[number], number> };
}

function chance(values: readonly number[], bias0: number, parameters: readonly number[]): number {
  return 1 / (1 + Math.exp(-values.reduce((sum, value, position) => sum + value * (parameters[position] ?? 0), bias0)));
}

/** The cut that all but the allowed share of strangers stay below. */
function cutFor(all: readonly Sample[], bias0: number, named: Record<(typeof FEATURES)[number], number>): number {
  const chances = judgeAll(all, bias0, named)
    .filter((each) => each.stranger)
    .map((each) => each.chance)
    .toSorted((a, b) => b - a);
  return round(chances[Math.floor(chances.length * MOST_STRANGERS)] ?? 0.5);
}

function describe(all: readonly Sample[], bias0: number, named: Record<(typeof FEATURES)[number], number>, cut: number): object {
  const judged = judgeAll(all, bias0, named);
  const answered = judged.filter((each) => each.chance >= cut);
  const right = answered.filter((each) => each.right).length;
  return {
    questions: all.length,
    answeredRightOfAnswerable: round(right / Math.max(1, judged.filter((each) => each.right).length)),
    wrongOfAnswered: round((answered.length - right) / Math.max(1, answered.length)),
    strangersAnswered: answered.filter((each) => each.stranger).length,
  };
}

function judgeAll(all: readonly Sample[], bias0: number, named: Record<(typeof FEATURES)[number], number>) {
  const parameters = FEATURES.map((name) => named[name]);
  return all.map((sample) => ({ ...sample, chance: chance(sample.values, bias0, parameters) }));
}

async function readStrangers(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const suite of await readdir(folder, { withFileTypes: true })) {
    if (!suite.isDirectory()) continue;
    const lines = (await readFile(path.join(folder, suite.name, "oos.jsonl"), "utf8")).trim().split("\n");
    for (const line of lines) {
      const { text } = JSON.parse(line) as { text: string };
      found.push(text);
    }
  }
  return [...new Set(found)];
}

function pick<T>(all: readonly T[], count: number): T[] {
  return all.filter(() => random() < count / Math.max(1, all.length));
}

/** Mulberry32: a small generator, so that a fit can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
