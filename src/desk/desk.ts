import { createLanes } from "#core/lanes.ts";
import type { Handle, Records } from "#core/ports.ts";
import type { StaffDesk, StaffRoom } from "#core/staff.ts";
import type { Acted, DeliveryReport, MemberAct } from "#core/ticket.ts";
import { createAudit } from "#desk/audit.ts";
import type { CardParts } from "#desk/card.ts";
import { createDaily } from "#desk/daily.ts";
import { nextDue } from "#desk/due.ts";
import { moveCards } from "#desk/moved.ts";
import type { Office } from "#desk/office-hours.ts";
import type { TicketEffect } from "#desk/outcome.ts";
import { putting, readTicket, TICKETS, withEffects, type TicketRecord } from "#desk/record.ts";
import { createSettle } from "#desk/settle.ts";
import type { Opening, TicketAction } from "#desk/ticket.ts";
import { changeTicket, openTicket } from "#desk/ticket.ts";

export interface DeskParts {
  readonly records: Records;
  readonly room: StaffRoom;
  /** Takes news to a member's conversation. */
  readonly handle: Handle;
  readonly office: Office;
  readonly card: CardParts;
  readonly now: () => number;
  /** Names this process among those that share the store. */
  readonly holder: string;
  readonly retentionMs: number;
  readonly log: DeskLog;
}

/** What is told of running: codes only. */
export interface DeskLog {
  deskFailed(effect: string, error: unknown): void;
  deskDelayed(effect: string, why: string, tries: number): void;
  /** A question whose card staff do not have yet: told once, while it stays owed. */
  cardNotPosted(why: string): void;
}

/** The danışma masası: members' questions and what staff do with them. Whatever is done twice under one id is done once. */
export interface Desk extends StaffDesk, AsyncDisposable {
  /** `by`: the act that begins it, so that it is not taken for another one when it comes again. */
  open(opening: Opening, by?: string): Promise<void>;
  memberActs(ticket: string, act: MemberAct, id: string): Promise<Acted>;
  report(report: DeliveryReport, id: string): Promise<Acted>;
  /** Before a person's records are erased: takes their words off the staff's platform, and keeps nothing of theirs in what that takes. */
  forget(channel: string, person: string): Promise<void>;
  /** Does what is due: effects that could not be done, reminders, the daily list. Gives how many it saw to. */
  settleOwed(): Promise<number>;
  /** Waits until nothing of this process is under way. */
  idle(): Promise<void>;
}

const MOST_RACES = 100;
const SWEPT_AT_ONCE = 100;
const SETTLED_SIDE_BY_SIDE = 8;

/** The desk over a store and the staff's room. */
export function createDesk(parts: DeskParts): Desk {
  const { records, office, now, retentionMs, log } = parts;
  const settle = createSettle(parts);
  const daily = createDaily(parts);
  const audit = createAudit(records);
  const underWay = new Set<Promise<void>>();
  let moved = false;

  // Aside: neither a member's reply nor a press may wait for the other platform. What fails stays owed.
  const settleAside = (id: string) => {
    const settling = settle(id)
      .catch((error: unknown) => log.deskFailed("settle", error))
      .finally(() => underWay.delete(settling));
    underWay.add(settling);
  };
  const idle = async () => {
    while (underWay.size > 0) await Promise.all(underWay);
  };

  const change = async (id: string, action: TicketAction, alsoOwed: readonly TicketEffect[] = []): Promise<Acted> => {
    for (let race = 0; race < MOST_RACES; race += 1) {
      const stored = await records.get(TICKETS, id);
      const record = readTicket(stored);
      if (stored === undefined || record === undefined) return { kind: "refused", refusal: { why: "gone" } };
      const at = now();
      const outcome = changeTicket(record.ticket, action, at);
      if (outcome.kind === "refused") return outcome;
      const { ticket, effects } = outcome;
      if (ticket === record.ticket) return { kind: "done", ticket };
      const next = withEffects(record, ticket, [...alsoOwed, ...effects], at);
      if ((await records.put(TICKETS, id, { ...putting(next, office, retentionMs), over: stored.version })) === "stale") continue;
      settleAside(id);
      return { kind: "done", ticket };
    }
    throw new Error(`A ticket lost the race for its record ${MOST_RACES} times.`);
  };

  const passTime = async (record: TicketRecord) => {
    const due = nextDue(record.ticket, office);
    if (due !== undefined && due.at <= now()) await change(record.ticket.id, { id: `${due.do}-${due.at}`, do: due.do });
  };

  return {
    async open(opening, by) {
      const at = now();
      const { ticket, effects } = openTicket(opening, at, by);
      const record = withEffects({ ticket, count: 0, owed: [], posts: [] }, ticket, effects, at);
      // "stale" means that it is open already.
      await records.put(TICKETS, opening.id, { ...putting(record, office, retentionMs), over: 0 });
      settleAside(opening.id);
    },
    async act(ticket, by, act, id) {
      const told = { at: now(), by, on: ticket };
      // Owed with the deed itself, so that no deed goes unnoted.
      const acted = await change(ticket, { ...act, id, by }, [{ to: "audit", id, entry: { ...told, did: `ticket.${act.do}` } }]);
      // Under a name of its own: what was refused once may be done under the same id later, and that has to be noted too.
      if (acted.kind === "refused") await audit.note(`${id}-refused`, { ...told, did: "refused", why: acted.refusal.why });
      return acted;
    },
    memberActs: (ticket, act, id) => change(ticket, { ...act, id }),
    report: ({ ticket, ...report }, id) => change(ticket, { ...report, id, do: "delivered" }),

    async forget(channel, person) {
      const owned = await records.list(TICKETS, { by: "owner", channel, person, limit: Number.POSITIVE_INFINITY });
      for (const { id } of owned) await change(id, { id: "erase", do: "erase" });
    },

    ticket: async (id) => readTicket(await records.get(TICKETS, id))?.ticket,
    waiting: (limit) => daily.waiting(limit),
    waitingCount: () => daily.waitingCount(),

    async settleOwed() {
      // Once a process: the channel is a setting.
      if (!moved) {
        await moveCards(parts);
        moved = true;
      }
      const due = await records.list(TICKETS, { by: "due", until: now(), limit: SWEPT_AT_ONCE });
      // One that fails, or is slow, must not keep the others from theirs.
      const seeTo = async (record: TicketRecord) => {
        await passTime(record).catch((error: unknown) => log.deskFailed("timer", error));
        await settle(record.ticket.id).catch((error: unknown) => log.deskFailed("settle", error));
      };
      const lanes = createLanes(SETTLED_SIDE_BY_SIDE);
      const known = due.flatMap((stored) => readTicket(stored) ?? []);
      await Promise.all(known.map((record) => lanes.run(record.ticket.id, () => seeTo(record))));
      await daily.post().catch((error: unknown) => log.deskFailed("daily", error));
      return due.length;
    },
    idle,
    [Symbol.asyncDispose]: idle,
  };
}
