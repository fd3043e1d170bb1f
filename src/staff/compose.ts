import { messagesOf } from "#core/flows/ticket-news.ts";
import { whyNotAct } from "#core/may-act.ts";
import type { Text } from "#core/message.ts";
import { questionOf } from "#core/staff.ts";
import type { StaffAct, Ticket } from "#core/ticket.ts";
import type { Form, Submission, Submitted } from "#core/workspace.ts";
import { type About, markOf, readAbout, writeAbout } from "#staff/about.ts";
import { notice, type StaffParts } from "#staff/parts.ts";
import { refusalText } from "#staff/refusal.ts";

/** The form in which an answer, or a correction of one, is written, shown as the member will see it, and sent. */
export const COMPOSE = "compose";
export const WORDS = "words";

/** The form of an answer; with an `answer` in `about` the one of its correction. `notes` stand above the question. */
export function composeForm(
  { language }: Pick<StaffParts, "language">,
  ticket: Ticket,
  about: About,
  words = "",
  notes: readonly Text[] = [],
): Form {
  return {
    language,
    name: COMPOSE,
    about: writeAbout(about),
    title: titleOf(about),
    paragraphs: [...notes, questionOf(ticket), { key: `card.language-${ticket.language}` }],
    fields: [
      { kind: "text", id: WORDS, label: { key: "staff.words" }, hint: { key: "staff.wordsHint" }, lines: "many", value: words },
    ],
    send: { key: "staff.preview" },
    cancel: { key: "staff.cancel" },
  };
}

/** What the member will see, with the words still open to be changed. */
function preview({ language, say }: StaffParts, ticket: Ticket, about: About, words: string): Form {
  const reference = ticket.answers.find(({ id }) => id === about.answer)?.reference;
  const is = about.answer === undefined ? "answered" : "corrected";
  const messages = messagesOf(ticket.id, { is, words: words.trim(), reference });
  const [first = [], ...further] = messages.map((message) => message.map((text) => ({ words: say(text, ticket.language) })));
  const note: Text = { key: further.length === 0 ? "staff.seenNote" : "staff.seenInstead" };
  return {
    ...composeForm({ language }, ticket, { ...about, seen: markOf(words) }, words),
    title: { key: "staff.seen" },
    paragraphs: [note, ...first, ...further.flatMap((message): Text[] => [{ key: "staff.seenThen" }, ...message])],
    send: { key: "staff.send" },
  };
}

/** Takes the form: words that were not shown yet are shown, and what was shown is sent. */
export async function composed(parts: StaffParts, { values, about: given, by, id }: Submission): Promise<Submitted> {
  const about = readAbout(given);
  const words = values[WORDS]?.[0] ?? "";
  const ticket = about && (await parts.desk.ticket(about.ticket ?? ""));
  if (about === undefined || ticket === undefined)
    return { next: "show", form: notice(parts, { key: "staff.compose-answer" }, { key: "refusal.gone" }) };
  const correct = (text: Text): Submitted => ({ next: "correct", language: parts.language, errors: { [WORDS]: text } });
  if (words.trim() === "") return correct({ key: "refusal.empty" });
  const mark = markOf(words);
  if (about.seen !== mark) {
    const refusal = whyNot(ticket, about, by.person);
    if (refusal === undefined) return { next: "show", form: preview(parts, ticket, about, words) };
    return { next: "show", form: kept(parts, ticket, about, words, refusalText(refusal)) };
  }
  const act: StaffAct = about.answer === undefined ? { do: "answer", words } : { do: "correct", answer: about.answer, words };
  const acted = await parts.desk.act(ticket.id, by.person, act, `${about.opened ?? id}-${mark}`);
  if (acted.kind === "done") return { next: "close" };
  const { refusal } = acted;
  const text = refusalText(refusal);
  if (refusal.why === "empty" || refusal.why === "too-long" || refusal.why === "unchanged") return correct(text);
  return { next: "show", form: kept(parts, ticket, about, words, text) };
}

/** The words stay where they were written: what was refused now may be sent later, and can be copied. */
function kept(parts: StaffParts, ticket: Ticket, { seen: _seen, ...about }: About, words: string, why: Text): Form {
  return composeForm(parts, ticket, about, words, [why, { key: "staff.kept" }]);
}

function titleOf({ answer }: About): Text {
  return { key: answer === undefined ? "staff.compose-answer" : "staff.compose-correct" };
}

/** A closed question stays closed, but what is wrong in it can still be put right. */
export function whyNot(ticket: Ticket, { answer }: About, person: string) {
  return answer !== undefined && ticket.state === "closed" ? undefined : whyNotAct(ticket, person);
}
