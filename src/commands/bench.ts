import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { BotError } from "#core/errors.ts";
import { buildIndex } from "#knowledge/index.ts";
import type { Matcher } from "#knowledge/search.ts";
import { createMatcher, judge } from "#knowledge/search.ts";
import type { Index } from "#knowledge/index.ts";

const corpusLine = z.object({
  id: z.string(),
  title: z.string().optional(),
  phrasings: z.array(z.string()).default([]),
  text: z.string().default(""),
});
const queryLine = z.object({
  id: z.string(),
  text: z.string(),
  relevant: z.array(z.string()).default([]),
  variants: z.record(z.string(), z.string()).default({}),
});

const { values: options } = parseArgs({
  options: { corpus: { type: "string" }, queries: { type: "string" }, suites: { type: "string" } },
});

if (options.suites !== undefined) await tabulate(options.suites);
else if (options.corpus !== undefined && options.queries !== undefined) await rankQueries(options.corpus, options.queries);
else {
  process.stderr.write("Give --corpus FILE --queries FILE, or --suites FOLDER.\n");
  process.exitCode = 1;
}

/** Indexes a corpus and writes the ranking of each query as a JSON line. */
async function rankQueries(corpus: string, queries: string): Promise<void> {
  const { index, match } = await openCorpus(corpus);
  for (const query of await readLines(queries, queryLine)) {
    const start = performance.now();
    const found = judge(index, match(query.text));
    const ms = Math.round((performance.now() - start) * 100) / 100;
    process.stdout.write(
      `${JSON.stringify({ id: query.id, ranked: found.candidates, confidence: Math.round(found.confidence * 1000) / 1000, ms })}\n`,
    );
  }
}

/** Ranks every suite of a folder, clean and mixed, and prints shares and times. */
async function tabulate(folder: string): Promise<void> {
  const suites = (await readdir(folder, { withFileTypes: true }))
    .filter((place) => place.isDirectory())
    .map((place) => place.name);
  const means = new Map<string, number[]>();
  process.stdout.write("suite                variant  R@1    R@3    MRR    build ms  p50 ms  p99 ms\n");
  for (const suite of suites.toSorted()) {
    const start = performance.now();
    const { index, match } = await openCorpus(path.join(folder, suite, "corpus.jsonl"));
    const build = performance.now() - start;
    const queries = await readLines(path.join(folder, suite, "queries.jsonl"), queryLine);
    for (const variant of ["clean", "ascii", "typo", "caps", "mix"]) {
      const row = measure(index, match, queries, variant);
      if (!row) continue;
      means.set(variant, [...(means.get(variant) ?? []), row.first]);
      const cells = [
        row.first.toFixed(3),
        row.third.toFixed(3),
        row.reciprocal.toFixed(3),
        build.toFixed(0).padStart(8),
        row.p50.toFixed(2).padStart(7),
        row.p99.toFixed(2).padStart(7),
      ];
      process.stdout.write(`${suite.padEnd(20)} ${variant.padEnd(8)} ${cells.join("  ")}\n`);
    }
  }
  for (const [variant, shares] of means)
    process.stdout.write(`${"mean".padEnd(20)} ${variant.padEnd(8)} ${mean(shares).toFixed(3)}\n`);
}

function measure(index: Index, match: Matcher, queries: readonly z.infer<typeof queryLine>[], variant: string) {
  const ranks: number[] = [];
  const times: number[] = [];
  for (const query of queries) {
    const text = variant === "clean" ? query.text : query.variants[variant];
    if (text === undefined) continue;
    const start = performance.now();
    const { ranked } = match(text);
    times.push(performance.now() - start);
    const ids = ranked.slice(0, 10).map(({ document }) => index.documents[document]?.id ?? "");
    ranks.push(1 + ids.findIndex((id) => query.relevant.includes(id)));
  }
  if (ranks.length === 0) return undefined;
  times.sort((a, b) => a - b);
  const share = (limit: number) => ranks.filter((rank) => rank > 0 && rank <= limit).length / ranks.length;
  return {
    first: share(1),
    third: share(3),
    reciprocal: mean(ranks.map((rank) => (rank === 0 ? 0 : 1 / rank))),
    p50: times[Math.floor(times.length * 0.5)] ?? 0,
    p99: times[Math.floor(times.length * 0.99)] ?? 0,
  };
}

async function openCorpus(file: string): Promise<{ index: Index; match: Matcher }> {
  const corpus = await readLines(file, corpusLine);
  const index = buildIndex(
    corpus.map(({ id, title, phrasings, text }) => ({
      id,
      wordings: title === undefined ? phrasings : [title, ...phrasings],
      text,
      notWordings: [],
    })),
  );
  return { index, match: createMatcher(index, []) };
}

async function readLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const content = await readFile(file, "utf8");
  return content.split("\n").flatMap((line, number) => {
    if (line.trim() === "") return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (cause) {
      throw new BotError("input.invalid", `${file}, line ${number + 1}: not a line of the bench format.`, { cause });
    }
  });
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
