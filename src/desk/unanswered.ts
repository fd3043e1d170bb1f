import { z } from "zod";
import type { Records } from "#core/ports.ts";
import { groupQuestions } from "#desk/groups.ts";
import type { Unanswered } from "#desk/likeness.ts";
import { LANGUAGES } from "#text/language.ts";

const MOST_READ = 5000;
const READ_AT_ONCE = 500;
const schema = z.object({ question: z.string(), language: z.enum(LANGUAGES) });

/** What found no answer and is kept, grouped by likeness, each group with how often it was asked; the largest first. `pause`: see {@link groupQuestions}. */
export async function unansweredGroups(
  records: Records,
  pause: () => Promise<void>,
): Promise<{ readonly question: string; readonly count: number }[]> {
  const stored = await records.list("unanswered", { by: "index", name: "state", value: "open", limit: MOST_READ });
  const asked: Unanswered[] = [];
  for (const [at, { id, value }] of stored.entries()) {
    const read = schema.safeParse(value).data;
    if (read !== undefined) asked.push({ id, ...read });
    if (at % READ_AT_ONCE === READ_AT_ONCE - 1) await pause();
  }
  const groups = await groupQuestions(asked, pause);
  return groups.map(({ question, ids }) => ({ question, count: ids.length }));
}
