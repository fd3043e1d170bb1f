import type { Attachment } from "#core/message.ts";
import type { DeliveryReport, Refusal, StaffReference, Ticket, TicketDeed, TicketNews } from "#core/ticket.ts";
import type { AuditEntry } from "#core/audit.ts";

/** What staff read in the thread under a card. */
export type TicketNote =
  | { readonly is: "member-wrote"; readonly words: string }
  | { readonly is: "member-sent"; readonly what: Attachment; readonly seconds?: number | undefined }
  | { readonly is: "member-ended" }
  | { readonly is: "withdrawn" }
  | { readonly is: "silence" }
  | { readonly is: "not-delivered"; readonly answer: string; readonly outcome: Exclude<DeliveryReport["outcome"], "sent"> }
  /** *again*: nobody stirred after the first reminder; a second person is looked for. */
  | { readonly is: "reminder"; readonly again: boolean; readonly claimedBy?: StaffReference | undefined };

/** What a change brings about beyond the ticket itself. Each stays owed until it is done. */
export type TicketEffect =
  | { readonly to: "member"; readonly news: TicketNews }
  /** The card is to show the ticket as it is now. */
  | { readonly to: "card" }
  | { readonly to: "thread"; readonly note: TicketNote }
  /** What holds words of the member is taken off the staff's platform. */
  | { readonly to: "removal" }
  /** Who did what is noted, once under this id. */
  | { readonly to: "audit"; readonly id: string; readonly entry: AuditEntry };

export type Outcome =
  | { readonly kind: "done"; readonly ticket: Ticket; readonly effects: readonly TicketEffect[] }
  | { readonly kind: "refused"; readonly refusal: Refusal };

const MOST_TAKEN = 100;

export function done(ticket: Ticket, ...effects: TicketEffect[]): Outcome {
  return { kind: "done", ticket, effects };
}

export function refused(refusal: Refusal): Outcome {
  return { kind: "refused", refusal };
}

/** The ticket with a deed in its history, and its id among those taken. */
export function deed(
  ticket: Ticket,
  { id, do: did, by }: { readonly id: string; readonly do: TicketDeed; readonly by?: StaffReference },
  at: number,
): Ticket {
  const event = { at, did, ...(by === undefined ? {} : { by }) };
  return { ...ticket, taken: [...ticket.taken, id].slice(-MOST_TAKEN), history: [...ticket.history, event] };
}
