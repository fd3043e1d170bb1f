import type { Engine } from "#commands/bench/engine.ts";
import { quantile } from "#commands/bench/measure.ts";
import type { Suite } from "#commands/suites.ts";
import type { IndexDocument } from "#knowledge/index.ts";
import { foldedWords } from "#text/words.ts";

/** Speed over a large corpus. Times in milliseconds. */
export interface Speed {
  readonly entries: number;
  readonly vocabulary: number;
  readonly buildMs: number;
  readonly clean: { readonly p50: number; readonly p99: number };
  readonly mixed: { readonly p50: number; readonly p99: number };
  /** A question of ten thousand letters. */
  readonly longest: number;
}

const WORDINGS_AN_ENTRY = 4;
const QUESTIONS = 600;
const WARMING = 200;

/**
 * An FAQ-like corpus of a given size from the titles and phrasings of the suites: where those run out, two phrasings are crossed, so that
 * words and lengths stay as people write them.
 */
export function buildLargeCorpus(suites: readonly Suite[], entries: number): IndexDocument[] {
  const phrasings = suites.flatMap((suite) => [
    ...suite.documents.flatMap(({ wordings }) => wordings),
    ...suite.questions.map(({ text }) => text),
  ]);
  const crossed = (position: number): string => {
    const one = phrasings[position % phrasings.length] ?? "";
    const round = Math.floor(position / phrasings.length);
    if (round === 0) return one;
    const other = phrasings[(position * 7 + round * 13) % phrasings.length] ?? "";
    const [head, tail] = [one.split(" "), other.split(" ")];
    return [...head.slice(0, Math.ceil(head.length / 2)), ...tail.slice(Math.floor(tail.length / 2))].join(" ");
  };
  return Array.from({ length: entries }, (_, entry) => ({
    id: `entry-${entry}`,
    wordings: Array.from({ length: WORDINGS_AN_ENTRY }, (_wording, wording) => crossed(entry * WORDINGS_AN_ENTRY + wording)),
    text: "",
    notWordings: [],
  }));
}

/** Times an engine over a large corpus, each question once, no correction remembered from before. */
export function measureSpeed(engine: Engine, suites: readonly Suite[], entries: number): Speed {
  const corpus = buildLargeCorpus(suites, entries);
  const asked = suites.flatMap(({ questions }) => questions).filter(({ variants }) => variants["mix"] !== undefined);
  const step = Math.max(1, Math.floor(asked.length / QUESTIONS));
  const drawn = asked.filter((_, position) => position % step === 0).slice(0, QUESTIONS);
  const start = performance.now();
  const search = engine.build(corpus, "tr");
  const buildMs = performance.now() - start;
  const time = (texts: readonly string[]) => {
    const times = texts.map((text) => {
      const began = performance.now();
      search(text);
      return performance.now() - began;
    });
    return { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  };
  // The first questions of a process pay for compiling it: other questions, of another search, so that nothing here is remembered.
  const another = engine.build(corpus.slice(0, WARMING), "tr");
  for (const { text, variants } of asked.filter((_, position) => position % step === 1).slice(0, WARMING)) {
    another(text);
    another(variants["mix"] ?? "");
  }
  const mixed = time(drawn.map(({ variants }) => variants["mix"] ?? ""));
  const clean = time(drawn.map(({ text }) => text));
  const began = performance.now();
  search("kooperatif ortaklığı ".repeat(500).slice(0, 10_000));
  const longest = performance.now() - began;
  const vocabulary = new Set(corpus.flatMap(({ wordings }) => wordings.flatMap((wording) => foldedWords(wording)))).size;
  return { entries, vocabulary, buildMs, clean, mixed, longest };
}
