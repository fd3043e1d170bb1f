import { randomBytes } from "node:crypto";
import type { Claimed, Ledger } from "#core/ledger.ts";
import { countsBy, targetOf, UNREADABLE_WAITS_MS } from "#store/ledger-states.ts";
import { BotError } from "#core/errors.ts";
import type { Fence } from "#store/redis/fence.ts";
import { createLedgerReads, named } from "#store/redis/ledger-reads.ts";
import type { RedisInside } from "#store/redis/owing.ts";
import { answered } from "#store/redis/scripts.ts";

const CHUNK = 500;

/** Who gets a run, and how it ended for each: hashes and sorted sets of one slot, moved by scripts alone. */
export function createLedger(inside: RedisInside, fence: Fence): Ledger {
  const { connection, scripts, places, keys, vault, now: clock, retentionMs, report } = inside;
  const reads = createLedgerReads(inside);

  /** Before its rows, so that an erasure never passes over a run. */
  const note = (run: string, until: number) => scripts.noteRun([places.runs], [run, until, clock()]);

  const settle: Ledger["settle"] = async (run, holder, row, delivered) => {
    const target = targetOf(delivered, (reference) => vault.reference.seal(named(run, row), reference));
    const at = delivered.is === "again" ? delivered.at : 0;
    // It is true whatever a server that lost the row says to it.
    if (delivered.is === "sent") fence.note(run, plain(holder), row, target);
    const state = await scripts.settleRow(places.run(run), [plain(holder), row, target, at]);
    if (typeof state !== "string") return false;
    fence.note(run, plain(holder), row, state);
    return true;
  };

  return {
    async expand(run, recipients, at) {
      let added = 0;
      await note(run, clock() + retentionMs);
      for (let from = 0; from < recipients.length; from += CHUNK) {
        const pairs = recipients.slice(from, from + CHUNK).flatMap((recipient) => {
          const row = keys.recipient(run, recipient.address.channel, recipient.address.person);
          return [row, vault.recipient.seal(named(run, row), recipient)];
        });
        added += Number(await scripts.expandRun(places.run(run), [at, retentionMs, fence.isSettled() ? 1 : 0, ...pairs]));
      }
      return added;
    },

    async keep(run, until) {
      const [, rows] = places.run(run);
      if ((await answered(() => connection.exists(rows))) === 0) return false;
      await note(run, until);
      return Number(await scripts.keepRun(places.run(run), [until - clock()])) === 1;
    },

    async claim(run, holder, most, now) {
      const token = randomBytes(9).toString("base64url");
      const ask = () => scripts.claimRows(places.run(run), [plain(holder), token, now, most]);
      let taken = await ask();
      if (typeof taken === "string") {
        if (!(await fence.open(run, taken.slice(1)))) return "fenced";
        taken = await ask();
      }
      if (!Array.isArray(taken)) return "fenced";
      const parts = taken.map(String);
      const claimed: Claimed[] = [];
      for (let at = 0; at < parts.length; at += 3) {
        const [row = "", sealed, attempts] = parts.slice(at, at + 3);
        const recipient = reads.recipient(run, row, sealed);
        // Another process may have the key; what is spoilt nobody can ever send.
        if (recipient === "sealed") await settle(run, holder, row, { is: "again", at: now + UNREADABLE_WAITS_MS });
        else if (recipient === undefined) {
          report(new BotError("store.spoilt", "A recipient could not be read, and gets nothing."));
          await settle(run, holder, row, { is: "failed", why: "refused" });
        } else claimed.push({ ...recipient, row, attempts: Number(attempts) });
      }
      return claimed;
    },

    async arm(run, holder, row, now, shows) {
      const token = randomBytes(6).toString("base64url");
      // That it was given back once must not be told of a row that is about to be sent.
      fence.forget(run, plain(holder), row);
      const sealed = shows === undefined ? [] : [vault.recipient.seal(named(run, row), shows)];
      const state = await scripts.armRow(places.run(run), [plain(holder), row, token, now, ...sealed]);
      if (typeof state !== "string") return false;
      fence.note(run, plain(holder), row, state);
      return true;
    },

    settle,

    async sweep(run, leaseMs, now) {
      for (let changed = 0; ;) {
        const swept = await scripts.sweepRun(places.run(run), [now - leaseMs, now, CHUNK]);
        const [rows = "0", server = ""] = Array.isArray(swept) ? swept.map(String) : [];
        // Also the pulse by which a process that waits for nothing but its own messages hears of a new server.
        if (server !== "") await fence.tell(run, server);
        changed += Number(rows);
        if (Number(rows) < CHUNK) return changed;
      }
    },

    async close(run) {
      for (let changed = 0; ;) {
        const rows = Number(await scripts.closeRun(places.run(run), [CHUNK]));
        changed += rows;
        if (rows === 0) return changed;
      }
    },

    async counts(run) {
      const [meta] = places.run(run);
      const fields = ["n:P", "n:C", "n:S", "n:D", "n:F|gone", "n:F|refused", "n:F|left", "n:U", "n:X", "n:N"];
      const counted = await answered(() => connection.hmget(meta, ...fields));
      return countsBy((state) => Number(counted[fields.indexOf(`n:${state.replace(/^F/, "F|")}`)] ?? 0));
    },

    list: reads.list,
    statesOf: reads.statesOf,
    tellsOf: reads.tellsOf,

    async resendUncertain(run, at, only = () => true, goesOn = async () => true) {
      let changed = 0;
      for (let after: string | undefined; ;) {
        const page = await reads.list(run, "uncertain", after, CHUNK);
        if (!(await goesOn())) return changed;
        const rows = page.filter(only).flatMap(({ row, attempts }) => [row, attempts]);
        if (rows.length > 0) await note(run, clock() + retentionMs);
        if (rows.length > 0) changed += Number(await scripts.resendRows(places.run(run), [at, retentionMs, ...rows]));
        if (page.length < CHUNK) return changed;
        after = page.at(-1)?.row;
      }
    },

    async nextDue(run) {
      const [, , , todo] = places.run(run);
      const [, due] = await answered(() => connection.zrange(todo, "0", "0", "WITHSCORES"));
      return due === undefined ? undefined : Number(due);
    },
  };
}

/** A state's parts are told apart by a bar. */
function plain(holder: string): string {
  return encodeURIComponent(holder);
}
