import type { Config } from "#config.ts";
import type { Jobs } from "#core/ledger.ts";
import type { Store } from "#core/ports.ts";
import type { Log } from "#ops/log.ts";

/** Due work beside the store that the settings name. To be closed before the store is. */
export async function openJobs(config: Config, store: Store, now: () => number, log: Log): Promise<Jobs> {
  const parts = {
    records: store.records,
    now,
    failed: (name: string, tries: number, error: unknown) => log.jobFailed(name, tries, error),
  };
  // Loaded when it is needed, as with the stores.
  if (config.redisUrl === undefined) {
    const { createEmbeddedJobs } = await import("#jobs/embedded.ts");
    return createEmbeddedJobs(parts);
  }
  const { createBullJobs } = await import("#jobs/bullmq.ts");
  const { connect, connectToWait } = await import("#store/redis/connection.ts");
  const url = config.redisUrl.reveal();
  return createBullJobs({
    ...parts,
    nameOf: (id) => store.nameForLog(id),
    queueConnection: await connect(url),
    workerConnection: () => connectToWait(url),
  });
}
