import type { InLanguages } from "#core/entry.ts";
import type { GlossaryTerm } from "#knowledge/glossary.ts";
import { words } from "#text/words.ts";

// "X ne demek?", "X'in açılımı", "what does X mean": a question made of a term and nothing else but these.
const ASKS_MEANING = new Set("demek demektir anlami acilimi turkcesi ingilizcesi mean means meaning stand stands".split(" "));
const AROUND = new Set("ne nedir neyin kisaltmasi peki acaba what is does the do of for in turkish english a an".split(" "));

/** Makes the function that tells what a term of the glossary stands for, in both languages, where a question asks just that. */
export function createMeaning(glossary: readonly GlossaryTerm[]): (question: string) => InLanguages<string> | undefined {
  const known = new Map<string, GlossaryTerm>();
  for (const term of glossary) {
    for (const wording of [term.tr, term.en, ...term.variants]) {
      const key = keyOf(wording);
      if (key !== "" && !known.has(key)) known.set(key, term);
    }
  }
  return (question) => {
    const typed = words(question).map((word) => word.folded);
    if (!typed.some((word) => ASKS_MEANING.has(word))) return undefined;
    const term = known.get(typed.filter((word) => !ASKS_MEANING.has(word) && !AROUND.has(word)).join(" "));
    return term && { tr: term.tr, en: term.en };
  };
}

function keyOf(wording: string): string {
  return words(wording)
    .map((word) => word.folded)
    .join(" ");
}
