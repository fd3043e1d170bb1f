import type { InLanguages } from "#core/entry.ts";
import type { GlossaryTerm } from "#knowledge/glossary.ts";
import { foldedWords } from "#text/words.ts";

// "X ne demek?", "X'in açılımı", "what does X mean": a question made of a term with nothing else but these around it.
const ASKS_MEANING = new Set("demek demektir anlami acilimi turkcesi ingilizcesi mean means meaning stand stands".split(" "));
const AROUND = new Set(
  "ne nedir neyin nin nun un in kisaltmasi peki acaba what is does the do of for turkish english a an".split(" "),
);

/** No term with the asking around it is longer. */
const LONGEST = 200;

/**
 * Makes the function that tells what a term of the glossary stands for, in both languages, where a question asks just that. A term that
 * stands for several things has no one meaning.
 */
export function createMeaning(glossary: readonly GlossaryTerm[]): (question: string) => InLanguages<string> | undefined {
  const known = new Map<string, Set<GlossaryTerm>>();
  for (const term of glossary) {
    for (const wording of [term.tr, term.en, ...term.variants]) {
      const key = wordsOf(wording).join(" ");
      if (key !== "") known.set(key, (known.get(key) ?? new Set()).add(term));
    }
  }
  return (question) => {
    const typed = wordsOf(question);
    if (!typed.some((word) => ASKS_MEANING.has(word))) return undefined;
    const terms = inside(typed).flatMap((key) => known.get(key) ?? [])[0];
    const [term, another] = terms ?? [];
    return term && another === undefined ? { tr: term.tr, en: term.en } : undefined;
  };
}

/** What a question may ask about, longest first: only words at its ends are taken for the asking. */
function inside(typed: readonly string[]): string[] {
  const asks = (word: string) => ASKS_MEANING.has(word) || AROUND.has(word);
  const firstOwn = typed.findIndex((word) => !asks(word));
  if (firstOwn < 0) return [];
  const lastOwn = typed.findLastIndex((word) => !asks(word));
  const found: string[] = [];
  for (let start = 0; start <= firstOwn; start += 1) {
    for (let end = typed.length; end > lastOwn; end -= 1) found.push(typed.slice(start, end).join(" "));
  }
  return found.toSorted((a, b) => b.length - a.length);
}

function wordsOf(text: string): string[] {
  return foldedWords(text.slice(0, LONGEST));
}
