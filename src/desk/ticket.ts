import type { Address } from "#core/message.ts";
import type { DeliveryReport, MemberAct, StaffAct, StaffReference, Ticket } from "#core/ticket.ts";
import { TICKET_FORMAT } from "#core/ticket.ts";
import { actOfMember, erase, lapse, silence } from "#desk/member-acts.ts";
import { deed } from "#desk/outcome.ts";
import type { Outcome } from "#desk/outcome.ts";
import { answer, claim, close, correct, delivered, remind, resend } from "#desk/staff-acts.ts";
import type { Language } from "#text/language.ts";

/** Everything that can happen to a ticket. The same `id` a second time changes nothing. */
export type TicketAction = { readonly id: string } & (
  | (StaffAct & { readonly by: StaffReference })
  | MemberAct
  | ({ readonly do: "delivered" } & Omit<DeliveryReport, "ticket">)
  /** Something said in the thread under the card. */
  | { readonly do: "remark" }
  | { readonly do: "silence" }
  /** Nobody said anything more to an answer for days. */
  | { readonly do: "lapse" }
  | { readonly do: "remind" }
  | { readonly do: "erase" }
);

export interface Opening {
  readonly id: string;
  readonly address: Address;
  readonly language: Language;
  readonly question: string;
  readonly telephone?: string | undefined;
  readonly offered: readonly string[];
  readonly follows?: string | undefined;
}

/** A new ticket, and what it brings about: its card. `by`: the act that begins it. */
export function openTicket(opening: Opening, now: number, by?: string): Outcome & { readonly kind: "done" } {
  const ticket: Ticket = {
    format: TICKET_FORMAT,
    ...opening,
    openedAt: now,
    state: "open",
    waitsSince: now,
    talking: false,
    spokeAt: now,
    reminders: 0,
    messages: [],
    answers: [],
    history: [{ at: now, did: "open" }],
    taken: by === undefined ? [opening.id] : [opening.id, by],
  };
  return { kind: "done", ticket, effects: [{ to: "card" }] };
}

/**
 * What an action makes of a ticket: the next one and what it brings about, or why not. The only way a ticket changes. `now` in milliseconds.
 * Nothing goes to the member but by *claim*, *answer*, *correct*, *resend* and *close*.
 */
export function changeTicket(ticket: Ticket, action: TicketAction, now: number): Outcome {
  if (ticket.taken.includes(action.id)) return { kind: "done", ticket, effects: [] };
  // Said among staff, it reaches nobody.
  if (action.do === "remark") return { kind: "done", ticket, effects: [] };
  const outcome = act(ticket, action, now);
  if (outcome.kind === "refused" || outcome.ticket === ticket) return outcome;
  return { ...outcome, ticket: deed(outcome.ticket, action, now) };
}

function act(ticket: Ticket, action: Exclude<TicketAction, { do: "remark" }>, now: number): Outcome {
  switch (action.do) {
    case "claim":
      return claim(ticket, action, now);
    case "answer":
      return answer(ticket, action, now);
    case "correct":
      return correct(ticket, action, now);
    case "resend":
      return resend(ticket, action);
    case "close":
      return close(ticket, action, now);
    case "delivered":
      return delivered(ticket, action, now);
    case "member-writes":
    case "member-sends":
    case "member-ends":
    case "withdraw":
      return actOfMember(ticket, action, now);
    case "silence":
      return silence(ticket, now);
    case "lapse":
      return lapse(ticket, now);
    case "remind":
      return remind(ticket);
    case "erase":
      return erase(ticket, now);
  }
}
