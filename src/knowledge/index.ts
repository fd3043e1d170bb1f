import type { Vocabulary } from "#knowledge/vocabulary.ts";
import { draftVocabulary } from "#knowledge/vocabulary.ts";
import { askedFor } from "#text/asked.ts";
import { stem } from "#text/stem.ts";
import { words } from "#text/words.ts";

/** What the index is built from: the wordings people use for one entry, and the text of its answer. */
export interface IndexDocument {
  readonly id: string;
  readonly wordings: readonly string[];
  /** How many of the wordings, the first ones, are titles: one in each language. */
  readonly titles?: number;
  readonly text: string;
  /** Near questions that the entry does not answer. */
  readonly notWordings: readonly string[];
}

/**
 * What a unit of the index holds: one known wording, one refused wording, the text of an answer, or all wordings of an entry together.
 * Words spread over many wordings prove little, so each is a unit of its own; but taken together they tell what an entry is about.
 */
export type Field = "wording" | "refusal" | "text" | "together";

export interface Unit {
  readonly document: number;
  readonly field: Field;
  /** Word numbers, in order. */
  readonly words: readonly number[];
  /** BM25's denominator less the count: the saturation, longer units paying more. */
  readonly norm: number;
  /** What kinds of things it asks for; see `askedFor`. Wordings only. */
  readonly asked: number;
}

/** Where a word or a pair of neighbours occurs, and how often. */
export interface Postings {
  readonly units: Uint32Array;
  readonly counts: Uint8Array;
}

/** An immutable value: publishing an entry or previewing an edit builds another one. */
export interface Index {
  readonly documents: readonly IndexDocument[];
  readonly units: readonly Unit[];
  readonly vocabulary: Vocabulary;
  /** By document: every word it says. */
  readonly wordsOf: readonly ReadonlySet<number>[];
  /** By document: the units of its titles. */
  readonly titlesOf: readonly (readonly number[])[];
  /** By document: what kinds of things its wordings ask for. */
  readonly asked: Uint16Array;
  /** By word number. */
  readonly postings: readonly Postings[];
  /** Units that hold two neighbouring words, by the stems of both. */
  readonly pairs: ReadonlyMap<string, { readonly units: Uint32Array; readonly rarity: number }>;
  /** How rare a folded word is over entries, as its stem is: "kooperatifimizin" is no rarer a thought than "kooperatif". */
  readonly rarityOf: (folded: string) => number | undefined;
  /** By word number. */
  readonly rarities: Float32Array;
  /** The rarity of what occurs nowhere. */
  readonly unknownRarity: number;
}

/** BM25's saturation, and how much a longer unit is held against it. Chosen on the public question sets. */
export const SATURATION: Readonly<Record<Field, number>> = { wording: 1.2, refusal: 1.2, text: 1.2, together: 8 };
const LENGTH_PENALTY: Readonly<Record<Field, number>> = { wording: 0.4, refusal: 0.4, text: 0.6, together: 0.5 };
const DOCUMENTS_A_SLICE = 50;

/** Builds an index in one go. */
export function buildIndex(documents: readonly IndexDocument[]): Index {
  const slices = buildInSlices(documents);
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
  }
}

/** Builds an index in slices of a few milliseconds, and lets other work go on in between. */
export async function buildIndexAside(documents: readonly IndexDocument[], pause: () => Promise<void>): Promise<Index> {
  const slices = buildInSlices(documents);
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
    await pause();
  }
}

interface Draft {
  readonly document: number;
  readonly field: Field;
  readonly words: readonly number[];
  readonly asked: number;
}

function* buildInSlices(documents: readonly IndexDocument[]): Generator<undefined, Index> {
  const draft = draftVocabulary();
  const drafts: Draft[] = [];
  const add = (document: number, field: Field, text: string): readonly number[] => {
    const typed = words(text);
    const asked = field === "text" ? 0 : askedFor(typed.map((word) => word.folded).join(" "));
    const numbers = typed.map(draft.add);
    drafts.push({ document, field, words: numbers, asked });
    return numbers;
  };
  for (const [document, { wordings, text, notWordings }] of documents.entries()) {
    const known = wordings.map((wording) => add(document, "wording", wording));
    if (known.length > 1) drafts.push({ document, field: "together", words: known.flat(), asked: 0 });
    for (const wording of notWordings) add(document, "refusal", wording);
    if (text !== "") add(document, "text", text);
    if (document % DOCUMENTS_A_SLICE === 0) yield;
  }
  const vocabulary = draft.finish();
  yield;

  const rarity = (occurrences: number) => Math.log(1 + (documents.length - occurrences + 0.5) / (occurrences + 0.5));
  const stems = vocabulary.folded.map(stem);
  const occurrences = countDocuments(drafts, stems);
  yield;
  const postings = collectPostings(drafts, vocabulary.folded.length);
  yield;
  const pairs = yield* collectPairs(drafts, stems, rarity);
  const averages = averageLengths(drafts);
  const rarityOf = (folded: string) => {
    const found = occurrences.get(stem(folded));
    return found === undefined ? undefined : rarity(found);
  };
  return {
    documents,
    units: drafts.map((unit) => ({ ...unit, norm: normOf(unit, averages) })),
    wordsOf: wordsOf(documents.length, drafts),
    titlesOf: titlesOf(documents, drafts),
    asked: askedOf(documents.length, drafts),
    vocabulary,
    postings,
    pairs,
    rarityOf,
    rarities: Float32Array.from(stems, (root) => rarity(occurrences.get(root) ?? 0)),
    unknownRarity: rarity(0),
  };
}

