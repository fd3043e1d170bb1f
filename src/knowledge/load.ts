import { parseDocument, type Document } from "yaml";
import type { z } from "zod";
import type { Entry } from "#core/entry.ts";
import { BotError } from "#core/errors.ts";
import type { Event } from "#core/event.ts";
import { readGlossary, readOrTell, yamlFiles } from "#knowledge/folder.ts";
import { checkReferences, EVENT_FOLDER } from "#knowledge/references.ts";
import { entrySchema, eventSchema } from "#knowledge/schema.ts";
import type { GlossaryTerm } from "#knowledge/glossary.ts";

/** One thing that is wrong in one file, told so that its author can mend it. */
export interface Problem {
  readonly file: string;
  readonly field: string;
  readonly message: string;
}

export interface Knowledge {
  readonly entries: readonly Entry[];
  readonly events: readonly Event[];
  readonly glossary: readonly GlossaryTerm[];
}

/**
 * Reads a knowledge folder: `<topic>/<id>.yaml`, `event-records/<key>.yaml`, `glossary.tsv`.
 * Never throws for bad content: a file with a problem is left out and told in `problems`.
 */
export async function readKnowledge(folder: string): Promise<Knowledge & { problems: readonly Problem[] }> {
  const entries: Entry[] = [];
  const events: Event[] = [];
  const problems: Problem[] = [];

  for (const file of await yamlFiles(folder, problems)) {
    const content = await readOrTell(folder, file, problems);
    if (content === undefined) continue;
    const [place = "", name = ""] = file.split("/");
    const expected = name.replace(/\.ya?ml$/, "");
    if (place === EVENT_FOLDER) {
      const event = parse(file, content, eventSchema, problems);
      if (event && matches(file, "key", event.key, expected, problems)) events.push(event);
    } else {
      const entry = parse(file, content, entrySchema, problems);
      if (!entry) continue;
      const named = matches(file, "id", entry.id, expected, problems);
      if (named && matches(file, "topic", entry.topic, place, problems)) entries.push(entry);
    }
  }

  const glossary = await readGlossary(folder, problems);
  checkReferences(entries, events, problems);
  return { entries, events, glossary, problems };
}

/**
 * Reads a knowledge folder whole.
 * @throws BotError `knowledge.invalid` that lists every problem with file, field and remedy.
 */
export async function loadKnowledge(folder: string): Promise<Knowledge> {
  const { problems, ...knowledge } = await readKnowledge(folder);
  if (problems.length > 0) {
    const lines = problems.map((problem) => `  ${describeProblem(problem)}`);
    throw new BotError("knowledge.invalid", `The knowledge in ${folder} has ${problems.length} problem(s):\n${lines.join("\n")}`);
  }
  return knowledge;
}

/** A problem in one line: file, field, what to do. */
export function describeProblem(problem: Problem): string {
  return `${problem.file}: ${problem.field === "" ? "" : `${problem.field}: `}${problem.message}`;
}

function parse<T>(file: string, yaml: string, schema: z.ZodType<T>, problems: Problem[]): T | undefined {
  const document = parseDocument(yaml, { uniqueKeys: true, merge: false });
  for (const error of document.errors) {
    const line = error.linePos?.[0].line;
    problems.push({
      file,
      field: line === undefined ? "" : `line ${line}`,
      message: `not readable as YAML: ${error.message.split("\n")[0]}`,
    });
  }
  if (document.errors.length > 0) return undefined;
  const content = plain(document);
  if (content === undefined) {
    problems.push({ file, field: "", message: "refers to another place in the file (*name): write the value out there" });
    return undefined;
  }
  const result = schema.safeParse(content.value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    const field = issue.path.join(".");
    const message =
      issue.code === "unrecognized_keys"
        ? `unknown key ${issue.keys.join(", ")}: remove it, or check its spelling`
        : issue.message;
    problems.push({ file, field, message });
  }
  return undefined;
}

// A few lines of aliases can stand for gigabytes, so none are resolved; YAML then throws.
function plain(document: Document): { readonly value: unknown } | undefined {
  try {
    return { value: document.toJS({ maxAliasCount: 0 }) as unknown };
  } catch {
    return undefined;
  }
}

function matches(file: string, field: string, value: string, expected: string, problems: Problem[]): boolean {
  if (value === expected) return true;
  problems.push({ file, field, message: `is "${value}", but the file's place says "${expected}": make them the same` });
  return false;
}
