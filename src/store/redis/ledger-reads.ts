import type { Ended, Ledger, Recipient } from "#core/ledger.ts";
import { BotError } from "#core/errors.ts";
import { stateNamed, tellsOf } from "#store/ledger-states.ts";
import type { RedisInside } from "#store/redis/owing.ts";
import { answered } from "#store/redis/scripts.ts";

const LISTED = { sent: "s", failed: "f", uncertain: "u", unsent: "n" } as const;
const KINDS = { sent: "D", failed: "F", uncertain: "U", unsent: "N" } as const;

/** What sealed names are bound to. */
export const named = (run: string, row: string): string => `${run} ${row}`;

export interface LedgerReads extends Pick<Ledger, "list" | "statesOf" | "tellsOf"> {
  /** Whom a row names; `undefined` where it cannot be read, now or ever. */
  recipient(run: string, row: string, sealed: string | null | undefined): Recipient | "sealed" | undefined;
}

/** What is read of a run without moving anything in it. */
export function createLedgerReads({ connection, places, keys, vault, report }: RedisInside): LedgerReads {
  const recipient = (run: string, row: string, sealed: string | null | undefined): Recipient | "sealed" | undefined => {
    try {
      return vault.recipient.open(named(run, row), sealed);
    } catch (error) {
      if (!(error instanceof BotError) || error.code !== "store.sealed") throw error;
      report(error);
      return "sealed";
    }
  };

  const stored = (run: string, named: readonly string[]) => {
    const [, rows, whom] = places.run(run);
    return answered(() => Promise.all([connection.hmget(rows, ...named), connection.hmget(whom, ...named)]));
  };

  const list: Ledger["list"] = async (run, ended, after, most) => {
    const [, , , , , listed] = places.run(run);
    const found: Ended[] = [];
    let last = after;
    while (found.length < most) {
      const [from, to] = [`${LISTED[ended]}${last ?? ""}`, String.fromCodePoint(LISTED[ended].charCodeAt(0) + 1)];
      const limit = most - found.length;
      const members = await answered(() =>
        connection.zrangebylex(listed, last === undefined ? `[${from}` : `(${from}`, `(${to}`, "LIMIT", 0, limit),
      );
      const page = members.map((member) => member.slice(1));
      if (page.length === 0) break;
      const [states, names] = await stored(run, page);
      for (const [at, row] of page.entries()) {
        const [kind, rest, tries] = (states[at] ?? "").split("|");
        const whom = recipient(run, row, names[at]);
        if (kind !== KINDS[ended] || whom === undefined || whom === "sealed") continue;
        const reference = kind === "D" ? vault.reference.open(named(run, row), rest) : undefined;
        found.push({ ...whom, row, attempts: Number(tries ?? 0), ...(reference === undefined ? {} : { reference }) });
      }
      last = page.at(-1);
    }
    return found;
  };

  return {
    recipient,
    list,

    async statesOf(run, addresses) {
      if (addresses.length === 0) return [];
      const [, rows] = places.run(run);
      const asked = addresses.map(({ channel, person }) => keys.recipient(run, channel, person));
      return (await answered(() => connection.hmget(rows, ...asked))).map(stateNamed);
    },

    async tellsOf(run, addresses) {
      if (addresses.length === 0) return [];
      const asked = addresses.map(({ channel, person }) => keys.recipient(run, channel, person));
      const [, names] = await stored(run, asked);
      return asked.map((row, at) => tellsOf(recipient(run, row, names[at])));
    },
  };
}
