import type { Problem } from "#knowledge/load.ts";

/** A term of the field with what people type for it: abbreviations, synonyms, the other language. */
export interface GlossaryTerm {
  readonly tr: string;
  readonly en: string;
  readonly variants: readonly string[];
}

const HEADER = "term_tr\tterm_en\tvariants";

/** Reads `glossary.tsv`: three columns, variants separated by `|`. Bad lines are told in `problems` and left out. */
export function parseGlossary(content: string, file: string, problems: Problem[]): GlossaryTerm[] {
  const lines = content.split(/\r?\n/);
  if (lines[0] !== HEADER) {
    problems.push({
      file,
      field: "line 1",
      message: "missing, or not the header: term_tr, term_en, variants, separated by tabs",
    });
    return [];
  }
  const terms: GlossaryTerm[] = [];
  for (const [index, line] of lines.entries()) {
    if (index === 0 || line.trim() === "") continue;
    const [tr = "", en = "", variants = "", ...more] = line.split("\t");
    if (tr.trim() === "" || en.trim() === "" || more.length > 0) {
      problems.push({ file, field: `line ${index + 1}`, message: "needs Turkish, English and variants, separated by tabs" });
      continue;
    }
    const typed = variants
      .split("|")
      .map((variant) => variant.trim())
      .filter((variant) => variant !== "");
    terms.push({ tr: tr.trim(), en: en.trim(), variants: typed });
  }
  return terms;
}
