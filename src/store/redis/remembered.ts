/** Of one process: enough for what a server can lose, seconds of sending and a restart with older data. */
const MOST_ROWS = 20_000;
const MOST_RUNS = 8;

/**
 * What this process knows of the rows that it had on the wire, however many hands it sends with. A server that lost data is told of it again, so
 * that nothing that was sent is given out once more.
 */
export interface Remembered {
  note(run: string, holder: string, row: string, state: string): void;
  forget(run: string, holder: string, row: string): void;
  /** The rows of a run by holder. */
  of(run: string): ReadonlyMap<string, readonly string[]>;
  /** The state that a row was last seen in by its holder; `undefined` where that is not known any more. */
  stateOf(run: string, holder: string, row: string): string | undefined;
  runs(): readonly string[];
}

interface Known {
  readonly run: string;
  readonly holder: string;
  readonly row: string;
  readonly state: string;
}

export function createRemembered(): Remembered {
  const runs = new Set<string>();
  // The oldest first. However many are sent while one is on the wire, it is not forgotten before it has ended.
  const onTheWire = new Map<string, Known>();
  const ended = new Map<string, Known>();
  const nameOf = (run: string, holder: string, row: string) => `${run}\n${holder}\n${row}`;

  const forgetRun = (run: string): void => {
    runs.delete(run);
    for (const known of [onTheWire, ended]) for (const [name, each] of known) if (each.run === run) known.delete(name);
  };
  const forget: Remembered["forget"] = (run, holder, row) => {
    const name = nameOf(run, holder, row);
    onTheWire.delete(name);
    ended.delete(name);
  };

  return {
    note(run, holder, row, state) {
      runs.delete(run);
      runs.add(run);
      if (runs.size > MOST_RUNS) forFirst(runs.keys(), forgetRun);
      forget(run, holder, row);
      const known = state.startsWith("S|") ? onTheWire : ended;
      known.set(nameOf(run, holder, row), { run, holder, row, state });
      if (known.size > MOST_ROWS) forFirst(known.keys(), (name) => known.delete(name));
    },
    forget,
    of(run) {
      const holders = new Map<string, string[]>();
      for (const known of [onTheWire, ended])
        for (const each of known.values()) {
          if (each.run !== run) continue;
          const rows = holders.get(each.holder) ?? [];
          holders.set(each.holder, rows);
          rows.push(each.row);
        }
      return holders;
    },
    stateOf(run, holder, row) {
      const name = nameOf(run, holder, row);
      return (onTheWire.get(name) ?? ended.get(name))?.state;
    },
    runs: () => [...runs],
  };
}

function forFirst(names: Iterable<string>, act: (name: string) => void): void {
  for (const name of names) {
    act(name);
    return;
  }
}
