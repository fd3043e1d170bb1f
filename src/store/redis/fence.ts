import type { RedisInside } from "#store/redis/owing.ts";
import { createRemembered } from "#store/redis/remembered.ts";

/** For how long nothing is given out after a server came up: as long as every process needs to find it again and to tell what it knows. */
const FENCE_MS = 3000;
const CHUNK = 500;

/** What keeps a server that may have lost data from giving out again what was sent. */
export interface Fence {
  /** Notes what a row of this process has become. */
  note(run: string, holder: string, row: string, state: string): void;
  /** What it was is over: it is being changed, and to what nobody knows yet. */
  forget(run: string, holder: string, row: string): void;
  /** Tells a server that the run does not know yet what this process knows, once. */
  tell(run: string, server: string): Promise<void>;
  /** Whether a run that is not there has surely not been there: no server was found anew a moment ago. */
  isSettled(): boolean;
  /** Whether the run may go on. */
  open(run: string, server: string): Promise<boolean>;
}

/** A server that comes back is told at once, as whoever has something on the wire may ask for nothing meanwhile. */
export function createFence({ connection, scripts, places, now, retentionMs }: RedisInside): Fence {
  const remembered = createRemembered();
  const told = new Map<string, Promise<void>>();

  const tellAll = async (run: string): Promise<void> => {
    for (const [holder, rows] of remembered.of(run)) {
      for (let at = 0; at < rows.length; at += CHUNK) {
        // As they are by now: what was given back may be on the wire again.
        const pairs = rows.slice(at, at + CHUNK).flatMap((row) => {
          const state = remembered.stateOf(run, holder, row);
          return state === undefined ? [] : [row, state];
        });
        if (pairs.length === 0) continue;
        await scripts.reassertRows(places.run(run), [holder, now(), retentionMs, ...pairs]);
      }
    }
  };
  const tell = (run: string, server: string): Promise<void> => {
    const before = told.get(`${run} ${server}`);
    if (before !== undefined) return before;
    const telling = tellAll(run).catch((error: unknown) => {
      told.delete(`${run} ${server}`);
      throw error;
    });
    told.set(`${run} ${server}`, telling);
    return telling;
  };
  let foundAt = Number.NEGATIVE_INFINITY;
  connection.on("ready", () => {
    foundAt = performance.now();
    // Where it does not succeed, the next claim or sweep finds out.
    void Promise.all(remembered.runs().map(tellAll)).catch(() => {});
  });

  return {
    note: (run, holder, row, state) => remembered.note(run, holder, row, state),
    forget: (run, holder, row) => remembered.forget(run, holder, row),
    tell,
    isSettled: () => performance.now() - foundAt > FENCE_MS,
    async open(run, server) {
      await tell(run, server);
      return (await scripts.openFence(places.run(run), [server, FENCE_MS])) === 1;
    },
  };
}
