import { z } from "zod";
import type { Ledger } from "#core/ledger.ts";
import type { Records, StoredRecord } from "#core/ports.ts";
import { untilWon } from "#core/until-won.ts";

export interface DrawnParts {
  readonly records: Records;
  readonly ledger: Pick<Ledger, "counts" | "keep">;
  readonly retentionMs: number;
  readonly now: () => number;
}

/** Which runs are written down, and whether it is still known whom they reached. */
export interface Drawn {
  has(run: string): Promise<boolean>;
  mark(run: string): Promise<void>;
  /** Keeps whom a run reached at least until then; milliseconds. */
  keep(run: string, until: number): Promise<void>;
  /** Whether it was written down, and its rows are gone. */
  isGone(run: string): Promise<boolean>;
}

const COLLECTION = "drawn";
/** The mark outlives the rows: a run that is drawn anew would reach those a second time of whom nobody knows any more that they have it. */
const KEPT_MS = 2 * 366 * 86_400_000;

const schema = z.object({ until: z.number() });

export function createDrawn({ records, ledger, retentionMs, now }: DrawnParts): Drawn {
  const untilOf = (stored: StoredRecord | undefined) => schema.safeParse(stored?.value).data?.until ?? 0;

  const put = (run: string, until: number, over: number) =>
    records.put(COLLECTION, run, { value: { until }, over, expiresAt: Math.max(now(), until) + KEPT_MS });

  return {
    has: async (run) => (await records.get(COLLECTION, run)) !== undefined,
    // Where another process was sooner, its mark stays.
    mark: async (run) => void (await put(run, now() + retentionMs, 0)),

    async keep(run, until) {
      if (!(await ledger.keep(run, until))) return;
      await untilWon("The mark of a run", async () => {
        const stored = await records.get(COLLECTION, run);
        return stored === undefined || untilOf(stored) >= until ? "kept" : put(run, until, stored.version);
      });
    },

    async isGone(run) {
      const stored = await records.get(COLLECTION, run);
      if (stored === undefined || untilOf(stored) > now()) return false;
      const { failed, ...rows } = await ledger.counts(run);
      return [...Object.values(failed), ...Object.values(rows)].every((count) => count === 0);
    },
  };
}
