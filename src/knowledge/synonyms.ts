import type { GlossaryTerm } from "#knowledge/glossary.ts";
import { stem } from "#text/stem.ts";
import { foldedWords } from "#text/words.ts";

/** For the folded words of a question: the words of everything else that may be said instead of a term in it. */
export type Synonyms = (folded: readonly string[]) => readonly (readonly string[])[];

const LONGEST_TERM = 5;

/** Finds glossary terms in a question by the stems of their words, so that suffixes do not hide them. */
export function createSynonyms(glossary: readonly GlossaryTerm[]): Synonyms {
  const groups = new Map<string, Set<number>>();
  const wordings = glossary.map((term) => [term.tr, term.en, ...term.variants].map(foldedWords));
  for (const [group, forms] of wordings.entries()) {
    for (const form of forms) {
      if (form.length === 0 || form.length > LONGEST_TERM) continue;
      const key = form.map(stem).join(" ");
      const known = groups.get(key);
      if (known) known.add(group);
      else groups.set(key, new Set([group]));
    }
  }

  return (folded) => {
    const stems = folded.map(stem);
    const matched = new Set<number>();
    for (let start = 0; start < stems.length; start += 1) {
      for (let length = Math.min(LONGEST_TERM, stems.length - start); length > 0; length -= 1) {
        const found = groups.get(stems.slice(start, start + length).join(" "));
        // A term that stands for several things is no hint at all.
        if (found?.size === 1) for (const group of found) matched.add(group);
      }
    }
    return [...matched].flatMap((group) => wordings[group] ?? []);
  };
}
