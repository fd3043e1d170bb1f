import type { KnownWord } from "#knowledge/index.ts";
import type { QueryWord } from "#knowledge/query.ts";

export type Likeness = (word: QueryWord, known: KnownWord) => number;

/** How far a word of the question and a known one say the same, 0 to 1; remembered for the length of one question. */
export function createLikeness(): Likeness {
  const remembered = new Map<QueryWord, Map<KnownWord, number>>();
  return (word, known) => {
    let row = remembered.get(word);
    if (!row) remembered.set(word, (row = new Map()));
    let degree = row.get(known);
    if (degree === undefined) row.set(known, (degree = compare(word, known)));
    return degree;
  };
}

const SAME_LETTERS = 1;
const SAME_FOLDED = 0.98;
const SAME_STEM = 0.85;
const SHORTEST_ROOT = 4;

function compare(word: QueryWord, known: KnownWord): number {
  if (word.folded === known.folded) return known.exact.has(word.exact) ? SAME_LETTERS : SAME_FOLDED;
  let most = 0;
  if (sameRoot(word.folded, known.folded)) most = SAME_STEM;
  for (const reading of word.readings) {
    if (reading.folded === known.folded) most = Math.max(most, reading.likeness);
    else if (sameRoot(reading.folded, known.folded)) most = Math.max(most, SAME_STEM * reading.likeness);
  }
  return most;
}

/** Suffixes fall away: the first five letters agree, or the shorter word of four letters or more begins the longer. */
function sameRoot(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < SHORTEST_ROOT) return false;
  const letters = Math.min(5, shorter);
  return a.slice(0, letters) === b.slice(0, letters);
}
