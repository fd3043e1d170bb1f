import type { Entry } from "#core/entry.ts";
import type { SmallTalk } from "#core/knowledge-base.ts";
import { isFunctionWord } from "#text/function-words.ts";
import type { Word } from "#text/words.ts";
import { words } from "#text/words.ts";

/** Words that add warmth or a name to small talk and nothing to its meaning. */
const FILLERS = new Set(
  "cok da de ya ki be abi abla hocam efendim sayin bey hanim canim arkadaslar dostum lutfen so very much dear sir madam all bot imece".split(
    " ",
  ),
);
const PARTICLE = /^m[iu](?:s[iu]n(?:[iu]z)?|y[iu]m|y[iu]z|yd[iu]|d[iu]r)?$/;
const LETTER_RUNS = /(\p{L})\1{2,}/gu;

const LONGEST_SMALL_TALK = 300;

/**
 * Makes the function that takes small talk out of a message: known phrases are removed, longest first, and what is left over is the question.
 * "Merhaba, genel kurul ne zaman?" leaves "genel kurul ne zaman".
 */
export function createSmallTalk(entries: readonly Entry[]): (text: string) => SmallTalk {
  const phrases = new Map<string, Entry>();
  let longest = 1;
  for (const entry of entries) {
    if (!entry.smallTalk) continue;
    for (const phrase of [...entry.questions.tr, ...entry.questions.en]) {
      const key = keyOf(phrase);
      if (key.length === 0) continue;
      longest = Math.max(longest, key.length);
      if (!phrases.has(key.join(" "))) phrases.set(key.join(" "), entry);
    }
  }

  return (text) => {
    // A letter begins with a greeting too, and what it asks stands at its end: the search finds that.
    if (text.length > LONGEST_SMALL_TALK) return { said: [], rest: text };
    const typed = joinParticles(words(text.replace(LETTER_RUNS, "$1")));
    const folded = typed.map((word) => word.folded);
    const said: Entry[] = [];
    const rest: Word[] = [];
    for (let start = 0; start < typed.length;) {
      const found = longestAt(folded, start);
      if (found) said.push(found.entry);
      else rest.push(...typed.slice(start, start + 1));
      start += found?.length ?? 1;
    }
    const meaningful = rest.some((word) => !FILLERS.has(word.folded) && !isFunctionWord(word.folded));
    // Nothing but small talk, or small talk before a question that can stand alone.
    if (said.length === 0 || (meaningful && rest.length < 2)) return { said: [], rest: text };
    return { said, rest: meaningful ? rest.map((word) => word.exact).join(" ") : "" };
  };

  function longestAt(folded: readonly string[], start: number): { entry: Entry; length: number } | undefined {
    for (let length = Math.min(longest, folded.length - start); length > 0; length -= 1) {
      const entry = phrases.get(folded.slice(start, start + length).join(" "));
      if (entry) return { entry, length };
    }
    return undefined;
  }
}

function keyOf(phrase: string): string[] {
  return joinParticles(words(phrase.replace(LETTER_RUNS, "$1"))).map((word) => word.folded);
}

/** "robot musun" is often written as one word: both are compared as one. */
function joinParticles(typed: readonly Word[]): Word[] {
  const joined: Word[] = [];
  for (const word of typed) {
    const before = PARTICLE.test(word.folded) ? joined.pop() : undefined;
    // The exact form stays as it was typed, since it goes on to the search.
    joined.push(before ? { exact: `${before.exact} ${word.exact}`, folded: before.folded + word.folded } : word);
  }
  return joined;
}
