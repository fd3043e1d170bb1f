import type { Incoming, MessageReference } from "#core/message.ts";
import type { Sent } from "#core/ports.ts";
import { createAudit } from "#desk/audit.ts";
import { cardOf, noteOf } from "#desk/card.ts";
import type { DeskParts } from "#desk/desk.ts";
import { LEASE_MS, whileRenewed } from "#desk/lease.ts";
import type { TicketEffect } from "#desk/outcome.ts";
import type { OwedEffect, TicketRecord } from "#desk/record.ts";
import { putting, readTicket, TICKETS } from "#desk/record.ts";

const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 60 * 60_000;
const MOST_DOUBLINGS = 12;

/** What a done effect leaves known. */
type Known = Partial<Pick<TicketRecord, "card" | "posts">>;
type Ran =
  | { readonly is: "done"; readonly known?: Known }
  | { readonly is: "later"; readonly inMs: number; readonly counts: boolean };

const DONE: Ran = { is: "done" };

/**
 * Makes the function that does what a ticket owes: what is noted, what goes to the member and what goes to staff each in its order, none
 * waiting for the others. One process at a time; what it was doing when it died is done again, under the same id.
 */
export function createSettle(parts: DeskParts): (ticket: string) => Promise<void> {
  const { records, office, retentionMs, now } = parts;
  let settlings = 0;
  const inVain = new Set<string>();

  const save = (record: TicketRecord, over: number) =>
    records.put(TICKETS, record.ticket.id, { ...putting(record, office, retentionMs), over });

  /** Changes the record as it is by then. Nothing where there is none, or where `next` wants nothing. */
  const update = async (
    id: string,
    next: (record: TicketRecord) => TicketRecord | undefined,
  ): Promise<TicketRecord | undefined> => {
    for (;;) {
      const stored = await records.get(TICKETS, id);
      const record = readTicket(stored);
      const changed = record && next(record);
      if (stored === undefined || changed === undefined) return undefined;
      if (isOver(changed)) {
        await records.remove(TICKETS, id);
        return undefined;
      }
      if ((await save(changed, stored.version)) === "saved") return changed;
    }
  };

  return async (id) => {
    settlings += 1;
    const holder = `${parts.holder}-${settlings}`;
    const renew = () =>
      update(id, (record) =>
        record.lease?.holder === holder ? { ...record, lease: { holder, until: now() + LEASE_MS } } : undefined,
      );
    for (;;) {
      const held = await update(id, (record) => {
        if (record.lease !== undefined && record.lease.holder !== holder && record.lease.until > now()) return undefined;
        const next = nextOwed(record, now());
        if (next === undefined) return undefined;
        const owed = record.owed.map((each) => (each.id === next.id ? { ...each, tries: each.tries + 1 } : each));
        return { ...record, owed, lease: { holder, until: now() + LEASE_MS } };
      });
      const taken = held && nextOwed(held, now());
      if (held === undefined || taken === undefined) return;
      // Counted already, so one less was tried before.
      const owed = { ...taken, tries: taken.tries - 1 };
      const ran = await whileRenewed(renew, () => run(parts, held, owed, inVain)).catch((error: unknown): Ran => {
        parts.log.deskFailed(owed.effect.to, error);
        return later(owed);
      });
      await update(id, (record) => (record.lease?.holder === holder ? settled(record, owed, ran, now()) : undefined));
    }
  };
}

/** The first that is due of what is noted, of what goes to the member, or of what goes to staff. */
function nextOwed({ owed }: TicketRecord, now: number): OwedEffect | undefined {
  const firstOf = (queue: string) => owed.find(({ effect }) => queueOf(effect) === queue);
  return ["audit", "member", "staff"].map(firstOf).find((each) => each !== undefined && each.due <= now);
}

function queueOf({ to }: TicketEffect): string {
  return to === "audit" || to === "member" ? to : "staff";
}

