import type { Correct } from "#knowledge/correct.ts";
import type { Index } from "#knowledge/index.ts";
import { pairKey } from "#knowledge/postings.ts";
import type { Synonyms } from "#knowledge/synonyms.ts";
import type { Degrees } from "#knowledge/vocabulary.ts";
import { askedFor } from "#text/asked.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { stem } from "#text/stem.ts";
import { capQuestion, foldedWords } from "#text/words.ts";

/** One word of a question, as the vocabulary sees it. */
export interface QueryWord {
  readonly folded: string;
  /** How much of the question it carries: its rarity, less for a function word. */
  readonly weight: number;
  /** Which words of the vocabulary say the same, and how far. */
  readonly degrees: Degrees;
  /** Whether a title has it: a name or a subject. */
  readonly titled: boolean;
  /** Whether the knowledge base has it, or one with its stem. */
  readonly known: boolean;
  /** How like the nearest known word it is, where it may be a slip of one; else 0. */
  readonly slip: number;
  readonly functionWord: boolean;
}

/** A question ready to be matched. */
export interface Query {
  readonly words: readonly QueryWord[];
  /** What was not typed but may be meant: synonyms, and words of the question before. */
  readonly hints: readonly QueryWord[];
  /** Keys of neighbouring words. */
  readonly pairs: readonly number[];
  /** What kinds of things it asks for; see `askedFor`. */
  readonly asked: number;
  /** The weight of all words. */
  readonly whole: number;
}

/** How the words of a question are read. */
export interface Reading {
  readonly respell: (typed: readonly string[]) => string[];
  readonly correct: Correct;
  readonly synonyms: Synonyms;
}

const SLIP_SHARE = 0.9;
const SYNONYM_SHARE = 0.2;
const FUNCTION_WORD_SHARE = 0.5;
/** Words of the question before are heard faintly. */
const ECHO_SHARE = 0.45;

/** Turns a question into weighted words. `echo` is the question before, where this one may go on from it. */
export function createQuery(index: Index, { respell, correct, synonyms }: Reading, question: string, echo = ""): Query {
  const typed = respell(foldedWords(capQuestion(question)));
  const seen = new Set<string>();
  const fresh = (word: string) => !seen.has(word) && seen.add(word) !== undefined;
  const found = typed.filter(fresh).map((word) => describe(index, correct, word));
  const meant = synonyms(typed).flat();
  const echoed = foldedWords(capQuestion(echo)).filter((word) => !isFunctionWord(word));
  const hints = [
    ...meant.filter(fresh).map((word) => scaled(describe(index, correct, word), SYNONYM_SHARE)),
    ...echoed.filter(fresh).map((word) => scaled(describe(index, correct, word), ECHO_SHARE)),
  ];
  const stems = typed.map((word) => index.vocabulary.stems.get(stem(word)));
  const pairs = stems.slice(1).flatMap((second, before) => {
    const first = stems[before];
    return first === undefined || second === undefined ? [] : [pairKey(first, second)];
  });
  const asked = askedFor(typed.join(" "));
  return { words: found, hints, pairs, asked, whole: found.reduce((sum, word) => sum + word.weight, 0) };
}

function describe(index: Index, correct: Correct, folded: string): QueryWord {
  const { vocabulary } = index;
  const known = vocabulary.numberOf.has(folded) || vocabulary.stems.has(stem(folded));
  const readings = known ? [] : correct(folded);
  const degrees = new Map(vocabulary.degreesOf(folded));
  for (const reading of readings) {
    for (const [number, degree] of vocabulary.degreesOf(reading.folded)) {
      const share = degree * SLIP_SHARE * reading.likeness;
      if (share > (degrees.get(number) ?? 0)) degrees.set(number, share);
    }
  }
  const functionWord = isFunctionWord(folded);
  const nearest = readings[0];
  const rarity = rarityOf(index, folded) ?? (nearest && rarityOf(index, nearest.folded)) ?? index.unknownRarity;
  return {
    folded,
    weight: functionWord ? rarity * FUNCTION_WORD_SHARE : rarity,
    degrees,
    titled: index.titled[vocabulary.stems.get(stem(folded)) ?? -1] === 1,
    known,
    slip: nearest?.likeness ?? 0,
    functionWord,
  };
}

function rarityOf(index: Index, folded: string): number | undefined {
  return index.stemRarities[index.vocabulary.stems.get(stem(folded)) ?? -1];
}

function scaled(word: QueryWord, share: number): QueryWord {
  return { ...word, weight: word.weight * share };
}
