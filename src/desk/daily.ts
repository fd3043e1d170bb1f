import { z } from "zod";
import type { Ticket } from "#core/ticket.ts";
import { dailyList } from "#desk/card.ts";
import type { DeskParts } from "#desk/desk.ts";
import { nextMorning } from "#desk/office-hours.ts";
import { readTicket, TICKETS } from "#desk/record.ts";
import { dayAt } from "#text/dates.ts";

const COLLECTION = "desk";
const ID = "daily";
/** Longer than a post takes. */
const LEASE_MS = 60_000;
const MOST_LISTED = 50;
/** The states in which a ticket waits for staff. */
const WAITING = ["open", "claimed"] as const;
const KEPT_MS = 366 * 86_400_000;

const schema = z.object({ tries: z.number(), due: z.number() });

/** What every morning begins with: the list of what waits. */
export function createDaily({ records, room, office, card, now }: DeskParts) {
  const put = (value: z.output<typeof schema>, over: number) =>
    records.put(COLLECTION, ID, { value, over, due: value.due, expiresAt: value.due + KEPT_MS });

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

    /** Posts it once its time has come; one process at a time. A morning that nobody was running on is not made up for twice. */
    async post(): Promise<void> {
      const stored = await records.get(COLLECTION, ID);
      const known = schema.safeParse(stored?.value).data;
      const over = stored?.version ?? 0;
      if (known === undefined) {
        await put({ tries: 0, due: nextMorning(office, now()) }, over);
        return;
      }
      if (known.due > now()) return;
      const held = { tries: known.tries + 1, due: now() + LEASE_MS };
      if ((await put(held, over)) === "stale") return;
      const list = dailyList(await waiting(MOST_LISTED), await waitingCount(), card);
      const id = `daily-${dayAt(now(), office.timeZone)}`;
      const sent = list.paragraphs.length === 0 ? undefined : await room.post(list, { id, tries: known.tries });
      // What did not arrive is tried again when the lease is over, and looked for first.
      if (sent !== undefined && !sent.ok) return;
      const mine = await records.get(COLLECTION, ID);
      if (mine !== undefined) await put({ tries: 0, due: nextMorning(office, now()) }, mine.version);
    },
  };
}
