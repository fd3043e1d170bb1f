/**
 * What a unit of the index holds: one known wording, one refused wording, the text of an answer, or all wordings of an entry together.
 * Words spread over many wordings prove little, so each is a unit of its own; but taken together they tell what an entry is about.
 */
export type Field = "wording" | "refusal" | "text" | "together";
const FIELDS: readonly Field[] = ["wording", "refusal", "text", "together"];
export const WORDING = 0;
export const REFUSAL = 1;
export const TEXT = 2;
export const TOGETHER = 3;

/** BM25's saturation, and how much a longer unit is held against it. Chosen on the public question sets. */
const SATURATION: Readonly<Record<Field, number>> = { wording: 1.2, refusal: 1.2, text: 1.2, together: 8 };
const LENGTH_PENALTY: Readonly<Record<Field, number>> = { wording: 0.4, refusal: 0.4, text: 0.6, together: 0.5 };

/** The units of an index in columns, by unit number. The units of one document stand side by side. */
export interface Units {
  readonly size: number;
  readonly documents: Uint32Array;
  /** One of WORDING, REFUSAL, TEXT, TOGETHER. */
  readonly fields: Uint8Array;
  /** What kinds of things it asks for; see `askedFor`. */
  readonly asked: Uint16Array;
  /** BM25's denominator less the count: the saturation, longer units paying more. */
  readonly norms: Float32Array;
  /** BM25's numerator over the count. */
  readonly gains: Float32Array;
  /** By document, and one more: where its units begin. */
  readonly starts: Uint32Array;
  /** The word numbers of a unit, in order. */
  readonly wordsOf: (unit: number) => Uint32Array;
}

export interface UnitsDraft {
  readonly add: (document: number, field: Field, words: readonly number[], asked: number) => void;
  readonly finish: (documents: number) => Units;
}

/** Collects units; a document's must be added one after another. */
export function draftUnits(): UnitsDraft {
  const documents: number[] = [];
  const fields: number[] = [];
  const asked: number[] = [];
  const starts: number[] = [0];
  const words: number[] = [];
  return {
    add: (document, field, held, kinds) => {
      documents.push(document);
      fields.push(FIELDS.indexOf(field));
      asked.push(kinds);
      for (const word of held) words.push(word);
      starts.push(words.length);
    },
    finish: (size) => {
      const lengths = fields.map((_, unit) => (starts[unit + 1] ?? 0) - (starts[unit] ?? 0));
      const average = averageLengths(fields, lengths);
      const flat = Uint32Array.from(words);
      const norm = (field: number, unit: number) => {
        const name = FIELDS[field] ?? "text";
        return (
          SATURATION[name] * (1 - LENGTH_PENALTY[name] + (LENGTH_PENALTY[name] * (lengths[unit] ?? 0)) / (average[field] ?? 1))
        );
      };
      return {
        size: fields.length,
        documents: Uint32Array.from(documents),
        fields: Uint8Array.from(fields),
        asked: Uint16Array.from(asked),
        norms: Float32Array.from(fields, norm),
        gains: Float32Array.from(fields, (field) => SATURATION[FIELDS[field] ?? "text"] + 1),
        starts: startsOf(documents, size),
        wordsOf: (unit) => flat.subarray(starts[unit], starts[unit + 1]),
      };
    },
  };
}

function averageLengths(fields: readonly number[], lengths: readonly number[]): number[] {
  return FIELDS.map((_, field) => {
    let sum = 0;
    let count = 0;
    for (const [unit, length] of lengths.entries()) {
      if (fields[unit] !== field) continue;
      sum += length;
      count += 1;
    }
    return count === 0 ? 1 : Math.max(1, sum / count);
  });
}

function startsOf(documents: readonly number[], size: number): Uint32Array {
  const starts = new Uint32Array(size + 1);
  for (const document of documents) starts[document + 1] = (starts[document + 1] ?? 0) + 1;
  for (let document = 0; document < size; document += 1)
    starts[document + 1] = (starts[document + 1] ?? 0) + (starts[document] ?? 0);
  return starts;
}
