import { z } from "zod";
import type { Entry } from "#core/entry.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Records } from "#core/ports.ts";
import type { RecordedQuestion } from "#desk/entry-preview.ts";
import { changedAnswers, nearDuplicates } from "#desk/entry-preview.ts";
import { recordedQuestions, wordsOfRecorded } from "#desk/recorded.ts";
import { TICKETS } from "#desk/record.ts";
import { LANGUAGES } from "#text/language.ts";

export interface ConsequencesParts {
  readonly records: Records;
  readonly knowledge: () => KnowledgeBase;
  /** The knowledge base as it would be with an entry in the place of its id, or without that id. */
  readonly preview: (id: string, entry: Entry | undefined) => Promise<KnowledgeBase>;
  /** Lets other work go on. */
  readonly pause: () => Promise<void>;
}

const MOST_KEPT = 30;
const LOOKED_UP_AT_ONCE = 10;

/**
 * Which questions get another answer because of a draft. A member's question is named by where it is kept: once they have it deleted, it is
 * shown no more. Of the others the words are the knowledge base's own.
 */
export const consequencesSchema = z.object({
  count: z.number(),
  first: z.array(
    z.object({
      of: z.union([
        z.object({ words: z.string() }),
        z.object({ kept: z.object({ in: z.enum(["unanswered", TICKETS]), id: z.string() }) }),
      ]),
      before: z.string().optional(),
      after: z.string().optional(),
    }),
  ),
});
export type Consequences = z.output<typeof consequencesSchema>;
type Of = Consequences["first"][number]["of"];

/** Looks up what a draft changes: what members asked, and the wordings of the entry itself and of those alike. Gives the first of them. */
export function createConsequences({ records, knowledge, preview, pause }: ConsequencesParts) {
  return async (id: string, entry: Entry | undefined): Promise<Consequences> => {
    const now = knowledge();
    const own = now.entry(id);
    const near = entry === undefined ? [] : nearDuplicates(entry, now.search).flatMap(({ id: other }) => now.entry(other) ?? []);
    const asked: (RecordedQuestion & { of: Of })[] = [
      ...(await recordedQuestions(records)).map(({ question, language, kept }) => ({ question, language, of: { kept } })),
      ...[...(own === undefined ? [] : [own]), ...near].flatMap(wordingsOf),
    ];
    const after = await preview(id, entry);
    const changed = [];
    for (let at = 0; at < asked.length; at += LOOKED_UP_AT_ONCE) {
      changed.push(...changedAnswers(asked.slice(at, at + LOOKED_UP_AT_ONCE), now.search, after.search));
      await pause();
    }
    const first = changed.slice(0, MOST_KEPT).map(({ of, before, after: will }) => ({ of, before, after: will }));
    return { count: changed.length, first };
  };
}

function wordingsOf({ questions }: Entry) {
  return LANGUAGES.flatMap((language) => questions[language].map((words) => ({ question: words, language, of: { words } })));
}

/** The words of what they are about, in their order; without those that were deleted since. */
export async function wordedConsequences(records: Records, { first }: Consequences) {
  const worded = [];
  for (const { of, before, after } of first) {
    const question = "words" in of ? of.words : await wordsOfRecorded(records, of.kept);
    if (question !== undefined) worded.push({ question, before, after });
  }
  return worded;
}
