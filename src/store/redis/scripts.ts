import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { BotError, faultOf } from "#core/errors.ts";
import type { Connection } from "#store/redis/connection.ts";

/** Runs one script. Each is safe to run twice: ioredis sends a command again whose answer was lost with a connection. */
export type Script = (keys: readonly string[], args: readonly (string | number)[]) => Promise<unknown>;

const FILES = {
  save: ["save"],
  claim: ["claim"],
  settle: ["settle"],
  postpone: ["postpone"],
  renew: ["renew"],
  release: ["release"],
  inspect: ["inspect"],
  mark: ["mark"],
  unmark: ["unmark"],
  erase: ["erase"],
  countRate: ["count-rate"],
  putRecord: ["forget-record", "put-record"],
  removeRecord: ["forget-record", "remove-record"],
  noteCollection: ["note-collection"],
  resealRecord: ["reseal-record"],
  noteRun: ["note-run"],
  expandRun: ["ledger", "ledger-expand"],
  keepRun: ["ledger", "ledger-keep"],
  claimRows: ["ledger", "ledger-claim"],
  armRow: ["ledger", "ledger-arm"],
  settleRow: ["ledger", "ledger-settle"],
  sweepRun: ["ledger", "ledger-sweep"],
  closeRun: ["ledger", "ledger-close"],
  resendRows: ["ledger", "ledger-resend"],
  eraseRow: ["ledger", "ledger-erase"],
  reassertRows: ["ledger", "ledger-reassert"],
  openFence: ["ledger", "ledger-fence"],
  takePace: ["take-pace"],
  stopPace: ["stop-pace"],
} as const;

export type Scripts = Readonly<Record<keyof typeof FILES, Script>>;

/** The store's scripts over one connection. */
export function createScripts(connection: Connection): Scripts {
  const script = (names: readonly string[]): Script => {
    const source = names.map((name) => readFileSync(new URL(`lua/${name}.lua`, import.meta.url), "utf8")).join("\n");
    const digest = createHash("sha1").update(source).digest("hex");
    return (keys, args) =>
      answered(async () => {
        try {
          return await connection.evalsha(digest, keys.length, ...keys, ...args);
        } catch (error) {
          // The server forgets scripts when it restarts or fails over, and remembers one that was sent whole.
          if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
          return connection.eval(source, keys.length, ...keys, ...args);
        }
      });
  };

  return Object.fromEntries(Object.entries(FILES).map(([name, files]) => [name, script(files)])) as Scripts;
}

/** What Redis answers, or `store.unavailable` where it does not. */
export async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw new BotError("store.unavailable", `Redis did not do what it was asked (${faultOf(error).code}).`, { cause: error });
  }
}
