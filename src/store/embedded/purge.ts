import type { DatabaseSync } from "node:sqlite";
import { transact } from "#store/embedded/database.ts";

const EVERY_MS = 60 * 60 * 1000;

/**
 * Removes what has expired; reading already passes over it. It asks the clock at each write instead of keeping a timer, so that
 * there is nothing to stop.
 */
export function createPurge(db: DatabaseSync, now: () => number): () => void {
  const drops = ["conversations", "persons", "debts", "records", "ended", "runs"].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE expires <= ?`),
  );
  const dropLeases = db.prepare("DELETE FROM leases WHERE conversation NOT IN (SELECT key FROM conversations)");
  let next = 0;

  return () => {
    const at = now();
    if (at < next) return;
    next = at + EVERY_MS;
    transact(db, () => {
      for (const drop of drops) drop.run(at);
      dropLeases.run();
    });
  };
}
