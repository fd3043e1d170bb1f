import { randomBytes } from "node:crypto";
import { Queue, Worker, type ConnectionOptions } from "bullmq";
import type { Job, Jobs } from "#core/ledger.ts";
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
  type JobRecord,
  type JobsParts,
} from "#jobs/record.ts";

/** A connection as this room is handed it: closed here, once nothing needs it any more. */
type Handed = ConnectionOptions & { disconnect(): void };

export interface BullJobsParts extends JobsParts {
  /** Fails at once while Redis is away, so that whoever schedules is told. */
  readonly queueConnection: Handed;
  /** Makes a connection that waits for Redis: with a time limit on commands a worker would never be given a job. */
  readonly workerConnection: () => Handed;
  /** A keyed hash: no id stands in clear in the names of jobs. */
  readonly nameOf: (id: string) => string;
  /** What is between braces puts all keys into one slot of a cluster (`{imece-jobs}`). */
  readonly prefix?: string | undefined;
  /** After how long a job of a process that died is done by another (30 s). */
  readonly leaseMs?: number | undefined;
}

const AT_ONCE = 8;
const LEASE_MS = 30_000;
/** Neither what throws nor what its process dies over is ever given up. */
const WITHOUT_END = 1_000_000;

/**
 * Due work for several processes. BullMQ keeps the times and hands each job to one process; what a job is, and whether it still is to be done,
 * stands in the records of the store, sealed: BullMQ itself never replaces a job by another of the same id.
 */
export function createBullJobs(parts: BullJobsParts): Jobs {
  const { records, now, failed, nameOf, queueConnection, workerConnection, prefix = "{imece-jobs}" } = parts;
  const { closesWithinMs = CLOSES_WITHIN_MS, firstRetryMs = FIRST_RETRY_MS, leaseMs = LEASE_MS } = parts;
  const queues = new Map<string, Queue>();
  const workers = new Map<string, { readonly worker: Worker; readonly connection: Handed }>();
  const underWay = new Set<Promise<void>>();

  const queueOf = (name: string): Queue => {
    const known = queues.get(name);
    if (known !== undefined) return known;
    const queue = new Queue(name, { connection: queueConnection, prefix, skipWaitingForReady: true });
    // The command that meets a lost connection fails by itself.
    queue.on("error", () => {});
    queues.set(name, queue);
    return queue;
  };

  /** Safe to do again: one that lies there is no second one. */
  const add = (record: string, { name, at, token }: Pick<JobRecord, "name" | "at" | "token">) =>
    queueOf(name).add(
      name,
      {},
      {
        jobId: `${record}-${token}`,
        delay: Math.max(0, at - now()),
        attempts: WITHOUT_END,
        backoff: { type: "custom" },
        removeOnComplete: true,
      },
    );

  const drop = (name: string, record: string, token: string) => queueOf(name).remove(`${record}-${token}`);

  const doOne = async (name: string, jobId: string, run: (job: Job) => Promise<void>): Promise<void> => {
    const [record, token] = [jobId.slice(0, jobId.lastIndexOf("-")), jobId.slice(jobId.lastIndexOf("-") + 1)];
    const stored = await records.get(collectionOf(name), record);
    const job = readJob(stored);
    if (stored === undefined || job === undefined) return;
    // Replaced by another that has a time of its own, and that was never added where the process died or the queue failed right then.
    if (job.token !== token) {
      await add(record, job);
      return;
    }
    await run({ name, id: job.id, about: job.about });
    await removeAsRead(records, collectionOf(name), stored);
  };

  return {
    async schedule({ name, id, about }, at) {
      const record = nameOf(`${name} ${id}`);
      const token = randomBytes(9).toString("hex");
      const before = readJob(await records.get(collectionOf(name), record));
      await replace(records, collectionOf(name), record, putting({ name, id, about, at, tries: 0, token }, undefined));
      await add(record, { name, at, token });
      // Only so that nothing of it is left: it would do nothing any more.
      if (before !== undefined) await drop(name, record, before.token);
    },

    async cancel(name, id) {
      const record = nameOf(`${name} ${id}`);
      const job = readJob(await records.get(collectionOf(name), record));
      await records.remove(collectionOf(name), record);
      if (job !== undefined) await drop(name, record, job.token);
    },

    async work(name, run) {
      if (workers.has(name)) return;
      const connection = workerConnection();
      const worker = new Worker(
        name,
        ({ id = "", attemptsMade }) => {
          const doing = doOne(name, id, run).catch((error: unknown) => {
            failed(name, attemptsMade + 1, error);
            // Nothing of the error goes into Redis: it can hold a person's words.
            throw new Error("failed");
          });
          underWay.add(doing);
          return doing.finally(() => underWay.delete(doing));
        },
        {
          connection,
          prefix,
          concurrency: AT_ONCE,
          lockDuration: leaseMs,
          stalledInterval: leaseMs,
          maxStalledCount: WITHOUT_END,
          settings: { backoffStrategy: (tries) => retryAfter(tries, firstRetryMs) },
        },
      );
      worker.on("error", () => {});
      workers.set(name, { worker, connection });
    },

    async [Symbol.asyncDispose]() {
      const all = [...workers.values()];
      await within(closesWithinMs, [Promise.all(all.map(({ worker }) => worker.pause(true)))]);
      await within(closesWithinMs, underWay);
      // Given up where it still is under way: the lock is not renewed any more, and another process does it.
      await within(closesWithinMs, [Promise.all(all.map(({ worker }) => worker.close(underWay.size > 0)))]);
      await within(closesWithinMs, [Promise.all([...queues.values()].map((queue) => queue.close()))]);
      for (const { connection } of all) connection.disconnect();
      queueConnection.disconnect();
    },
  };
}
