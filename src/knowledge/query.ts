import type { Correct } from "#knowledge/correct.ts";
import type { Synonyms } from "#knowledge/synonyms.ts";
import type { Index } from "#knowledge/index.ts";
import { termsOf } from "#knowledge/index.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { stem } from "#text/stem.ts";
import type { Word } from "#text/words.ts";
import { capQuestion, words } from "#text/words.ts";

/** One word of a question, as the vocabulary sees it. */
export interface QueryWord {
  readonly folded: string;
  readonly exact: string;
  /** How much of the question it carries: its rarity. */
  readonly weight: number;
  /** Whether the knowledge base has it, or one with its stem. */
  readonly known: boolean;
  /** What it may stand for, where it is not known. */
  readonly readings: readonly { readonly folded: string; readonly likeness: number }[];
  readonly functionWord: boolean;
}

/** A question ready to be matched. */
export interface Query {
  readonly words: readonly QueryWord[];
  /** Terms to look up, each with its weight. */
  readonly terms: ReadonlyMap<string, number>;
  /** The score of a wording that says exactly this. */
  readonly perfect: number;
}

const READING_SHARE = 0.85;
const SYNONYM_SHARE = 0.2;
const FUNCTION_WORD_SHARE = 0.6;

/** Turns a question into words and weighted terms. `echo` are words of the question before, heard faintly. */
export function createQuery(index: Index, correct: Correct, synonyms: Synonyms, question: string, echo = ""): Query {
  const terms = new Map<string, number>();
  const add = (word: Word, share: number) => {
    for (const [term, weight] of termsOf(word)) {
      if (index.terms.has(term)) terms.set(term, Math.max(terms.get(term) ?? 0, weight * share));
    }
  };

  const found: QueryWord[] = [];
  const seen = new Set<string>();
  const typed = words(capQuestion(question));
  for (const word of typed) {
    if (seen.has(word.folded)) continue;
    seen.add(word.folded);
    const known = index.vocabulary.has(word.folded) || index.stems.has(stem(word.folded));
    const readings = known ? [] : correct(word.folded);
    const functionWord = isFunctionWord(word.folded);
    const rarity = weightOf(index, word.folded, readings);
    found.push({ ...word, weight: functionWord ? rarity * FUNCTION_WORD_SHARE : rarity, known, readings, functionWord });
    add(word, functionWord ? FUNCTION_WORD_SHARE : 1);
    for (const reading of readings) add({ exact: reading.folded, folded: reading.folded }, READING_SHARE * reading.likeness);
  }

  const perfect = perfectScore(index, found);
  for (const synonym of synonyms(typed.map((word) => word.folded))) {
    for (const word of synonym) if (!seen.has(word.folded)) add(word, SYNONYM_SHARE);
  }
  for (const word of words(capQuestion(echo))) {
    if (!seen.has(word.folded) && !isFunctionWord(word.folded)) add(word, ECHO_SHARE);
  }
  return { words: found, terms, perfect };
}

const ECHO_SHARE = 0.45;

function weightOf(index: Index, folded: string, readings: readonly { folded: string }[]): number {
  const root = index.terms.get(`s:${stem(folded)}`);
  if (root) return root.weight;
  const reading = readings[0];
  return (reading && index.vocabulary.get(reading.folded)?.weight) ?? index.unknownWeight;
}

/** What the words would score in a wording of their own: unknown ones count in full, so that strangers lower the ratio. */
function perfectScore(index: Index, found: readonly QueryWord[]): number {
  let score = 0;
  for (const word of found) {
    for (const [term, weight] of termsOf(word)) {
      const rarity = index.terms.get(term)?.weight ?? word.weight;
      score += weight * rarity * (word.functionWord ? FUNCTION_WORD_SHARE : 1);
    }
  }
  return score;
}
