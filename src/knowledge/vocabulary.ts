import { grams, stem } from "#text/stem.ts";

/** How far words of the vocabulary say what a typed word says: word numbers, and degrees from 0 to 1. */
export type Degrees = ReadonlyMap<number, number>;

/** Every word of an index, folded, by number. Immutable once the index stands. */
export interface Vocabulary {
  readonly folded: readonly string[];
  readonly numberOf: ReadonlyMap<string, number>;
  /** The number of each stem. */
  readonly stems: ReadonlyMap<string, number>;
  /** By word number: the number of its stem. */
  readonly stemOf: Uint32Array;
  /** The words a typed word may mean: itself, words with its stem, words that share most of its letter triples. */
  readonly degreesOf: (typed: string) => Degrees;
}

export interface VocabularyDraft {
  /** The number of a word, given to it when it is first seen. */
  readonly add: (word: string) => number;
  /** In slices. */
  readonly finish: () => Generator<undefined, Vocabulary>;
}

const SAME_WORD = 1;
/** Words of one stem agree at least this far, and further the more letters they share. */
const SAME_STEM = 0.8;
const SAME_BEGINNING = 0.55;
const BEGINNING_LETTERS = 4;
const LIKE_LETTERS = 0.85;
/** Two words that share fewer of their letter triples are strangers. An unknown word may be a slip, so it is looked at more kindly. */
const LEAST_ALIKE = 0.45;
const LEAST_ALIKE_UNKNOWN = 0.33;
const REMEMBERED = 5_000;
const NUMBER = /^\d+$/;

/** Collects words while an index is built. */
export function draftVocabulary(): VocabularyDraft {
  const folded: string[] = [];
  const numberOf = new Map<string, number>();
  return {
    add: (word) => {
      let number = numberOf.get(word);
      if (number === undefined) {
        number = folded.length;
        numberOf.set(word, number);
        folded.push(word);
      }
      return number;
    },
    finish: () => createVocabulary(folded, numberOf),
  };
}

function* createVocabulary(folded: readonly string[], numberOf: ReadonlyMap<string, number>): Generator<undefined, Vocabulary> {
  const byStem = groupBy(folded, (word) => [stem(word)]);
  const stems = new Map([...byStem.keys()].map((root, number) => [root, number]));
  const stemOf = Uint32Array.from(folded, (word) => stems.get(stem(word)) ?? 0);
  yield;
  const byBeginning = groupBy(folded, (word) => (word.length < BEGINNING_LETTERS ? [] : [word.slice(0, BEGINNING_LETTERS)]));
  yield;
  const triples = folded.map((word) => new Set(grams(word)));
  yield;
  const byTriple = groupBy(folded, (_, number) => triples[number] ?? []);
  const triplesOf = Uint16Array.from(triples, ({ size }) => size);
  const shared = new Uint8Array(folded.length);
  const remembered = new Map<string, Degrees>();

  /** Dice over letter triples: twice what two words share, against all they have. */
  const alike = (own: ReadonlySet<string>, least: number): Map<number, number> => {
    const touched: number[] = [];
    for (const triple of own) {
      for (const number of byTriple.get(triple) ?? []) {
        if (shared[number] === 0) touched.push(number);
        shared[number] = (shared[number] ?? 0) + 1;
      }
    }
    const found = new Map<number, number>();
    for (const number of touched) {
      const share = (2 * (shared[number] ?? 0)) / (own.size + (triplesOf[number] ?? 0));
      shared[number] = 0;
      if (share >= least) found.set(number, share);
    }
    return found;
  };

  const compute = (typed: string): Degrees => {
    const degrees = new Map<number, number>();
    const raise = (number: number, degree: number) => {
      if (degree > (degrees.get(number) ?? 0)) degrees.set(number, degree);
    };
    const root = stem(typed);
    const itself = numberOf.get(typed);
    const known = itself !== undefined || byStem.has(root);
    if (NUMBER.test(typed)) {
      // 2024 is as far from 2023 as from anything.
      if (itself !== undefined) degrees.set(itself, SAME_WORD);
      return degrees;
    }
    const likely = alike(new Set(grams(typed)), known ? LEAST_ALIKE : LEAST_ALIKE_UNKNOWN);
    for (const [number, share] of likely) raise(number, Math.min(SAME_STEM, LIKE_LETTERS * share));
    if (typed.length >= BEGINNING_LETTERS) {
      for (const number of byBeginning.get(typed.slice(0, BEGINNING_LETTERS)) ?? []) raise(number, SAME_BEGINNING);
      for (const number of byStem.get(root) ?? []) {
        raise(number, SAME_STEM + ((1 - SAME_STEM) / 2) * (likely.get(number) ?? 0));
      }
    }
    if (itself !== undefined) raise(itself, SAME_WORD);
    return degrees;
  };

  return {
    folded,
    numberOf,
    stems,
    stemOf,
    degreesOf: (typed) => {
      let degrees = remembered.get(typed);
      if (!degrees) {
        if (remembered.size >= REMEMBERED) remembered.clear();
        remembered.set(typed, (degrees = compute(typed)));
      }
      return degrees;
    },
  };
}

function groupBy(folded: readonly string[], keysOf: (word: string, number: number) => Iterable<string>): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [number, word] of folded.entries()) {
    for (const key of keysOf(word, number)) {
      const group = groups.get(key);
      if (group) group.push(number);
      else groups.set(key, [number]);
    }
  }
  return groups;
}
