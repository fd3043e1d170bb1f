import type { Index } from "#knowledge/index.ts";
import { LEAST_SAID } from "#knowledge/overlap.ts";
import type { Query, QueryWord } from "#knowledge/query.ts";
import { REFUSAL, TEXT, TOGETHER, WORDING } from "#knowledge/units.ts";

const UNITS_LOOKED_AT = 8;
const PAIR_SHARE = 0.5;
const MOST_BITS = 31;

/** What a question finds, by unit and by document. */
export interface Scores {
  readonly units: Float32Array;
  /** By document: the weight of the question's words that it says anywhere. */
  readonly covered: Float32Array;
  /** By document: which words of the question it says anywhere, a bit each for the first 31. */
  readonly said: Uint32Array;
}

/** Room for the scores of one question after another: arrays of this size made anew for each would keep the collector busy. */
export interface Room {
  readonly scores: Scores;
  /** Left as zeros from word to word. */
  readonly counts: Float32Array;
  readonly touched: Uint32Array;
  readonly most: Float32Array;
}

export function createRoom({ units, documents }: Index): Room {
  return {
    scores: {
      units: new Float32Array(units.size),
      covered: new Float32Array(documents.length),
      said: new Uint32Array(documents.length),
    },
    counts: new Float32Array(units.size),
    touched: new Uint32Array(units.size),
    most: new Float32Array(documents.length),
  };
}

/**
 * BM25 (Robertson and Zaragoza 2009) over words that agree by degrees: for each word of the question, a unit's count is the sum of the
 * degrees of its words. The scores stand until the next question uses the same room.
 */
export function scoreUnits(index: Index, query: Query, room: Room): Scores {
  const { scores } = room;
  for (const values of Object.values(scores)) values.fill(0);
  for (const [position, word] of query.words.entries()) scoreWord(index, word, scores, room, position);
  for (const hint of query.hints) scoreWord(index, hint, scores, room);
  for (const key of query.pairs) {
    const pair = index.pairs.get(key);
    if (pair) for (const unit of pair.units) scores.units[unit] = (scores.units[unit] ?? 0) + PAIR_SHARE * pair.rarity;
  }
  return scores;
}

/** `position` is the word's place in the question; a hint has none, and covers nothing. */
function scoreWord(index: Index, word: QueryWord, scores: Scores, room: Room, position?: number): void {
  const { documents, fields, norms, gains } = index.units;
  const { starts, units, counts: occurrences } = index.postings;
  const { counts, touched, most } = room;
  let size = 0;
  for (const [number, degree] of word.degrees) {
    const end = starts[number + 1] ?? 0;
    for (let place = starts[number] ?? 0; place < end; place += 1) {
      const unit = units[place] ?? 0;
      if (counts[unit] === 0) touched[size++] = unit;
      counts[unit] = (counts[unit] ?? 0) + degree * (occurrences[place] ?? 0);
      const document = documents[unit] ?? 0;
      if (fields[unit] !== REFUSAL && degree > (most[document] ?? 0)) most[document] = degree;
    }
  }
  const bit = position === undefined || position >= MOST_BITS ? 0 : 1 << position;
  for (let each = 0; each < size; each += 1) {
    const unit = touched[each] ?? 0;
    const count = counts[unit] ?? 0;
    counts[unit] = 0;
    scores.units[unit] = (scores.units[unit] ?? 0) + (word.weight * count * (gains[unit] ?? 0)) / (count + (norms[unit] ?? 1));
    const document = documents[unit] ?? 0;
    const degree = most[document] ?? 0;
    if (degree === 0) continue;
    most[document] = 0;
    if (position === undefined || degree < LEAST_SAID) continue;
    scores.covered[document] = (scores.covered[document] ?? 0) + word.weight * degree;
    scores.said[document] = (scores.said[document] ?? 0) | bit;
  }
}

/** What a document says nowhere: the heaviest word of the question that some title has, and whether a number is among the rest. */
export function missingFrom(query: Query, said: number): { name: number; number: boolean } {
  let name = 0;
  let number = false;
  for (const [position, word] of query.words.slice(0, MOST_BITS).entries()) {
    if (word.functionWord || (said & (1 << position)) !== 0) continue;
    if (word.titled) name = Math.max(name, word.weight);
    if (/^\d+$/.test(word.folded)) number = true;
  }
  return { name, number };
}

/** The scores of one document's units, as shares of the question. The lists are best first. */
export interface Sheet {
  readonly wordings: readonly (readonly [unit: number, share: number])[];
  readonly refusals: readonly (readonly [unit: number, share: number])[];
  /** Over all its wordings. */
  readonly sum: number;
  readonly together: number;
  readonly text: number;
}

/** Gathers the scores of one document. */
export function sheetOf(index: Index, query: Query, scores: Scores, document: number): Sheet {
  const wordings: [number, number][] = [];
  const refusals: [number, number][] = [];
  let sum = 0;
  let together = 0;
  let text = 0;
  const end = index.units.starts[document + 1] ?? 0;
  for (let unit = index.units.starts[document] ?? 0; unit < end; unit += 1) {
    const share = (scores.units[unit] ?? 0) / query.whole;
    if (share === 0) continue;
    const field = index.units.fields[unit];
    if (field === TEXT) text = share;
    else if (field === TOGETHER) together = share;
    else if (field === REFUSAL) keepBest(refusals, unit, share);
    else {
      sum += share;
      keepBest(wordings, unit, share);
    }
  }
  return { wordings, refusals, sum, together, text };
}

/** Keeps a short list in order: insertion, since it is short. */
function keepBest(list: [number, number][], unit: number, share: number): void {
  let place = list.length;
  while (place > 0 && (list[place - 1]?.[1] ?? 0) < share) place -= 1;
  if (place >= UNITS_LOOKED_AT) return;
  list.splice(place, 0, [unit, share]);
  if (list.length > UNITS_LOOKED_AT) list.pop();
}

/**
 * The documents worth a second look, best first: by their best two wordings, all wordings together, and text. `favour` adds to a
 * document's score.
 */
export function firstLook(
  index: Index,
  query: Query,
  scores: Scores,
  favour: ReadonlyMap<number, number>,
  size: number,
): number[] {
  const best: [number, number][] = [];
  const { starts, fields } = index.units;
  for (let document = 0; document < index.documents.length; document += 1) {
    let first = 0;
    let second = 0;
    let rest = 0;
    const end = starts[document + 1] ?? 0;
    for (let unit = starts[document] ?? 0; unit < end; unit += 1) {
      const score = scores.units[unit] ?? 0;
      const field = fields[unit];
      if (field === TEXT || field === TOGETHER) rest += score;
      else if (field === WORDING && score > first) [first, second] = [score, first];
      else if (field === WORDING && score > second) second = score;
    }
    const score = (first + 0.12 * second + 0.5 * rest) / query.whole;
    if (score === 0) continue;
    const favoured = score + (favour.get(document) ?? 0);
    if (best.length === size && favoured <= (best.at(-1)?.[1] ?? 0)) continue;
    let place = best.length;
    while (place > 0 && (best[place - 1]?.[1] ?? 0) < favoured) place -= 1;
    best.splice(place, 0, [document, favoured]);
    if (best.length > size) best.pop();
  }
  return best.map(([document]) => document);
}
