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
/** Longer or shorter by more letters than this is no slip. */
const MOST_LONGER = 3;
const LEAST_LIKENESS = 0.62;
const REMEMBERED = 5_000;

/**
 * Corrects words that the vocabulary does not know. fuse.js compares them, over a short list only: it takes milliseconds
 * over a whole vocabulary, so the words that share most letter pairs are drawn first.
 * A word whose stem is known is not an error but a suffix, and stays as it is.
 */
export function createCorrect(vocabulary: Vocabulary): Correct {
  const candidates = vocabulary.folded.filter((word) => word.length >= SHORTEST_CORRECTED - 1 && !/^\d+$/.test(word));
  const lengths = Uint8Array.from(candidates, ({ length }) => Math.min(255, length));
  const byPair = new Map<string, number[]>();
  for (const [number, word] of candidates.entries()) {
    for (const pair of pairs(word)) {
      const list = byPair.get(pair);
      if (list) list.push(number);
      else byPair.set(pair, [number]);
    }
  }
  const shared = new Uint8Array(candidates.length);
  const touched = new Uint32Array(candidates.length);
  const remembered = new Map<string, readonly Correction[]>();

  /** The words that share most letter pairs, the likeliest first; equals in order of number. */
  const draw = (folded: string): string[] => {
    let size = 0;
    const own = pairs(folded);
    for (const pair of own) {
      for (const number of byPair.get(pair) ?? []) {
        if (Math.abs((lengths[number] ?? 0) - folded.length) > MOST_LONGER) continue;
        if (shared[number] === 0) touched[size++] = number;
        shared[number] = (shared[number] ?? 0) + 1;
      }
    }
    const best: { number: number; likeness: number }[] = [];
    for (const number of touched.subarray(0, size)) {
      const likeness = (2 * (shared[number] ?? 0)) / (own.size + (lengths[number] ?? 0) + 1);
      shared[number] = 0;
      const last = best.length < DRAWN ? undefined : best.at(-1);
      if (last && (likeness < last.likeness || (likeness === last.likeness && number > last.number))) continue;
      let place = best.length;
      for (; place > 0; place -= 1) {
        const before = best[place - 1];
        if (!before || before.likeness > likeness || (before.likeness === likeness && before.number < number)) break;
      }
      best.splice(place, 0, { number, likeness });
      if (best.length > DRAWN) best.pop();
    }
    return best.map(({ number }) => candidates[number] ?? "");
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
