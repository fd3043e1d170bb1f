import type { Refusal, StaffReference, Ticket } from "#core/ticket.ts";

/** Why somebody of staff may not answer or close a ticket, or `undefined` where they may: it is open, and nobody else's. */
export function whyNotAct({ state, claimedBy, closed }: Ticket, by: StaffReference): Refusal | undefined {
  if (state === "closed") return closed?.by === undefined ? { why: "closed" } : { why: "closed", by: closed.by };
  return claimedBy === undefined || claimedBy === by ? undefined : { why: "claimed", by: claimedBy };
}
