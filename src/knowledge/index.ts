import type { Pair, Postings } from "#knowledge/postings.ts";
import { collectPairs, collectPostings, countDocuments } from "#knowledge/postings.ts";
import type { Units } from "#knowledge/units.ts";
import { draftUnits, WORDING } from "#knowledge/units.ts";
import type { Field } from "#knowledge/units.ts";
import type { Vocabulary } from "#knowledge/vocabulary.ts";
import { draftVocabulary } from "#knowledge/vocabulary.ts";
import { askedFor } from "#text/asked.ts";
import { foldedWords } from "#text/words.ts";

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

/** An immutable value: publishing an entry or previewing an edit builds another one. */
export interface Index {
  readonly documents: readonly IndexDocument[];
  readonly units: Units;
  readonly vocabulary: Vocabulary;
  readonly postings: Postings;
  /** By {@link pairKey}. */
  readonly pairs: ReadonlyMap<number, Pair>;
  /** By document: what kinds of things its wordings ask for. */
  readonly asked: Uint16Array;
  /** By word number: how rare it is over entries, as its stem is: "kooperatifimizin" is no rarer a thought than "kooperatif". */
  readonly rarities: Float32Array;
  /** By stem number. */
  readonly stemRarities: Float32Array;
  /** By stem number: whether a title has it. Such words are names and subjects. */
  readonly titled: Uint8Array;
  /** The rarity of what occurs nowhere. */
  readonly unknownRarity: number;
}

const WORDINGS_A_SLICE = 400;

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

function* buildInSlices(documents: readonly IndexDocument[]): Generator<undefined, Index> {
  const vocabularyDraft = draftVocabulary();
  const held = draftUnits();
  const add = (document: number, field: Field, text: string): readonly number[] => {
    const typed = foldedWords(text);
    const asked = field === "text" ? 0 : askedFor(typed.join(" "));
    const numbers = typed.map(vocabularyDraft.add);
    held.add(document, field, numbers, asked);
    return numbers;
  };
  let added = 0;
  for (const [document, { wordings, text, notWordings }] of documents.entries()) {
    const known = wordings.map((wording) => add(document, "wording", wording));
    if (known.length > 1) held.add(document, "together", known.flat(), 0);
    for (const wording of notWordings) add(document, "refusal", wording);
    if (text !== "") add(document, "text", text);
    added += wordings.length;
    if (added < WORDINGS_A_SLICE) continue;
    added = 0;
    yield;
  }
  const vocabulary = yield* vocabularyDraft.finish();
  yield;
  const units = held.finish(documents.length);
  yield;
  const postings = collectPostings(units, vocabulary.folded.length);
  yield;
  const rarity = (occurrences: number) => Math.log(1 + (documents.length - occurrences + 0.5) / (occurrences + 0.5));
  const stemRarities = Float32Array.from(countDocuments(units, vocabulary.stemOf, vocabulary.stems.size), rarity);
  return {
    documents,
    units,
    vocabulary,
    postings,
    pairs: yield* collectPairs(units, vocabulary.stemOf, rarity),
    asked: askedOf(documents.length, units),
    rarities: Float32Array.from(vocabulary.stemOf, (stem) => stemRarities[stem] ?? 0),
    stemRarities,
    titled: titledOf(documents, units, vocabulary),
    unknownRarity: rarity(0),
  };
}

function titledOf(documents: readonly IndexDocument[], units: Units, { stemOf, stems }: Vocabulary): Uint8Array {
  const titled = new Uint8Array(stems.size);
  for (const [document, { titles = 1, wordings }] of documents.entries()) {
    const start = units.starts[document] ?? 0;
    for (let unit = start; unit < start + Math.min(titles, wordings.length); unit += 1) {
      for (const word of units.wordsOf(unit)) titled[stemOf[word] ?? 0] = 1;
    }
  }
  return titled;
}

function askedOf(size: number, units: Units): Uint16Array {
  const asked = new Uint16Array(size);
  for (let unit = 0; unit < units.size; unit += 1) {
    const document = units.documents[unit] ?? 0;
    if (units.fields[unit] === WORDING) asked[document] = (asked[document] ?? 0) | (units.asked[unit] ?? 0);
  }
  return asked;
}
