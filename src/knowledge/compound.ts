import type { Correct } from "#knowledge/correct.ts";
import type { Vocabulary } from "#knowledge/vocabulary.ts";
import { stem } from "#text/stem.ts";

/** The shortest word that a joined spelling begins with, and the shortest that it goes on with. */
const SHORTEST_HEAD = 3;
const SHORTEST_TAIL = 4;
/** Single letters are what an apostrophe left behind: "bank's". */
const SHORTEST_JOINED = 2;
/** From here on a word is told by its stem. */
const TOLD_BY_STEM = 5;
/** A word this like one of the vocabulary is that word with a suffix or a slip. */
const THAT_WORD = 0.9;

/**
 * Puts folded words as the vocabulary writes them: "koop bis" as "koopbis", "genelkurul" as "genel kurul". Only what the vocabulary does not
 * have as it was typed is taken apart or put together, and only into what it has.
 */
export function createRespell(vocabulary: Vocabulary, correct: Correct): (typed: readonly string[]) => string[] {
  const has = (word: string) => vocabulary.numberOf.has(word);
  const hasStem = (word: string) => word.length >= TOLD_BY_STEM && vocabulary.stems.has(stem(word));

  const split = (word: string): string[] => {
    if (word.length < SHORTEST_HEAD + SHORTEST_TAIL || has(word)) return [word];
    if (correct(word).some(({ likeness }) => likeness >= THAT_WORD)) return [word];
    // The longest head first: "tarimkredi" is "tarim" and "kredi".
    for (let end = word.length - SHORTEST_TAIL; end >= SHORTEST_HEAD; end -= 1) {
      const [head, tail] = [word.slice(0, end), word.slice(end)];
      if (has(head) && (has(tail) || (end >= TOLD_BY_STEM && hasStem(tail)))) return [head, tail];
    }
    return [word];
  };

  return (typed) => {
    const joined: string[] = [];
    for (const word of typed) {
      const before = joined.at(-1) ?? "";
      const together = before + word;
      const apart = Math.min(before.length, word.length) < SHORTEST_JOINED || !has(together) || (has(before) && has(word));
      if (apart) joined.push(word);
      else joined[joined.length - 1] = together;
    }
    return joined.flatMap(split);
  };
}