function wordsOf(size: number, drafts: readonly Draft[]): Set<number>[] {
  const said = Array.from({ length: size }, () => new Set<number>());
  for (const { document, field, words: held } of drafts) {
    if (field === "together" || field === "refusal") continue;
    for (const word of held) said[document]?.add(word);
  }
  return said;
}

function titlesOf(documents: readonly IndexDocument[], drafts: readonly Draft[]): number[][] {
  const titles = documents.map((): number[] => []);
  for (const [unit, { document, field }] of drafts.entries()) {
    const found = titles[document];
    if (field === "wording" && found && found.length < (documents[document]?.titles ?? 1)) found.push(unit);
  }
  return titles;
}

function askedOf(size: number, drafts: readonly Draft[]): Uint16Array {
  const bits = new Uint16Array(size);
  for (const { document, field, asked } of drafts) if (field === "wording") bits[document] = (bits[document] ?? 0) | asked;
  return bits;
}

function normOf({ field, words: held }: Draft, averages: Readonly<Record<Field, number>>): number {
  const penalty = LENGTH_PENALTY[field];
  return SATURATION[field] * (1 - penalty + (penalty * held.length) / averages[field]);
}

/** In how many documents each stem occurs. What an entry refuses is no part of it. */
function countDocuments(drafts: readonly Draft[], stems: readonly string[]): Map<string, number> {
  const counts = new Map<string, { documents: number; last: number }>();
  for (const { document, field, words: held } of drafts) {
    if (field === "together") continue;
    for (const word of held) {
      const root = stems[word] ?? "";
      let count = counts.get(root);
      if (!count) counts.set(root, (count = { documents: 0, last: -1 }));
      if (field === "refusal" || count.last === document) continue;
      count.documents += 1;
      count.last = document;
    }
  }
  return new Map([...counts].map(([root, { documents }]) => [root, documents]));
}

function collectPostings(drafts: readonly Draft[], size: number): Postings[] {
  const collected: { units: number[]; counts: number[] }[] = Array.from({ length: size }, () => ({ units: [], counts: [] }));
  for (const [unit, { words: held }] of drafts.entries()) {
    for (const word of held) {
      const list = collected[word];
      if (!list) continue;
      const last = list.units.length - 1;
      if (list.units[last] === unit) list.counts[last] = Math.min(255, (list.counts[last] ?? 0) + 1);
      else {
        list.units.push(unit);
        list.counts.push(1);
      }
    }
  }
  return collected.map(({ units, counts }) => ({ units: Uint32Array.from(units), counts: Uint8Array.from(counts) }));
}

function* collectPairs(
  drafts: readonly Draft[],
  stems: readonly string[],
  rarity: (occurrences: number) => number,
): Generator<undefined, Index["pairs"]> {
  const collected = new Map<string, { units: number[]; documents: number; last: number }>();
  for (const [unit, { document, words: held }] of drafts.entries()) {
    for (let position = 0; position + 1 < held.length; position += 1) {
      const key = pairKey(stems[held[position] ?? -1] ?? "", stems[held[position + 1] ?? -1] ?? "");
      let pair = collected.get(key);
      if (!pair) collected.set(key, (pair = { units: [], documents: 0, last: -1 }));
      if (pair.units.at(-1) !== unit) pair.units.push(unit);
      if (pair.last !== document) pair.documents += 1;
      pair.last = document;
    }
    if (unit % (DOCUMENTS_A_SLICE * 20) === 0) yield;
  }
  return new Map(
    [...collected].map(([key, { units, documents }]) => [key, { units: Uint32Array.from(units), rarity: rarity(documents) }]),
  );
}

/** The key of two neighbouring words by their stems. */
export function pairKey(first: string, second: string): string {
  return `${first} ${second}`;
}

function averageLengths(drafts: readonly Draft[]): Record<Field, number> {
  const average = (field: Field) => {
    const lengths = drafts.filter((draft) => draft.field === field).map((draft) => draft.words.length);
    return lengths.length === 0 ? 1 : Math.max(1, lengths.reduce((sum, length) => sum + length, 0) / lengths.length);
  };
  return { wording: average("wording"), refusal: average("refusal"), text: average("text"), together: average("together") };
}
