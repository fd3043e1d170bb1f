/** Of one holder: enough for what a server can lose, seconds of sending and a restart with older data. */
const MOST_ROWS = 5000;
const MOST_RUNS = 8;

/**
 * What this process knows of the rows that it had on the wire. A server that lost data is told of it again, so that nothing that was sent is
 * given out once more.
 */
export interface Remembered {
  note(run: string, holder: string, row: string, state: string): void;
  forget(run: string, holder: string, row: string): void;
  /** By holder: rows with the state each was last seen in. */
  of(run: string): ReadonlyMap<string, ReadonlyMap<string, string>>;
  runs(): readonly string[];
}

export function createRemembered(): Remembered {
  const runs = new Map<string, Map<string, Map<string, string>>>();
  return {
    note(run, holder, row, state) {
      const holders = runs.get(run) ?? new Map<string, Map<string, string>>();
      runs.delete(run);
      runs.set(run, holders);
      if (runs.size > MOST_RUNS) forgetFirst(runs);
      const rows = holders.get(holder) ?? new Map<string, string>();
      holders.set(holder, rows);
      rows.delete(row);
      rows.set(row, state);
      if (rows.size > MOST_ROWS) forgetFirst(rows);
    },
    forget: (run, holder, row) => void runs.get(run)?.get(holder)?.delete(row),
    of: (run) => runs.get(run) ?? new Map(),
    runs: () => [...runs.keys()],
  };
}

function forgetFirst(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    map.delete(key);
    return;
  }
}
