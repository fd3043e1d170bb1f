import type { Units } from "#knowledge/units.ts";
import { REFUSAL, TOGETHER } from "#knowledge/units.ts";

/** Where each word occurs: the units of word w and its counts there stand from `starts[w]` to `starts[w + 1]`. */
export interface Postings {
  readonly starts: Uint32Array;
  readonly units: Uint32Array;
  readonly counts: Uint8Array;
}

/** Where two neighbouring words stand together, and how rare that is. */
export interface Pair {
  readonly units: readonly number[];
  readonly rarity: number;
}

const UNITS_A_SLICE = 2_000;

/** Collects the postings of every word. */
export function collectPostings(units: Units, vocabulary: number): Postings {
  const last = new Int32Array(vocabulary).fill(-1);
  const starts = new Uint32Array(vocabulary + 1);
  for (let unit = 0; unit < units.size; unit += 1) {
    for (const word of units.wordsOf(unit)) {
      if (last[word] === unit) continue;
      last[word] = unit;
      starts[word + 1] = (starts[word + 1] ?? 0) + 1;
    }
  }
  for (let word = 0; word < vocabulary; word += 1) starts[word + 1] = (starts[word + 1] ?? 0) + (starts[word] ?? 0);
  const places = starts.slice(0, vocabulary);
  const found = new Uint32Array(starts[vocabulary] ?? 0);
  const counts = new Uint8Array(found.length);
  last.fill(-1);
  for (let unit = 0; unit < units.size; unit += 1) {
    for (const word of units.wordsOf(unit)) {
      let place = (places[word] ?? 0) - 1;
      if (last[word] !== unit) {
        last[word] = unit;
        place += 1;
        places[word] = place + 1;
        found[place] = unit;
      }
      counts[place] = Math.min(255, (counts[place] ?? 0) + 1);
    }
  }
  return { starts, units: found, counts };
}

/** In how many documents each stem (by number) occurs. What an entry refuses is no part of it. */
export function countDocuments(units: Units, stemOf: Uint32Array, stems: number): Uint32Array {
  const counts = new Uint32Array(stems);
  const last = new Int32Array(stems).fill(-1);
  for (let unit = 0; unit < units.size; unit += 1) {
    const field = units.fields[unit];
    if (field === REFUSAL || field === TOGETHER) continue;
    const document = units.documents[unit] ?? 0;
    for (const word of units.wordsOf(unit)) {
      const stem = stemOf[word] ?? 0;
      if (last[stem] === document) continue;
      last[stem] = document;
      counts[stem] = (counts[stem] ?? 0) + 1;
    }
  }
  return counts;
}

/** The key of two neighbouring words by the numbers of their stems. */
export function pairKey(first: number, second: number): number {
  return first * 2 ** 24 + second;
}

/**
 * Collects where neighbouring words stand together, in slices. `rarity` is taken of the number of documents that have them in one wording or
 * text: what an entry refuses is no part of it.
 */
export function* collectPairs(
  units: Units,
  stemOf: Uint32Array,
  rarity: (documents: number) => number,
): Generator<undefined, Map<number, Pair>> {
  const collected = new Map<number, { units: number[]; documents: number; last: number; rarity: number }>();
  for (let unit = 0; unit < units.size; unit += 1) {
    if (unit % UNITS_A_SLICE === UNITS_A_SLICE - 1) yield;
    const document = units.documents[unit] ?? 0;
    const field = units.fields[unit];
    const held = units.wordsOf(unit);
    for (let position = 0; position + 1 < held.length; position += 1) {
      const key = pairKey(stemOf[held[position] ?? 0] ?? 0, stemOf[held[position + 1] ?? 0] ?? 0);
      let pair = collected.get(key);
      if (!pair) collected.set(key, (pair = { units: [], documents: 0, last: -1, rarity: 0 }));
      if (pair.units.at(-1) !== unit) pair.units.push(unit);
      if (pair.last === document || field === REFUSAL || field === TOGETHER) continue;
      pair.documents += 1;
      pair.last = document;
    }
  }
  for (const pair of collected.values()) pair.rarity = rarity(pair.documents);
  return collected;
}
