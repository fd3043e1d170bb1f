import type { Entry } from "#core/entry.ts";
import { sourceLine } from "#core/flows/answer.ts";
import { questionOf } from "#core/staff.ts";
import type { Ticket } from "#core/ticket.ts";
import type { Form, Submission, Submitted } from "#core/workspace.ts";
import { type About, readAbout, writeAbout } from "#staff/about.ts";
import { composeForm } from "#staff/compose.ts";
import { CHOSEN, entryChoice, SEARCH } from "#staff/entry-choice.ts";
import { notice, type StaffParts } from "#staff/parts.ts";

export const CANNED = "canned";

/** The form in which an entry is chosen whose answer is to be sent: what fits the question, or what is searched for. */
export function cannedForm(parts: StaffParts, ticket: Ticket, about: About, asked = ""): Form {
  const entries = found(parts, ticket, asked);
  const { language } = parts;
  return {
    language,
    name: CANNED,
    about: writeAbout({ ...about, asked }),
    title: { key: "staff.canned" },
    paragraphs: [questionOf(ticket), ...(entries.length === 0 ? [{ key: "staff.nothingFound" } as const] : [])],
    fields: entryChoice(entries, asked, language),
    send: { key: "staff.next" },
    cancel: { key: "staff.cancel" },
  };
}

/** Searches anew where other words are given, else goes on with what was chosen: its answer, to be changed and sent. */
export async function chosen(parts: StaffParts, { values, about: given }: Submission): Promise<Submitted> {
  const about = readAbout(given);
  const ticket = about && (await parts.desk.ticket(about.ticket ?? ""));
  if (about === undefined || ticket === undefined)
    return { next: "show", form: notice(parts, { key: "staff.canned" }, { key: "refusal.gone" }) };
  const { asked = "", ...rest } = about;
  const search = (values[SEARCH]?.[0] ?? "").trim();
  if (search !== asked) return { next: "show", form: cannedForm(parts, ticket, rest, search) };
  const entry = parts.knowledge().entry(values[CHOSEN]?.[0] ?? "");
  if (entry === undefined)
    return { next: "correct", language: parts.language, errors: { [SEARCH]: { key: "staff.chooseEntry" } } };
  return { next: "show", form: composeForm(parts, ticket, rest, answerOf(parts, ticket, entry)) };
}

/** What the search finds first; and what the bot would have offered, where nothing else is asked for. */
function found({ knowledge }: StaffParts, ticket: Ticket, asked: string): Entry[] {
  const base = knowledge();
  const { candidates } = base.search({ question: asked === "" ? ticket.question : asked, language: ticket.language });
  const ids = [...(asked === "" ? ticket.offered : []), ...candidates.map(({ id }) => id)];
  return [...new Set(ids)].flatMap((id) => base.entry(id) ?? []);
}

/** The answer as the bot would give it: with its sources, in the member's language. */
function answerOf({ say }: StaffParts, { language }: Ticket, entry: Entry): string {
  const sources = entry.sources.map((source) => {
    const line = sourceLine({ language }, source);
    return [say(line, language), ...(line.url === undefined ? [] : [line.url])].join(" ");
  });
  return [entry.answer[language].trim(), ...(sources.length === 0 ? [] : [sources.join("\n")])].join("\n\n");
}
