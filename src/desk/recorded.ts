import { z } from "zod";
import type { Records } from "#core/ports.ts";
import { TICKET_STATES } from "#core/ticket.ts";
import { readTicket, TICKETS } from "#desk/record.ts";
import { LANGUAGES, type Language } from "#text/language.ts";

export const UNANSWERED = "unanswered";
const MOST_READ = 5000;

/** A member's question that is kept, private numbers hidden, and where: whoever shows it later looks there whether it still is. */
export interface Recorded {
  readonly question: string;
  readonly language: Language;
  readonly kept: { readonly in: "unanswered" | "tickets"; readonly id: string };
}

/** A question that found no answer. `at`: when it was asked, milliseconds; `passedOn`: somebody is to answer it. */
export type OpenQuestion = Recorded & { readonly at: number; readonly passedOn: boolean };

const schema = z.object({
  question: z.string(),
  language: z.enum(LANGUAGES),
  at: z.number(),
  passedOn: z.boolean().default(false),
});

/** What found no answer and is not settled. */
export async function openQuestions(records: Records): Promise<OpenQuestion[]> {
  const stored = await records.list(UNANSWERED, { by: "index", name: "state", value: "open", limit: MOST_READ });
  return stored.flatMap(({ id, value }) => {
    const read = schema.safeParse(value).data;
    return read === undefined ? [] : [{ ...read, kept: { in: UNANSWERED, id } as const }];
  });
}

/** All questions that are kept: what found no answer, and what was handed over. */
export async function recordedQuestions(records: Records): Promise<Recorded[]> {
  const found: Recorded[] = await openQuestions(records);
  for (const value of TICKET_STATES) {
    const stored = await records.list(TICKETS, { by: "index", name: "state", value, limit: MOST_READ });
    for (const each of stored) {
      const ticket = readTicket(each)?.ticket;
      if (ticket === undefined || ticket.question === "") continue;
      found.push({ question: ticket.question, language: ticket.language, kept: { in: TICKETS, id: ticket.id } });
    }
  }
  return found;
}

/** The words of a kept question, or nothing where its member had them deleted. */
export async function wordsOfRecorded(records: Records, { in: collection, id }: Recorded["kept"]): Promise<string | undefined> {
  const stored = await records.get(collection, id);
  if (collection === TICKETS) return readTicket(stored)?.ticket.question || undefined;
  return schema.safeParse(stored?.value).data?.question;
}
