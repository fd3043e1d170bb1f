import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { BotError } from "#core/errors.ts";
import type { IndexDocument } from "#knowledge/index.ts";

const corpusLine = z.object({
  id: z.string(),
  title: z.string().optional(),
  phrasings: z.array(z.string()).default([]),
  text: z.string().default(""),
});
const queryLine = z.object({
  id: z.string(),
  text: z.string(),
  relevant: z.array(z.string()).default([]),
  variants: z.record(z.string(), z.string()).default({}),
});
const suiteFile = z.object({ holes: z.array(z.string()).default([]) });
const memberLine = z.object({
  id: z.string(),
  text: z.string(),
  lang: z.string().optional(),
  style: z.array(z.string()).optional(),
  context: z.string().optional(),
  relevant: z.array(z.string()).optional(),
  kind: z.string().optional(),
});

/** A question of a public set: its variants are other spellings of it, `relevant` the entries that answer it. */
export type SuiteQuestion = z.infer<typeof queryLine>;

/** A question as a member types it: `relevant` where it can be answered, `kind` where it cannot. */
export type MemberQuestion = z.infer<typeof memberLine>;

/** A public question set in the bench format. */
export interface Suite {
  readonly name: string;
  readonly documents: readonly IndexDocument[];
  readonly questions: readonly SuiteQuestion[];
  /** Questions that no entry answers. */
  readonly strangers: readonly SuiteQuestion[];
  /** Entries to leave out, so that their questions have no answer. */
  readonly holes: readonly string[];
}

export const VARIANTS = ["clean", "ascii", "typo", "caps", "mix"] as const;
export type Variant = (typeof VARIANTS)[number];

/** A question in a variant's spelling, or `undefined` where it has none. */
export function inVariant(question: SuiteQuestion, variant: Variant): string | undefined {
  return variant === "clean" ? question.text : question.variants[variant];
}

/** Reads every suite of a folder, in order of name. */
export async function readSuites(folder: string): Promise<Suite[]> {
  const places = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new BotError("input.invalid", `The folder ${folder} cannot be read: give the folder that holds the question sets.`, {
      cause,
    });
  });
  const names = places
    .filter((place) => place.isDirectory())
    .map((place) => place.name)
    .toSorted();
  return Promise.all(
    names.map(async (name) => {
      const file = (part: string) => path.join(folder, name, part);
      return {
        name,
        documents: await readCorpus(file("corpus.jsonl")),
        questions: await readQuestions(file("queries.jsonl")),
        strangers: await readQuestions(file("oos.jsonl")),
        holes: await readHoles(file("suite.json")),
      };
    }),
  );
}

/** Reads `corpus.jsonl`: one entry a line. */
export async function readCorpus(file: string): Promise<IndexDocument[]> {
  const corpus = await readLines(file, corpusLine);
  return corpus.map(({ id, title, phrasings, text }) => ({
    id,
    wordings: title === undefined ? phrasings : [title, ...phrasings],
    titles: title === undefined ? 0 : 1,
    text,
    notWordings: [],
  }));
}

/** Reads `queries.jsonl` or `oos.jsonl`: one question a line. */
export function readQuestions(file: string): Promise<SuiteQuestion[]> {
  return readLines(file, queryLine);
}

/** Reads questions in the form of `ask --jsonl`. */
export function readMemberQuestions(file: string | URL): Promise<MemberQuestion[]> {
  return readLines(file, memberLine);
}

async function readLines<T>(file: string | URL, schema: z.ZodType<T>): Promise<T[]> {
  const content = await readFileOrTell(file);
  return content.split("\n").flatMap((line, number) => {
    if (line.trim() === "") return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (cause) {
      throw new BotError("input.invalid", `${String(file)}, line ${number + 1}: not a line of the expected form.`, { cause });
    }
  });
}

async function readHoles(file: string): Promise<readonly string[]> {
  const content = await readFileOrTell(file);
  try {
    return suiteFile.parse(JSON.parse(content)).holes;
  } catch (cause) {
    throw new BotError("input.invalid", `${file}: not of the expected form: it names the entries to leave out, under holes.`, {
      cause,
    });
  }
}

async function readFileOrTell(file: string | URL): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new BotError("input.invalid", `${String(file)} cannot be read: give the path of a file that is there.`, { cause });
  }
}
