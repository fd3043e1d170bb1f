import type { Ticket } from "#core/ticket.ts";
import { dailyList } from "#desk/card.ts";
import type { DeskParts } from "#desk/desk.ts";
import { nextMorning } from "#desk/office-hours.ts";
import { readTicket, TICKETS } from "#desk/record.ts";
import { createScheduled } from "#desk/scheduled.ts";

const MOST_LISTED = 50;
/** The states in which a ticket waits for staff. */
const WAITING = ["open", "claimed"] as const;

/** What every morning begins with: the list of what waits. */
export function createDaily(parts: DeskParts) {
  const { records, card } = parts;
  const waiting = async (limit: number): Promise<Ticket[]> => {
    const found: Ticket[] = [];
    for (const value of WAITING) {
      const stored = await records.list(TICKETS, { by: "order", name: "state", value, limit });
      found.push(...stored.flatMap((each) => readTicket(each)?.ticket ?? []));
    }
    return found.toSorted((a, b) => a.waitsSince - b.waitsSince).slice(0, limit);
  };
  const waitingCount = async (): Promise<number> => {
    const counts = await Promise.all(WAITING.map((value) => records.count(TICKETS, "state", value)));
    return counts.reduce((sum, count) => sum + count, 0);
  };

  return {
    waiting,
    waitingCount,

    /** Posts it once its time has come. */
    post: createScheduled(parts, {
      name: "daily",
      next: nextMorning,
      async make() {
        const list = dailyList(await waiting(MOST_LISTED), await waitingCount(), card);
        return list.paragraphs.length === 0 ? undefined : list;
      },
    }),
  };
}
