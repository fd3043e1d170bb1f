/** Shorter than a week: the next weekly message waits for the one before. */
const TRIED_MS = 6 * 86_400_000;
/** Where a run has rested for longer than that, processes that have the channel need time to come up. */
const LEAST_TRIED_MS = 3_600_000;

/** Until when what cannot be sent is tried: a channel may come back, but nobody is to wait for one that was given up. */
export interface LastTries {
  /** Of a run that may go out since then, and that this process works on; milliseconds. */
  until(run: string, since: number): number;
  /** Those that this process works on, and no others: one that rested is tried anew. */
  only(runs: readonly string[]): void;
}

export function createLastTries(now: () => number): LastTries {
  const workedSince = new Map<string, number>();
  return {
    until(run, since) {
      const worked = workedSince.get(run) ?? now();
      workedSince.set(run, worked);
      return Math.max(since + TRIED_MS, worked + LEAST_TRIED_MS);
    },
    only(runs) {
      for (const run of workedSince.keys()) if (!runs.includes(run)) workedSince.delete(run);
    },
  };
}
