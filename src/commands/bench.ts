import { parseArgs } from "node:util";
import type { Engine } from "#commands/bench/engine.ts";
import { IMECE, loadPeers } from "#commands/bench/engine.ts";
import { measureSpeed } from "#commands/bench/large.ts";
import type { Ranking } from "#commands/bench/measure.ts";
import { mean, measureAbstention, measureRanking } from "#commands/bench/measure.ts";
import { runCommand } from "#commands/run-command.ts";
import type { Suite, Variant } from "#commands/suites.ts";
import { readCorpus, readQuestions, readSuites, VARIANTS } from "#commands/suites.ts";
import { BotError } from "#core/errors.ts";
import { buildIndex } from "#knowledge/index.ts";
import { createMatcher, judge } from "#knowledge/search.ts";

/** The spellings that peers are asked in too. */
const COMPARED: ReadonlySet<Variant> = new Set(["clean", "mix"]);

await runCommand(async () => {
  const { values: options } = parseArgs({
    options: {
      corpus: { type: "string" },
      queries: { type: "string" },
      suites: { type: "string" },
      peers: { type: "boolean", default: false },
      speed: { type: "boolean", default: false },
    },
  });
  if (options.corpus !== undefined && options.queries !== undefined) {
    await rankQueries(options.corpus, options.queries);
    return;
  }
  if (options.suites === undefined)
    throw new BotError(
      "input.invalid",
      "Give --corpus FILE --queries FILE, or --suites FOLDER with --peers or --speed as you like.",
    );
  const suites = await readSuites(options.suites);
  const engines = [IMECE, ...(options.peers ? await loadPeers() : [])];
  if (options.speed) tellSpeeds(engines, suites);
  else tellQuality(engines, suites);
});

/** Indexes a corpus and writes the ranking of each query as a JSON line. */
async function rankQueries(corpus: string, queries: string): Promise<void> {
  const index = buildIndex(await readCorpus(corpus));
  const match = createMatcher(index, []);
  for (const query of await readQuestions(queries)) {
    const start = performance.now();
    const found = judge(index, match(query.text));
    const ms = Math.round((performance.now() - start) * 100) / 100;
    tell(JSON.stringify({ id: query.id, ranked: found.candidates, confidence: Math.round(found.confidence * 1000) / 1000, ms }));
  }
}

/** One row for each suite, spelling and engine, then the means and the comparison with the best peer. */
function tellQuality(engines: readonly Engine[], suites: readonly Suite[]): void {
  tell("| suite | variant | engine | R@1 | R@3 | MRR | build ms | p50 ms | p99 ms |");
  tell("|---|---|---|---|---|---|---|---|---|");
  const rankings: { engine: string; suite: string; variant: string; row: Ranking }[] = [];
  for (const suite of suites) {
    for (const variant of VARIANTS) {
      for (const engine of engines.filter(({ name }) => name === IMECE.name || COMPARED.has(variant))) {
        const row = measureRanking(engine, suite, variant);
        if (!row) continue;
        rankings.push({ engine: engine.name, suite: suite.name, variant, row });
        const cells = [row.first, row.third, row.reciprocal].map((share) => share.toFixed(3));
        const times = [row.buildMs.toFixed(0), row.p50.toFixed(2), row.p99.toFixed(2)];
        tell(`| ${[suite.name, variant, engine.name, ...cells, ...times].join(" | ")} |`);
      }
    }
  }
  tell("\n| engine | clean | ascii | typo | caps | mix | AUROC outside | AUROC removed | coverage at 5 % wrong |");
  tell("|---|---|---|---|---|---|---|---|---|");
  for (const engine of engines) {
    // A spelling that this engine was not asked in has no figure; 0 is one.
    const means = VARIANTS.map((variant) => {
      const rows = rankings.filter((each) => each.engine === engine.name && each.variant === variant);
      return rows.length === 0 ? undefined : mean(rows.map(({ row }) => row.first));
    });
    const abstentions = suites.map((suite) => measureAbstention(engine, suite));
    const held = (["auroc", "aurocHoles", "coverage"] as const).map((name) => mean(abstentions.map((each) => each[name])));
    const shares = [...means, ...held].map((share) => share?.toFixed(3) ?? "");
    tell(`| ${[engine.name, ...shares].join(" | ")} |`);
  }
  if (engines.length > 1) tellDifferences(rankings);
}

/** How far İmece is before or behind the best peer, and by how many standard errors of the paired difference (questions compared one by one). */
function tellDifferences(rankings: readonly { engine: string; suite: string; variant: string; row: Ranking }[]): void {
  tell("\n| suite | variant | best peer | difference of R@1 | standard errors |");
  tell("|---|---|---|---|---|");
  for (const own of rankings.filter(({ engine }) => engine === IMECE.name)) {
    const [peer] = rankings
      .filter(({ engine, suite, variant }) => engine !== IMECE.name && suite === own.suite && variant === own.variant)
      .toSorted((a, b) => b.row.first - a.row.first);
    if (!peer) continue;
    const differences = [...peer.row.hits].map(([number, hit]) => Number(own.row.hits.get(number)) - Number(hit));
    const difference = mean(differences);
    const variance = mean(differences.map((each) => (each - difference) ** 2));
    const error = Math.sqrt(variance / differences.length);
    tell(
      `| ${[own.suite, own.variant, peer.engine, difference.toFixed(3), error === 0 ? "0" : (difference / error).toFixed(1)].join(" | ")} |`,
    );
  }
}

function tellSpeeds(engines: readonly Engine[], suites: readonly Suite[]): void {
  tell("| entries | vocabulary | engine | build ms | clean p50 | p99 | mixed p50 | p99 | 10,000 letters |");
  tell("|---|---|---|---|---|---|---|---|---|");
  for (const entries of [2_000, 20_000]) {
    // The largest corpus is for İmece and the fastest peer: the others take minutes there.
    for (const engine of engines.filter(
      ({ name }) => entries === 2_000 || name === IMECE.name || name.startsWith("MiniSearch"),
    )) {
      const { vocabulary, buildMs, clean, mixed, longest } = measureSpeed(engine, suites, entries);
      const times = [clean.p50, clean.p99, mixed.p50, mixed.p99, longest].map((ms) => ms.toFixed(2));
      tell(`| ${[entries, vocabulary, engine.name, buildMs.toFixed(0), ...times].join(" | ")} |`);
    }
  }
  tell(`\nResident memory at the end: ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB.`);
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
