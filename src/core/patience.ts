/** What to do after a call failed that has to be made until it is answered. */
export interface Patience {
  /** Counts one more failure in a row. `waitMs`: until the next try; `tell`: whether this one is worth a line in the log. */
  failed(): { readonly waitMs: number; readonly tell: boolean };
  /** It was answered: the next failure is the first of its row. */
  answered(): void;
}

/** A platform that is away for hours is asked twice a minute. */
const LONGEST_WAIT_MS = 30_000;

/** Waits that double from `firstMs` to half a minute. Told are the first failure of a row and then one each time their number has doubled. */
export function createPatience(firstMs: number): Patience {
  let failures = 0;
  return {
    failed() {
      failures += 1;
      const waitMs = Math.min(firstMs * 2 ** (failures - 1), LONGEST_WAIT_MS);
      return { waitMs, tell: Number.isInteger(Math.log2(failures)) };
    },
    answered() {
      failures = 0;
    },
  };
}