function settled(record: TicketRecord, done: OwedEffect, ran: Ran, now: number): TicketRecord {
  const { lease: _lease, ...free } = record;
  if (ran.is === "done") return { ...free, owed: record.owed.filter(({ id }) => id !== done.id), ...ran.known };
  const tries = done.tries + (ran.counts ? 1 : 0);
  return { ...free, owed: record.owed.map((each) => (each.id === done.id ? { ...each, tries, due: now + ran.inMs } : each)) };
}

/** Of an erased ticket nothing is kept once staff have nothing of it either. */
function isOver({ ticket, owed }: TicketRecord): boolean {
  return ticket.address === undefined && owed.length === 0;
}

/** `inVain` holds the ids of effects that failed before in this process, so that each is told of once. */
async function run(parts: DeskParts, record: TicketRecord, owed: OwedEffect, inVain: Set<string>): Promise<Ran> {
  const afterwards = (sent: Sent, known?: (reference: MessageReference) => Known): Ran => {
    if (!sent.ok) return failed(parts, record, owed, sent, inVain);
    inVain.delete(owed.id);
    return known === undefined ? DONE : { is: "done", known: known(sent.reference) };
  };
  const { ticket, card, posts } = record;
  const { effect, id, tries } = owed;
  const { room } = parts;
  switch (effect.to) {
    case "member": {
      if (ticket.address === undefined) return DONE;
      const incoming: Incoming = {
        id: `desk-${id}`,
        kind: "notice",
        notice: { about: "ticket", ticket: ticket.id, news: effect.news },
      };
      // What staff sent stays owed until the member's conversation has it.
      return (await parts.handle(ticket.address, incoming)) === "taken" ? DONE : later(owed);
    }
    case "audit":
      await createAudit(parts.records).note(effect.id, effect.entry);
      return DONE;
    case "card": {
      const post = cardOf(ticket, parts.card);
      if (card !== undefined) {
        const sent = await room.update(card, post);
        if (sent.ok || sent.why !== "gone") return afterwards(sent);
      }
      if (ticket.address === undefined) return takeAway(parts, owed);
      const sent = await room.post(post, { id, tries });
      return afterwards(sent, (reference) => ({ card: reference }));
    }
    case "thread": {
      if (ticket.address === undefined) return takeAway(parts, owed, card);
      const sent = await room.post(noteOf(effect.note, ticket.id), { id, tries, ...(card === undefined ? {} : { under: card }) });
      const holdsWords = effect.note.is === "member-wrote";
      return afterwards(sent, (reference) => (holdsWords ? { posts: [...posts, reference] } : {}));
    }
    case "removal":
      for (const reference of posts) {
        const sent = await room.remove(reference);
        if (!sent.ok && sent.why !== "gone") return afterwards(sent);
      }
      return (await room.showPagesAnew()) ? { is: "done", known: { posts: [] } } : later(owed);
  }
}

/** Of an erased question nothing is posted any more, and what may have been, in a try that nobody knows the end of, is taken away. */
async function takeAway({ room }: DeskParts, owed: OwedEffect, under?: MessageReference): Promise<Ran> {
  if (owed.tries === 0) return DONE;
  const found = await room.find(owed.id, under);
  if (found === "none") return DONE;
  const removed = found === "unknown" ? undefined : await room.remove(found.reference);
  return removed?.ok === true ? DONE : later(owed);
}

function failed(
  { log }: DeskParts,
  { card }: TicketRecord,
  owed: OwedEffect,
  sent: Exclude<Sent, { ok: true }>,
  inVain: Set<string>,
): Ran {
  const { effect, id, tries } = owed;
  if (!inVain.has(id) || !("retryAfterMs" in sent)) log.deskDelayed(effect.to, sent.why, tries + 1);
  if (!inVain.has(id) && effect.to === "card" && card === undefined) log.cardNotPosted(sent.why);
  inVain.add(id);
  // Surely not there: the next try need not look for it.
  if ("retryAfterMs" in sent) return { is: "later", inMs: sent.retryAfterMs, counts: false };
  return later(owed);
}

/** It stays owed however often it failed: staff must not miss a question. */
function later({ tries }: OwedEffect): Ran {
  return { is: "later", inMs: Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tries, MOST_DOUBLINGS)), counts: true };
}
