import { questionOf, type StaffButton, type StaffPost } from "#core/staff.ts";
import type { Text } from "#core/message.ts";
import type { StaffAnswer, Ticket } from "#core/ticket.ts";
import { ticketNumber } from "#core/ticket.ts";
import type { TicketNote } from "#desk/outcome.ts";
import { minutesAt, timeOf } from "#text/clock.ts";
import { dateInWords, dayAt } from "#text/dates.ts";
import type { Language } from "#text/language.ts";

/** What cards are made with. */
export interface CardParts {
  /** The language that staff read. */
  readonly language: Language;
  readonly timeZone: string;
  /** The title of an entry, where there is one. */
  readonly titleOf: (entry: string) => string | undefined;
}

/** The card of a ticket as it is now: the question, who has it, how its answers arrived, and what can be done. */
export function cardOf(ticket: Ticket, parts: CardParts): StaffPost {
  const { telephone, follows, messages, closed } = ticket;
  const titles = ticket.offered.flatMap((entry) => parts.titleOf(entry) ?? []);
  const title: Text = { key: "card.title", values: { number: ticketNumber(ticket.id) } };
  const paragraphs: Text[] = [
    stateLine(ticket),
    ...(closed?.reason === "erased" ? [] : [questionOf(ticket)]),
    ...(closed?.reason === "erased" ? [] : [{ key: `card.language-${ticket.language}` } as const]),
    ...(telephone === undefined ? [] : [{ key: "card.telephone", values: { telephone } } as const]),
    ...(titles.length === 0 ? [] : [{ key: "card.offered", values: { titles: titles.join("; ") } } as const]),
    ...(follows === undefined ? [] : [{ key: "card.follows", values: { number: ticketNumber(follows) } } as const]),
    { key: "card.opened", values: { date: momentInWords(ticket.openedAt, parts) } },
    ...(messages.length === 0 ? [] : [{ key: "card.added", values: { count: messages.length } } as const]),
    ...ticket.answers.map(answerLine),
  ];
  return { title, paragraphs, buttons: buttonsOf(ticket) };
}

function stateLine({ state, claimedBy = "", closed }: Ticket): Text {
  switch (state) {
    case "open":
      return { key: "card.state-open" };
    case "claimed":
    case "answered":
      return { key: `card.state-${state}`, values: { by: claimedBy } };
    case "closed":
      return { key: `card.closed-${closed?.reason ?? "answered"}` };
  }
}

function answerLine({ id, by, delivery }: StaffAnswer): Text {
  return { key: `card.answer-${delivery}`, values: { answer: id, by } };
}

function buttonsOf({ id: ticket, state, claimedBy, answers }: Ticket): StaffButton[] {
  const button = (
    act: Exclude<StaffButton["act"], "approve" | "reject" | "edit" | "retire" | "changes">,
    more: Partial<StaffButton> = {},
  ): StaffButton => ({
    label: { key: `card.${more.over === undefined ? act : "takeOver"}` },
    act,
    ticket,
    ...more,
  });
  const last = answers.at(-1);
  const ofAnswers = [
    ...answers
      .filter(({ delivery }) => delivery !== "waiting" && delivery !== "sent")
      .map(({ id }) => button("resend", { answer: id })),
    ...(last?.delivery === "sent" ? [button("correct", { answer: last.id })] : []),
    ...(last === undefined ? [] : [button("learn", { answer: last.id })]),
  ];
  if (state === "closed") return ofAnswers;
  const claim = claimedBy === undefined ? button("claim") : button("claim", { over: claimedBy });
  return [
    ...(claimedBy === undefined ? [claim] : []),
    button("answer"),
    button("canned"),
    button("close"),
    ...ofAnswers,
    ...(claimedBy === undefined ? [] : [claim]),
  ];
}

/** A note in the thread under a card. */
export function noteOf(note: TicketNote, ticket: string): StaffPost {
  const paragraphs = linesOf(note, ticketNumber(ticket));
  // Whoever claimed it is called by name; of what nobody has, or of what that one left lying, somebody has to hear.
  if (note.is === "reminder" && (note.again || note.claimedBy === undefined)) return { paragraphs, buttons: [], aloud: true };
  if (note.is !== "not-delivered") return { paragraphs, buttons: [] };
  return { paragraphs, buttons: [{ label: { key: "card.resend" }, act: "resend", ticket, answer: note.answer }] };
}

function linesOf(note: TicketNote, number: string): Text[] {
  switch (note.is) {
    case "member-wrote":
      return [{ key: "note.memberWrote", values: { number } }, { words: note.words }];
    case "member-sent":
      return [memberSent(note)];
    case "member-ended":
      return [{ key: "note.memberEnded" }];
    case "withdrawn":
      return [{ key: "note.withdrawn" }];
    case "silence":
      return [{ key: "note.silence" }];
    case "not-delivered":
      return [{ key: `note.${note.outcome}`, values: { answer: note.answer } }];
    case "reminder":
      if (note.again) return [{ key: "note.secondPerson", values: { number } }];
      return [
        note.claimedBy === undefined
          ? { key: "note.reminder", values: { number } }
          : { key: "note.reminderOf", values: { by: note.claimedBy } },
      ];
  }
}

function memberSent({ what, seconds }: Extract<TicketNote, { is: "member-sent" }>): Text {
  const played = what === "voice" || what === "video";
  return seconds === undefined || !played ? { key: `note.sent-${what}` } : { key: `note.sentLong-${what}`, values: { seconds } };
}

/** The list of every morning: of what waits for an answer the first, and how many there are in all. */
export function dailyList(waiting: readonly Ticket[], count: number, parts: CardParts): StaffPost {
  if (waiting.length === 0) return { paragraphs: [], buttons: [] };
  const lines = waiting.map(({ id, waitsSince, claimedBy }): Text => {
    const values = { number: ticketNumber(id), date: momentInWords(waitsSince, parts) };
    return claimedBy === undefined
      ? { key: "daily.line", values }
      : { key: "daily.lineOf", values: { ...values, by: claimedBy } };
  });
  const others = count - waiting.length;
  const more: Text[] = others > 0 ? [{ key: "daily.more", values: { count: others } }] : [];
  return { paragraphs: [{ key: "daily.title", values: { count } }, ...lines, ...more], buttons: [] };
}

function momentInWords(moment: number, { language, timeZone }: CardParts): string {
  return dateInWords(`${dayAt(moment, timeZone)}T${timeOf(minutesAt(moment, timeZone))}`, language);
}
