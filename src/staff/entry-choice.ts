import type { Entry } from "#core/entry.ts";
import type { FormField } from "#core/workspace.ts";
import type { Language } from "#text/language.ts";

export const CHOSEN = "entry";
export const SEARCH = "search";
const LONGEST_SEARCH = 200;

/** The fields in which an entry is chosen, or other words are searched for. */
export function entryChoice(entries: readonly Entry[], asked: string, language: Language): FormField[] {
  const choice: FormField = {
    kind: "choice",
    id: CHOSEN,
    label: { key: "staff.entry" },
    optional: true,
    options: entries.map(({ id, title }) => ({ label: { words: title[language] }, value: id })),
  };
  const search: FormField = {
    kind: "text",
    id: SEARCH,
    label: { key: "staff.search" },
    lines: "one",
    value: asked,
    most: LONGEST_SEARCH,
    optional: true,
  };
  return entries.length === 0 ? [search] : [choice, search];
}
