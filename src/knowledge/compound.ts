import type { Correct } from "#knowledge/correct.ts";
import type { Vocabulary } from "#knowledge/vocabulary.ts";
import { stem } from "#text/stem.ts";
import type { Word } from "#text/words.ts";

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
 * Puts words as the vocabulary writes them: "koop bis" as "koopbis", "genelkurul" as "genel kurul". Only what the vocabulary does not
 * have as it was typed is taken apart or put together, and only into what it has.
 */
export function createRespell(vocabulary: Vocabulary, correct: Correct): (typed: readonly Word[]) => Word[] {
  const has = (folded: string) => vocabulary.numberOf.has(folded);
  const hasStem = (folded: string) => folded.length >= TOLD_BY_STEM && vocabulary.stems.has(stem(folded));

  const split = (word: Word): Word[] => {
    const { folded } = word;
    if (folded.length < SHORTEST_HEAD + SHORTEST_TAIL || has(folded)) return [word];
    if (correct(folded).some(({ likeness }) => likeness >= THAT_WORD)) return [word];
    // The longest head first: "tarimkredi" is "tarim" and "kredi".
    for (let end = folded.length - SHORTEST_TAIL; end >= SHORTEST_HEAD; end -= 1) {
      const tail = folded.slice(end);
      if (has(folded.slice(0, end)) && (has(tail) || (end >= TOLD_BY_STEM && hasStem(tail)))) {
        return [cut(word, 0, end), cut(word, end, folded.length)];
      }
    }
    return [word];
  };

  return (typed) => {
    const joined: Word[] = [];
    for (const word of typed) {
      const before = joined.at(-1);
      const folded = `${before?.folded ?? ""}${word.folded}`;
      const apart = before === undefined || Math.min(before.folded.length, word.folded.length) < SHORTEST_JOINED;
      if (apart || !has(folded) || (has(before.folded) && has(word.folded))) joined.push(word);
      else joined[joined.length - 1] = { exact: before.exact + word.exact, folded };
    }
    return joined.flatMap(split);
  };
}

function cut({ exact, folded }: Word, start: number, end: number): Word {
  const part = folded.slice(start, end);
  // Letters may fold into more or fewer of them: then only the folded form can be cut.
  return { exact: exact.length === folded.length ? exact.slice(start, end) : part, folded: part };
}
