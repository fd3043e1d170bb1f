import type { DeskParts } from "#desk/desk.ts";
import { NOT_CLOSED, putting, readTicket, TICKETS, withEffects } from "#desk/record.ts";

const MOST_RACES = 10;

/** Owes a card anew to every ticket that is not closed and whose card stands in a channel that is not the desk's any more. */
export async function moveCards({ records, room, office, retentionMs, now }: DeskParts): Promise<void> {
  const move = async (id: string): Promise<void> => {
    for (let race = 0; race < MOST_RACES; race += 1) {
      const stored = await records.get(TICKETS, id);
      const record = readTicket(stored);
      if (stored === undefined || record?.card === undefined || room.holds(record.card)) return;
      const { card: _elsewhere, ...without } = record;
      const next = withEffects(without, record.ticket, [{ to: "card" }], now());
      if ((await records.put(TICKETS, id, { ...putting(next, office, retentionMs), over: stored.version })) === "saved") return;
    }
  };

  for (const value of NOT_CLOSED) {
    const stored = await records.list(TICKETS, { by: "index", name: "state", value, limit: Number.POSITIVE_INFINITY });
    for (const each of stored) {
      const card = readTicket(each)?.card;
      if (card !== undefined && !room.holds(card)) await move(each.id);
    }
  }
}
