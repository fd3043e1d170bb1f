import { randomUUID } from "node:crypto";
import type { Job, Jobs } from "#core/ledger.ts";
import type { StoredRecord } from "#core/ports.ts";
import {
  CLOSES_WITHIN_MS,
  collectionOf,
  FIRST_RETRY_MS,
  putting,
  readJob,
  removeAsRead,
  replace,
  retryAfter,
  within,
  type JobsParts,
} from "#jobs/record.ts";

/** Due work of one process, over the records of its store. */
export interface EmbeddedJobs extends Jobs {
  /** Does what is due now, and waits for it. Gives how many jobs were done. */
  settleOwed(): Promise<number>;
}

type Run = (job: Job) => Promise<void>;

const AT_ONCE = 50;
/** Of one job that throws the others must not notice. */
const LOOKED_EVERY_MS = 1000;

/** Due work for the one process that has the store: a job stays in the store until it is done, so that it survives whatever ends the process. */
export function createEmbeddedJobs(parts: JobsParts & { readonly everyMs?: number }): EmbeddedJobs {
  const { records, now, failed, everyMs = LOOKED_EVERY_MS } = parts;
  const { closesWithinMs = CLOSES_WITHIN_MS, firstRetryMs = FIRST_RETRY_MS } = parts;
  const workers = new Map<string, Run>();
  const underWay = new Map<string, Promise<boolean>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const doOne = async (run: Run, collection: string, stored: StoredRecord): Promise<boolean> => {
    const job = readJob(stored);
    if (job === undefined) {
      await removeAsRead(records, collection, stored);
      return false;
    }
    try {
      await run({ name: job.name, id: job.id, about: job.about });
      await removeAsRead(records, collection, stored);
      return true;
    } catch (error) {
      const tries = job.tries + 1;
      failed(job.name, tries, error);
      const due = now() + retryAfter(tries, firstRetryMs);
      await records.put(collection, stored.id, { ...putting({ ...job, tries }, due), over: stored.version });
      return false;
    }
  };

  /** One of an id at a time: what was scheduled anew while it is being done comes after it. */
  const begin = (run: Run, name: string, stored: StoredRecord): Promise<boolean> | undefined => {
    const key = JSON.stringify([name, stored.id]);
    if (closed || underWay.has(key)) return undefined;
    const doing = doOne(run, collectionOf(name), stored)
      .catch((error: unknown) => {
        failed(name, 0, error);
        return false;
      })
      .finally(() => underWay.delete(key));
    underWay.set(key, doing);
    return doing;
  };

  /** The answer waits for what was begun, and gives how many jobs were done. */
  const beginDue = async (): Promise<() => Promise<number>> => {
    const begun: Promise<boolean>[] = [];
    for (const [name, run] of workers) {
      const due = await records.list(collectionOf(name), { by: "due", until: now(), limit: AT_ONCE });
      begun.push(...due.flatMap((stored) => begin(run, name, stored) ?? []));
    }
    return async () => (await Promise.all(begun)).filter(Boolean).length;
  };

  const look = async (): Promise<void> => {
    await beginDue().catch((error: unknown) => failed("look", 0, error));
    if (closed) return;
    timer = setTimeout(() => {
      looking = look();
    }, everyMs);
  };
  let looking: Promise<void> | undefined;

  return {
    schedule: ({ name, id, about }, at) =>
      replace(records, collectionOf(name), id, putting({ name, id, about, at, tries: 0, token: randomUUID() }, at)),

    cancel: (name, id) => records.remove(collectionOf(name), id),

    async work(name, run) {
      workers.set(name, run);
      looking ??= look();
    },

    async settleOwed() {
      const ended = await beginDue();
      return ended();
    },

    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      await looking;
      await within(closesWithinMs, underWay.values());
    },
  };
}
