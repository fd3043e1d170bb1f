import Fuse from "fuse.js";
import type { Vocabulary } from "#knowledge/vocabulary.ts";
import { slipCost } from "#text/slip.ts";
import { stem } from "#text/stem.ts";

/** A vocabulary word that an unknown word may stand for. `likeness` is 0 to 1. */
export interface Correction {
  readonly folded: string;
  readonly likeness: number;
}

export type Correct = (folded: string) => readonly Correction[];

const SHORTEST_CORRECTED = 4;
const DRAWN = 16;
const KEPT = 2;
const LEAST_LIKENESS = 0.62;
const REMEMBERED = 5_000;

/**
 * Corrects words that the vocabulary does not know. fuse.js compares them, over a short list only: it takes milliseconds
 * over a whole vocabulary, so the words that share most letter pairs are drawn first.
 * A word whose stem is known is not an error but a suffix, and stays as it is.
 */
export function createCorrect(vocabulary: Vocabulary): Correct {
  const candidates = vocabulary.folded.filter((word) => word.length >= SHORTEST_CORRECTED - 1 && !/^\d+$/.test(word));
  const byPair = new Map<string, number[]>();
  for (const [number, word] of candidates.entries()) {
    for (const pair of pairs(word)) {
      const list = byPair.get(pair);
      if (list) list.push(number);
      else byPair.set(pair, [number]);
    }
  }
  const shared = new Uint8Array(candidates.length);
  const remembered = new Map<string, readonly Correction[]>();

  const draw = (folded: string): string[] => {
    const touched: number[] = [];
    const own = pairs(folded);
    for (const pair of own) {
      for (const number of byPair.get(pair) ?? []) {
        const before = shared[number] ?? 0;
        if (before === 0) touched.push(number);
        shared[number] = before + 1;
      }
    }
    const likely: { word: string; likeness: number }[] = [];
    for (const number of touched) {
      const word = candidates[number] ?? "";
      const count = shared[number] ?? 0;
      shared[number] = 0;
      if (Math.abs(word.length - folded.length) > 3) continue;
      likely.push({ word, likeness: (2 * count) / (own.size + word.length + 1) });
    }
    likely.sort((a, b) => b.likeness - a.likeness || (a.word < b.word ? -1 : 1));
    return likely.slice(0, DRAWN).map((each) => each.word);
  };

  return (folded) => {
    if (folded.length < SHORTEST_CORRECTED || vocabulary.numberOf.has(folded) || /\d/.test(folded)) return [];
    const known = remembered.get(folded);
    if (known) return known;
    const list = draw(folded);
    const fuse = new Fuse(list, { includeScore: true, threshold: 0.5, distance: 12, minMatchCharLength: 2 });
    const corrections = fuse
      .search(folded)
      .map(({ item }) => ({ folded: item, likeness: likeness(folded, item) }))
      .filter((each) => each.likeness >= LEAST_LIKENESS)
      .sort((a, b) => b.likeness - a.likeness || (a.folded < b.folded ? -1 : 1))
      .slice(0, KEPT);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(folded, corrections);
    return corrections;
  };
}

/**
 * How alike two words are: 1 less the share of letters to change, measured against the beginning of the longer one too, since Turkish
 * adds suffixes at the end.
 */
function likeness(typed: string, word: string): number {
  const whole = 1 - slipCost(typed, word) / Math.max(typed.length, word.length);
  const cut = Math.min(typed.length, word.length);
  const head = cut < 5 ? 0 : 0.92 - slipCost(typed.slice(0, cut), word.slice(0, cut)) / cut;
  const sameStem = stem(typed) === stem(word) ? 0.05 : 0;
  return Math.min(1, Math.max(whole, head) + sameStem);
}

function pairs(word: string): Set<string> {
  const marked = `^${word}`;
  const found = new Set<string>();
  for (let start = 0; start + 2 <= marked.length; start += 1) found.add(marked.slice(start, start + 2));
  return found;
}
