import { z } from "zod";
import type { MessageReference } from "#core/message.ts";
import { ATTACHMENTS } from "#core/message.ts";
import type { RecordPut, StoredRecord } from "#core/ports.ts";
import type { Ticket } from "#core/ticket.ts";
import { CLOSE_REASONS, DELIVERIES, TICKET_DEEDS, TICKET_FORMAT, TICKET_STATES } from "#core/ticket.ts";
import { auditEntry } from "#desk/audit.ts";
import { nextDue } from "#desk/due.ts";
import type { Office } from "#desk/office-hours.ts";
import type { TicketEffect } from "#desk/outcome.ts";
import { LANGUAGES } from "#text/language.ts";

/** An effect of a ticket that is still to be done. */
export interface OwedEffect {
  readonly id: string;
  readonly effect: TicketEffect;
  /** How often it was taken: more than 0 means that an earlier try did not end well. */
  readonly tries: number;
  readonly due: number;
}

/** A ticket as it is stored: with what it owes, who is seeing to that, and what staff have of it. */
export interface TicketRecord {
  readonly ticket: Ticket;
  /** Numbers its effects. */
  readonly count: number;
  readonly owed: readonly OwedEffect[];
  readonly lease?: { readonly holder: string; readonly until: number } | undefined;
  readonly card?: MessageReference | undefined;
  /** What holds words of the member in the staff's room. */
  readonly posts: readonly MessageReference[];
}

export const TICKETS = "tickets" as const;
/** The states that tickets are listed under until they are closed. */
export const NOT_CLOSED = ["open", "claimed", "answered"] as const;
/** Open questions stay until they are closed. Not for ever, so that nothing lies in a store that no one knows of any more. */
const LONG_MS = 100 * 365 * 86_400_000;

const language = z.enum(LANGUAGES);
const word = { by: z.string(), at: z.number(), words: z.string() };
const attachment = z.enum(ATTACHMENTS);

const ticket = z.object({
  format: z.literal(TICKET_FORMAT),
  id: z.string(),
  address: z.object({ channel: z.string(), chat: z.string(), thread: z.string().optional(), person: z.string() }).optional(),
  language,
  question: z.string(),
  telephone: z.string().optional(),
  offered: z.array(z.string()),
  follows: z.string().optional(),
  openedAt: z.number(),
  state: z.enum(TICKET_STATES),
  claimedBy: z.string().optional(),
  waitsSince: z.number(),
  talking: z.boolean(),
  spokeAt: z.number(),
  reminders: z.number(),
  messages: z.array(
    z.object({ at: z.number(), words: z.string().optional(), what: attachment.optional(), seconds: z.number().optional() }),
  ),
  answers: z.array(
    z.object({
      id: z.string(),
      ...word,
      sends: z.number(),
      delivery: z.enum(DELIVERIES),
      reference: z.string().optional(),
      before: z.array(z.object(word)),
    }),
  ),
  closed: z.object({ reason: z.enum(CLOSE_REASONS), at: z.number(), by: z.string().optional() }).optional(),
  history: z.array(z.object({ at: z.number(), did: z.enum(TICKET_DEEDS), by: z.string().optional() })),
  taken: z.array(z.string()),
});

const send = { answer: z.string(), send: z.number(), words: z.string() };
const news = z.discriminatedUnion("is", [
  z.object({ is: z.literal("claimed") }),
  z.object({ is: z.literal("answered"), ...send }),
  z.object({ is: z.literal("corrected"), ...send, reference: z.string().optional() }),
  z.object({ is: z.literal("closed"), reason: z.enum(CLOSE_REASONS) }),
]);
const note = z.discriminatedUnion("is", [
  z.object({ is: z.literal("member-wrote"), words: z.string() }),
  z.object({ is: z.literal("member-sent"), what: attachment, seconds: z.number().optional() }),
  z.object({ is: z.enum(["member-ended", "withdrawn", "silence"]) }),
  z.object({ is: z.literal("not-delivered"), answer: z.string(), outcome: z.enum(DELIVERIES).exclude(["waiting", "sent"]) }),
  z.object({ is: z.literal("reminder"), again: z.boolean(), claimedBy: z.string().optional() }),
]);
const effect: z.ZodType<TicketEffect> = z.discriminatedUnion("to", [
  z.object({ to: z.literal("member"), news }),
  z.object({ to: z.literal("card") }),
  z.object({ to: z.literal("thread"), note }),
  z.object({ to: z.literal("removal") }),
  z.object({ to: z.literal("audit"), id: z.string(), entry: auditEntry }),
]);

const recordSchema: z.ZodType<TicketRecord> = z.object({
  ticket,
  count: z.number(),
  owed: z.array(z.object({ id: z.string(), effect, tries: z.number(), due: z.number() })),
  lease: z.object({ holder: z.string(), until: z.number() }).optional(),
  card: z.string().optional(),
  posts: z.array(z.string()),
});

/** A stored ticket, or `undefined` for one in a form that nobody knows. */
export function readTicket(stored: StoredRecord | undefined): TicketRecord | undefined {
  return recordSchema.safeParse(stored?.value).data;
}

/** The record after a change: what it brought about is owed in order. A card that is owed already shows this change too. */
export function withEffects(record: TicketRecord, next: Ticket, effects: readonly TicketEffect[], now: number): TicketRecord {
  const untried = (owed: OwedEffect) => owed.effect.to === "card" && owed.tries === 0;
  let { count } = record;
  const owed = [...record.owed];
  for (const each of effects) {
    if (each.to === "card" && owed.some(untried)) continue;
    count += 1;
    owed.push({ id: `${next.id}!${count}`, effect: each, tries: 0, due: now });
  }
  return { ...record, ticket: next, count, owed: next.address === undefined ? owed.flatMap(withoutWords) : owed };
}

/**
 * Words that were still to be shown to staff, or to a member who is gone, are not shown any more. Of what may stand there already only the
 * id is kept, so that it is found and taken away.
 */
function withoutWords(owed: OwedEffect): OwedEffect[] {
  const { effect, tries } = owed;
  if (effect.to === "member") return [];
  if (effect.to !== "thread") return [owed];
  return tries > 0 && effect.note.is === "member-wrote"
    ? [{ ...owed, effect: { ...effect, note: { ...effect.note, words: "" } } }]
    : [];
}

/** How a record is put: listed by state, found when something of it is due, and gone some time after it was closed. */
export function putting(record: TicketRecord, office: Office, retentionMs: number): Omit<RecordPut, "over"> {
  const { ticket: held, owed, lease } = record;
  const timer = nextDue(held, office)?.at;
  const soonest = owed.length === 0 ? undefined : Math.max(lease?.until ?? 0, Math.min(...owed.map(({ due }) => due)));
  const due = [timer, soonest].filter((each) => each !== undefined);
  return {
    value: record,
    index: { state: held.state },
    order: held.waitsSince,
    expiresAt: held.closed === undefined ? held.openedAt + LONG_MS : held.closed.at + retentionMs,
    ...(held.address === undefined ? {} : { owner: { channel: held.address.channel, person: held.address.person } }),
    ...(due.length === 0 ? {} : { due: Math.min(...due) }),
  };
}
