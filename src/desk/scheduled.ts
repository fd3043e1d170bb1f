import { z } from "zod";
import type { Records } from "#core/ports.ts";
import type { StaffPost, StaffRoom } from "#core/staff.ts";
import { afterWorking, type Office } from "#desk/office-hours.ts";
import { dayAt } from "#text/dates.ts";

export interface ScheduledParts {
  readonly records: Records;
  readonly room: StaffRoom;
  readonly office: Office;
  readonly now: () => number;
}

export interface Schedule {
  /** Names what is posted, with its day. */
  readonly name: "daily" | "weekly";
  /** The first time after a moment, milliseconds. */
  readonly next: (office: Office, now: number) => number;
  /** What is posted then; nothing where there is nothing to say. */
  readonly make: () => Promise<StaffPost | undefined>;
}

const COLLECTION = "desk";
/** Longer than a post takes. */
const LEASE_MS = 60_000;
const KEPT_MS = 366 * 86_400_000;

/** `planned`: the time it is for; `due`: when it is looked at, later while it is held or put off. */
const schema = z.object({ tries: z.number(), planned: z.number(), due: z.number() });

/**
 * Makes the function that posts what comes again and again, once its time has come and somebody is there to read it; one process at a time,
 * and each of them once. A time that nobody was running at is not made up for twice.
 */
export function createScheduled({ records, room, office, now }: ScheduledParts, { name, next, make }: Schedule) {
  const put = (value: z.output<typeof schema>, over: number) =>
    records.put(COLLECTION, name, { value, over, due: value.due, expiresAt: value.due + KEPT_MS });
  const plan = (over: number) => {
    const planned = next(office, now());
    return put({ tries: 0, planned, due: planned }, over);
  };

  return async (): Promise<void> => {
    const stored = await records.get(COLLECTION, name);
    const known = schema.safeParse(stored?.value).data;
    const over = stored?.version ?? 0;
    if (known === undefined) {
      await plan(over);
      return;
    }
    if (known.due > now()) return;
    const open = afterWorking(office, now(), 0);
    if (open > now()) {
      await put({ ...known, due: open }, over);
      return;
    }
    if ((await put({ ...known, tries: known.tries + 1, due: now() + LEASE_MS }, over)) === "stale") return;
    const post = await make();
    const id = `${name}-${dayAt(known.planned, office.timeZone)}`;
    const sent = post === undefined ? undefined : await room.post(post, { id, tries: known.tries });
    // What did not arrive is tried again when the lease is over, and looked for first.
    if (sent !== undefined && !sent.ok) return;
    const mine = await records.get(COLLECTION, name);
    if (mine !== undefined) await plan(mine.version);
  };
}
