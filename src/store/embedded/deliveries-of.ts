import type { DatabaseSync } from "node:sqlite";
import type { PersonalData } from "#core/ports.ts";
import { textIn, transact } from "#store/embedded/database.ts";
import type { Inside } from "#store/inside.ts";
import { exportedDelivery } from "#store/ledger-states.ts";

/** What was sent to a person, in every run; and the marks without a name that are left of it. */
export function createDeliveriesOf(db: DatabaseSync, { keys, vault, now }: Inside, emptyJournal: () => void): PersonalData {
  const readRuns = db.prepare("SELECT run FROM runs WHERE expires > ? ORDER BY run");
  const readRow = db.prepare("SELECT state, why, recipient FROM deliveries WHERE run = ? AND row = ?");
  const eraseRow = db.prepare(
    "UPDATE deliveries SET state = 'X', why = NULL, holder = NULL, at = 0, recipient = NULL, reference = NULL WHERE run = ? AND row = ?",
  );
  const runs = () => readRuns.all(now()).map((row) => textIn(row, "run") ?? "");
  return {
    name: "deliveries",

    async export(channel, person) {
      return runs().flatMap((run) => {
        const row = keys.recipient(run, channel, person);
        const stored = readRow.get(run, row);
        const recipient = vault.recipient.open(`${run} ${row}`, textIn(stored, "recipient"));
        return recipient === undefined
          ? []
          : [exportedDelivery(run, textIn(stored, "state") ?? "", textIn(stored, "why"), recipient)];
      });
    },

    async erase(channel, person) {
      transact(db, () => runs().forEach((run) => eraseRow.run(run, keys.recipient(run, channel, person))));
      emptyJournal();
    },
  };
}
