import type { Text } from "#core/message.ts";
import { ticketNumber } from "#core/ticket.ts";
import type { HomeSection } from "#core/workspace.ts";
import type { StaffParts } from "#staff/parts.ts";
import { unansweredSection } from "#staff/unanswered.ts";

const MOST_LISTED = 20;

/** What waits for somebody: questions, the longest first, drafts, and what found no answer. */
export async function staffSections({ desk, entries, language, unanswered }: StaffParts): Promise<HomeSection[]> {
  const waiting = (await desk.waiting(MOST_LISTED)).toSorted((a, b) => a.waitsSince - b.waitsSince);
  const drafts = await entries.drafts(MOST_LISTED);
  const questions = waiting.map(({ id, question, claimedBy }): Text => {
    const values = { number: ticketNumber(id), question };
    return claimedBy === undefined
      ? { key: "staffHome.question", values }
      : { key: "staffHome.questionOf", values: { ...values, by: claimedBy } };
  });
  const titles = drafts.flatMap(({ versions }): Text[] => {
    const last = versions.at(-1);
    const title = last?.entry?.title[language];
    return last === undefined || title === undefined ? [] : [{ key: "staffHome.draft", values: { title, by: last.by } }];
  });
  return [
    {
      title: { key: "staffHome.questions" },
      paragraphs: questions.length === 0 ? [{ key: "staffHome.noQuestions" }] : questions,
    },
    { title: { key: "staffHome.drafts" }, paragraphs: titles.length === 0 ? [{ key: "staffHome.noDrafts" }] : titles },
    unansweredSection(await unanswered()),
  ];
}
