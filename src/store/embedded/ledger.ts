import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Claimed, Ended, Ledger, Recipient } from "#core/ledger.ts";
import { BotError } from "#core/errors.ts";
import { numberIn, textIn, transact, type Row } from "#store/embedded/database.ts";
import { createTogether } from "#store/embedded/together.ts";
import type { Inside } from "#store/inside.ts";
import { countsBy, stateNamed, targetOf, tellsOf, UNREADABLE_WAITS_MS } from "#store/ledger-states.ts";

/** Done in one go; everything else of this process has its turn before the next ones. */
const AT_ONCE = 100;
const KINDS = { sent: "D", failed: "F", uncertain: "U", unsent: "N" } as const;

/** Who gets a run, and how it ended for each, in one table. */
export function createLedger(db: DatabaseSync, { keys, vault, now: clock, retentionMs, report }: Inside): Ledger {
  const keepRun = db.prepare(
    "INSERT INTO runs (run, expires) VALUES (?1, ?2) ON CONFLICT (run) DO UPDATE SET expires = max(expires, ?2)",
  );
  const add = db.prepare("INSERT OR IGNORE INTO deliveries (run, row, state, at, recipient) VALUES (?, ?, 'P', ?, ?)");
  const readDue = db.prepare(
    "SELECT row, recipient, attempts FROM deliveries WHERE run = ? AND state = 'P' AND at <= ? ORDER BY at, row LIMIT ?",
  );
  const hold = db.prepare("UPDATE deliveries SET state = 'C', holder = ?, at = ? WHERE run = ? AND row = ?");
  const armRow = db.prepare("UPDATE deliveries SET state = 'S', at = ? WHERE run = ? AND row = ? AND state = 'C' AND holder = ?");
  const readRow = db.prepare("SELECT state, why, holder, at FROM deliveries WHERE run = ? AND row = ?");
  const becomes = db.prepare(
    "UPDATE deliveries SET state = ?, why = ?, holder = ?, at = ?, reference = ? WHERE run = ? AND row = ?",
  );
  const unname = db.prepare("UPDATE deliveries SET recipient = NULL WHERE run = ? AND row = ?");
  const rename = db.prepare("UPDATE deliveries SET recipient = ? WHERE run = ? AND row = ?");
  const findRow = db.prepare("SELECT recipient FROM deliveries WHERE run = ? AND row = ?");
  const giveBack = db.prepare(
    "UPDATE deliveries SET state = 'P', holder = NULL, at = ? WHERE run = ? AND state = 'C' AND at <= ?",
  );
  const giveUp = db.prepare("UPDATE deliveries SET state = 'U', at = 0 WHERE run = ? AND state = 'S' AND at <= ?");
  const end = db.prepare("UPDATE deliveries SET state = 'N', holder = NULL, at = 0 WHERE run = ? AND state IN ('P', 'C')");
  const count = db.prepare("SELECT state, why, count(*) AS rows FROM deliveries WHERE run = ? GROUP BY state, why");
  const readEnded = db.prepare(
    "SELECT row, recipient, reference, attempts FROM deliveries WHERE run = ? AND state = ? AND row > ? AND recipient IS NOT NULL ORDER BY row LIMIT ?",
  );
  const again = db.prepare(
    "UPDATE deliveries SET state = 'P', holder = NULL, at = ?, attempts = attempts + 1 WHERE run = ? AND row = ? AND state = 'U' AND attempts = ?",
  );
  const soonest = db.prepare("SELECT min(at) AS at FROM deliveries WHERE run = ? AND state = 'P'");
  const keepLonger = db.prepare("UPDATE runs SET expires = max(expires, ?) WHERE run = ? AND expires > ?");
  const readRun = db.prepare("SELECT 1 FROM runs WHERE run = ? AND expires > ?");
  const dropRun = db.prepare("DELETE FROM runs WHERE run = ? AND expires <= ?");
  const named = (run: string, row: string) => `${run} ${row}`;
  const together = createTogether(db);
  // What has expired may lie there for an hour more.
  const live = (run: string) => (readRun.get(run, clock()) === undefined ? "" : run);

  /** The row with whom it names; `undefined` where it cannot be read, now or ever. */
  const read = (run: string, row: string, stored: Row): Recipient | "sealed" | undefined => {
    try {
      return vault.recipient.open(named(run, row), textIn(stored, "recipient"));
    } catch (error) {
      if (!(error instanceof BotError) || error.code !== "store.sealed") throw error;
      report(error);
      return "sealed";
    }
  };

  /** A row on its way, or `undefined` for what cannot be sent: that is put off, or refused for good. */
  const take = (run: string, holder: string, now: number, stored: Row): Claimed | undefined => {
    const row = textIn(stored, "row") ?? "";
    const recipient = read(run, row, stored);
    if (recipient === "sealed") becomes.run("P", null, null, now + UNREADABLE_WAITS_MS, null, run, row);
    else if (recipient === undefined) {
      report(new BotError("store.spoilt", "A recipient could not be read, and gets nothing."));
      becomes.run("F", "refused", null, 0, null, run, row);
    } else {
      hold.run(holder, now, run, row);
      return { ...recipient, row, attempts: numberIn(stored, "attempts") };
    }
    return undefined;
  };

  const list: Ledger["list"] = async (run, ended, after, most) => {
    const found: Ended[] = [];
    let last = after ?? "";
    while (found.length < most) {
      const asked = Math.min(most - found.length, AT_ONCE);
      const rows = readEnded.all(live(run), KINDS[ended], last, asked);
      for (const stored of rows) {
        last = textIn(stored, "row") ?? "";
        const recipient = read(run, last, stored);
        if (recipient === undefined || recipient === "sealed") continue;
        const reference = vault.reference.open(named(run, last), textIn(stored, "reference"));
        found.push({ ...recipient, row: last, attempts: numberIn(stored, "attempts"), reference });
      }
      if (rows.length < asked) break;
      await nextTurn();
    }
    return found;
  };

  return {
    async expand(run, recipients, at) {
      let added = 0;
      for (let from = 0; from === 0 || from < recipients.length; from += AT_ONCE) {
        if (from > 0) await nextTurn();
        transact(db, () => {
          dropRun.run(run, clock());
          keepRun.run(run, clock() + retentionMs);
          for (const recipient of recipients.slice(from, from + AT_ONCE)) {
            const row = keys.recipient(run, recipient.address.channel, recipient.address.person);
            added += Number(add.run(run, row, at, vault.recipient.seal(named(run, row), recipient)).changes);
          }
        });
      }
      return added;
    },

    keep: async (run, until) => keepLonger.run(until, run, clock()).changes === 1,

    async claim(run, holder, most, now) {
      return together(() => readDue.all(live(run), now, most).flatMap((stored) => take(run, holder, now, stored) ?? []));
    },

    async arm(run, holder, row, now, shows) {
      return together(() => {
        if (armRow.run(now, run, row, holder).changes !== 1) return false;
        if (shows !== undefined) rename.run(vault.recipient.seal(named(run, row), shows), run, row);
        return true;
      });
    },

    async settle(run, holder, row, delivered) {
      const [state, rest] = targetOf(delivered, (reference) => vault.reference.seal(named(run, row), reference)).split("|");
      const at = delivered.is === "again" ? delivered.at : 0;
      return together(() => {
        const stored = readRow.get(run, row);
        const was = textIn(stored, "state") ?? "";
        if (was === "D" && state === "D") return true;
        if (was === "F" && state === "F" && textIn(stored, "why") === rest) return true;
        if (was === "P" && state === "P") return numberIn(stored, "at") === at;
        if (textIn(stored, "holder") !== holder) return false;
        const known = was === "S" || was === "U" || (was === "C" && (state === "F" || state === "P"));
        if (!known) return false;
        const [why, reference] = state === "F" ? [rest ?? null, null] : [null, rest ?? null];
        becomes.run(state ?? "", why, state === "U" ? holder : null, at, reference, run, row);
        if (why === "left") unname.run(run, row);
        return true;
      });
    },

    async sweep(run, leaseMs, now) {
      const changes = transact(db, () => [giveBack.run(now, run, now - leaseMs), giveUp.run(run, now - leaseMs)]);
      return changes.reduce((sum, { changes: rows }) => sum + Number(rows), 0);
    },

    close: async (run) => Number(end.run(live(run)).changes),

    async counts(run) {
      const counted = new Map(
        count.all(live(run)).map((row) => [`${textIn(row, "state")}${textIn(row, "why") ?? ""}`, numberIn(row, "rows")]),
      );
      return countsBy((state) => counted.get(state) ?? 0);
    },

    async statesOf(run, addresses) {
      return addresses.map(({ channel, person }) =>
        stateNamed(textIn(readRow.get(live(run), keys.recipient(run, channel, person)), "state")),
      );
    },

    list,

    async tellsOf(run, addresses) {
      const known = live(run);
      return addresses.map(({ channel, person }) => {
        const row = keys.recipient(run, channel, person);
        return tellsOf(read(run, row, findRow.get(known, row) ?? {}));
      });
    },

    async resendUncertain(run, at, only = () => true, goesOn = async () => true) {
      let changed = 0;
      for (let after: string | undefined; ;) {
        const page = await list(run, "uncertain", after, AT_ONCE);
        if (!(await goesOn())) break;
        for (const { row, attempts } of page.filter(only)) changed += Number(again.run(at, run, row, attempts).changes);
        if (page.length < AT_ONCE) break;
        after = page.at(-1)?.row;
      }
      if (changed > 0) keepRun.run(run, clock() + retentionMs);
      return changed;
    },

    async nextDue(run) {
      const at = soonest.get(live(run))?.["at"];
      return typeof at === "number" ? at : undefined;
    },
  };
}
