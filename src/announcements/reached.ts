import type { Ended, Ledger, ListedEnd } from "#core/ledger.ts";

const PAGE = 500;
/** Longer than anything is on the wire. */
const LEASE_MS = 30_000;

/** Whom runs reached, page by page: however many there are, one page is in memory. */
export interface Reached {
  pages(run: string, ended: ListedEnd): AsyncGenerator<readonly Ended[]>;
  /** Those who have it, and those who may have it. */
  told(run: string): AsyncGenerator<readonly Ended[]>;
  /** Whether nothing of these runs is on the wire any more. */
  areKnown(runs: readonly string[]): Promise<boolean>;
  /** Closes a run that was stopped; whether nothing of it can leave any more. */
  close(run: string): Promise<boolean>;
}

export function createReached(ledger: Pick<Ledger, "list" | "sweep" | "counts" | "close">, now: () => number): Reached {
  async function* pages(run: string, ended: ListedEnd) {
    for (let after: string | undefined; ;) {
      const page = await ledger.list(run, ended, after, PAGE);
      if (page.length > 0) yield page;
      if (page.length < PAGE) return;
      after = page.at(-1)?.row;
    }
  }

  return {
    pages,

    async *told(run) {
      for (const ended of ["sent", "uncertain"] as const) yield* pages(run, ended);
    },

    async areKnown(runs) {
      for (const run of runs) {
        await ledger.sweep(run, LEASE_MS, now());
        const { claimed, sending } = await ledger.counts(run);
        if (claimed + sending > 0) return false;
      }
      return true;
    },

    async close(run) {
      await ledger.close(run);
      await ledger.sweep(run, LEASE_MS, now());
      // What the platform put off just then is to be sent again: it is closed by the next look.
      const { pending, claimed, sending } = await ledger.counts(run);
      return pending + claimed + sending === 0;
    },
  };
}
