import type { DatabaseSync } from "node:sqlite";
import { BotError } from "#core/errors.ts";
import type { Address } from "#core/message.ts";
import type { Debts } from "#core/ports.ts";
import { numberIn, textIn, transact } from "#store/embedded/database.ts";
import type { Inside } from "#store/inside.ts";
import { faultOfDebt, SEALED_DEBT_WAITS_MS } from "#store/inside.ts";
import { unlessSealed } from "#store/vault.ts";

const OWING = `
  SELECT debts.conversation, conversations.address
  FROM (
    SELECT conversation, min(position) AS position FROM debts
    WHERE expires > ?1 AND (due <= ?2 OR aside = 0) GROUP BY conversation
  ) AS first
  JOIN debts ON debts.position = first.position
  JOIN conversations ON conversations.key = first.conversation
  LEFT JOIN leases ON leases.conversation = first.conversation
  WHERE debts.due <= ?2 AND (leases.until IS NULL OR leases.until <= ?2)
  ORDER BY debts.position`;

/** What conversations owe, in one table; who drains a conversation, in another. */
export function createDebts(db: DatabaseSync, { keys, vault, now: clock, report }: Inside): Debts {
  const readFirst = db.prepare(
    "SELECT key, value, attempts, due FROM debts WHERE conversation = ? AND expires > ? AND (due <= ? OR aside = 0) ORDER BY position LIMIT 1",
  );
  const countAttempt = db.prepare("UPDATE debts SET attempts = attempts + 1 WHERE key = ?");
  const putOff = db.prepare("UPDATE debts SET due = ?, attempts = max(0, attempts - ?), aside = ? WHERE key = ?");
  const drop = db.prepare("DELETE FROM debts WHERE key = ?");
  const exists = db.prepare("SELECT 1 FROM debts WHERE key = ?");
  const readLease = db.prepare("SELECT holder, until, taken, put_off FROM leases WHERE conversation = ?");
  const writeLease = db.prepare(
    "INSERT OR REPLACE INTO leases (conversation, person, holder, until, taken, put_off) VALUES (?, ?, ?, ?, ?, 0)",
  );
  const markPutOff = db.prepare("UPDATE leases SET put_off = 1 WHERE conversation = ?");
  const extendLease = db.prepare("UPDATE leases SET until = ? WHERE conversation = ? AND holder = ?");
  const dropLease = db.prepare("DELETE FROM leases WHERE conversation = ? AND holder = ?");
  const readOwing = db.prepare(OWING);

  const openDebt = (key: string, sealed: string | undefined) => {
    try {
      return vault.debt.open(key, sealed);
    } catch (error) {
      report(faultOfDebt(error));
      return "sealed";
    }
  };

  return {
    async claim(address, holder, leaseMs, now) {
      const conversation = keys.conversation(address);
      return transact(db, () => {
        const lease = readLease.get(conversation);
        if (lease !== undefined && textIn(lease, "holder") !== holder && numberIn(lease, "until") > now) return undefined;

        for (;;) {
          const first = readFirst.get(conversation, clock(), now);
          const key = textIn(first, "key");
          if (key === undefined || numberIn(first, "due") > now) return undefined;
          const opened = openDebt(key, textIn(first, "value"));
          if (opened === "sealed") {
            putOff.run(now + SEALED_DEBT_WAITS_MS, 0, 0, key);
            return undefined;
          }
          if (opened === undefined) {
            // Nobody can ever deliver what is spoilt, and it would hold up all that is owed after it.
            report(new BotError("store.spoilt", "Something owed could not be read and was dropped."));
            drop.run(key);
            continue;
          }
          writeLease.run(conversation, keys.person(address.channel, address.person), holder, now + leaseMs, key);
          countAttempt.run(key);
          return { ...opened, address: { ...address }, attempts: numberIn(first, "attempts") };
        }
      });
    },

    async settle(address, holder, debtId) {
      const conversation = keys.conversation(address);
      const key = keys.debt(conversation, debtId);
      return transact(db, () => {
        const lease = readLease.get(conversation);
        if (textIn(lease, "holder") !== holder) return false;
        if (exists.get(key) === undefined) return true;
        if (textIn(lease, "taken") !== key) return false;
        drop.run(key);
        return true;
      });
    },

    async postpone(address, holder, debtId, until, surelyNotArrived, aside = false) {
      const conversation = keys.conversation(address);
      const key = keys.debt(conversation, debtId);
      return transact(db, () => {
        const lease = readLease.get(conversation);
        if (textIn(lease, "holder") !== holder || textIn(lease, "taken") !== key) return false;
        if (numberIn(lease, "put_off") === 1) return true;
        putOff.run(until, surelyNotArrived ? 1 : 0, aside ? 1 : 0, key);
        markPutOff.run(conversation);
        return true;
      });
    },

    async renew(address, holder, leaseMs, now) {
      return extendLease.run(now + leaseMs, keys.conversation(address), holder).changes === 1;
    },

    async release(address, holder) {
      dropLease.run(keys.conversation(address), holder);
    },

    async owes(address, debtId) {
      return exists.get(keys.debt(keys.conversation(address), debtId)) !== undefined;
    },

    async owing(now, limit, wanted = () => true) {
      const found: Address[] = [];
      for (const row of readOwing.iterate(clock(), now)) {
        if (found.length === limit) break;
        const address = unlessSealed(() => vault.address.open(textIn(row, "conversation") ?? "", textIn(row, "address")));
        if (address && wanted(address)) found.push(address);
      }
      return found;
    },
  };
}
