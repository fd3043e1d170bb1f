import { z } from "zod";
import type { Job } from "#core/ledger.ts";
import type { RecordPut, Records, StoredRecord } from "#core/ports.ts";
import { untilWon } from "#core/until-won.ts";

/** A job as it is stored. */
export interface JobRecord extends Job {
  /** When it is due, milliseconds. */
  readonly at: number;
  /** How often it was done and threw. */
  readonly tries: number;
  /** Tells this scheduling from the one that it replaced, and from the one that replaces it. */
  readonly token: string;
}

/** What both kinds of due work are made of. */
export interface JobsParts {
  readonly records: Records;
  readonly now: () => number;
  /** Is told of a job that threw; it comes again. */
  readonly failed: (name: string, tries: number, error: unknown) => void;
  /** How long closing waits for what is under way; that is done again by another process then. */
  readonly closesWithinMs?: number | undefined;
  /** How long the first repetition of a job that threw waits; each further one waits twice as long, an hour at most. */
  readonly firstRetryMs?: number | undefined;
}

export const CLOSES_WITHIN_MS = 10_000;
export const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 60 * 60_000;
/** A job that nobody does any more is gone a year after its time. */
const KEPT_MS = 366 * 86_400_000;

const schema: z.ZodType<JobRecord> = z.object({
  name: z.string(),
  id: z.string(),
  about: z.string(),
  at: z.number(),
  tries: z.number(),
  token: z.string(),
});

/** Jobs of a name lie apart, so that a name that nobody works at holds up no other. */
export function collectionOf(name: string): string {
  return `jobs-${name}`;
}

/** How long the next try waits after so many that threw. */
export function retryAfter(tries: number, firstRetryMs: number): number {
  return Math.min(LONGEST_RETRY_MS, firstRetryMs * 2 ** Math.min(tries - 1, 20));
}

/** A stored job, or `undefined` for one in a form that nobody knows. */
export function readJob(stored: StoredRecord | undefined): JobRecord | undefined {
  return schema.safeParse(stored?.value).data;
}

/** How a job is put. `due` where a table is asked for what is due. */
export function putting(job: JobRecord, due: number | undefined): Omit<RecordPut, "over"> {
  return { value: job, expiresAt: job.at + KEPT_MS, ...(due === undefined ? {} : { due }) };
}

/** Puts a record over whatever is there. */
export async function replace(records: Records, collection: string, id: string, put: Omit<RecordPut, "over">): Promise<void> {
  await untilWon("A job", async () => {
    const over = (await records.get(collection, id))?.version ?? 0;
    return records.put(collection, id, { ...put, over });
  });
}

/** Removes a record unless it was put anew since it was read: what was scheduled meanwhile stays. */
export async function removeAsRead(records: Records, collection: string, { id, version, value }: StoredRecord): Promise<void> {
  await records.put(collection, id, { value, over: version, expiresAt: 0 });
}

/** Waits for what is under way, but no longer than so many milliseconds. */
export async function within(milliseconds: number, underWay: Iterable<Promise<unknown>>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([Promise.allSettled(underWay), late]);
  clearTimeout(timer);
}
