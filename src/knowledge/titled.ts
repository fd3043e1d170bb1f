import type { Entry } from "#core/entry.ts";
import { askedFor } from "#text/asked.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { stem } from "#text/stem.ts";
import { foldedWords } from "#text/words.ts";

/** A question that is no more than a title is not longer. */
const LONGEST = 200;

interface Titled {
  readonly entry: Entry;
  readonly words: readonly string[];
}

/**
 * Makes the function that finds the one entry whose title asks the very kind of thing a question asks for, of the very thing it names:
 * "esmed ne zaman" is "ESMED ne zaman ve nerede kuruldu?". `undefined` where no title or more than one does.
 */
export function createTitled(entries: readonly Entry[]): (question: string) => Entry | undefined {
  const titles: Titled[] = entries
    .filter((entry) => !entry.smallTalk)
    .flatMap((entry) =>
      Object.values(entry.title).map((title) => {
        return { entry, words: wordsOf(title) };
      }),
    );

  return (question) => {
    const folded = wordsOf(question);
    const asked = askedFor(folded.join(" "));
    const names = folded.filter((word) => !isFunctionWord(word)).map(stem);
    if (asked === 0 || names.length === 0) return undefined;
    const fitting = titles.filter((title) => {
      if (!names.every((name) => title.words.some((word) => stem(word) === name))) return false;
      // The name itself may sound like a kind of thing ("aidat"): the title must ask for it in other words.
      const others = title.words.filter((word) => !names.includes(stem(word)));
      return (askedFor(others.join(" ")) & asked) === asked;
    });
    const found = new Set(fitting.map(({ entry }) => entry));
    return found.size === 1 ? fitting[0]?.entry : undefined;
  };
}

function wordsOf(text: string): string[] {
  return foldedWords(text.slice(0, LONGEST));
}
