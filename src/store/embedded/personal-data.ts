import type { DatabaseSync } from "node:sqlite";
import type { PersonalData } from "#core/ports.ts";
import { createDeliveriesOf } from "#store/embedded/deliveries-of.ts";
import { textIn, transact } from "#store/embedded/database.ts";
import type { Inside } from "#store/inside.ts";

/** What is kept in memory. */
interface Forgetful {
  forget(channel: string, person: string): void;
}

/** What is stored about a person, and the end of it. */
export function createPersonalData(db: DatabaseSync, inside: Inside, rate: Forgetful): readonly PersonalData[] {
  const { keys, vault, now } = inside;
  const readPerson = db.prepare("SELECT value FROM persons WHERE key = ? AND expires > ?");
  const readConversations = db.prepare(
    "SELECT key, value, address FROM conversations WHERE person = ? AND expires > ? ORDER BY key",
  );
  const readDebts = db.prepare("SELECT key, value FROM debts WHERE conversation = ? AND expires > ? ORDER BY position");
  const readRecords = db.prepare(
    "SELECT collection, key, value FROM records WHERE owner = ? AND expires > ? ORDER BY collection, key",
  );
  const drops = ["conversations WHERE person", "persons WHERE key", "debts WHERE person", "leases WHERE person"].map((which) =>
    db.prepare(`DELETE FROM ${which} = ?`),
  );
  const dropRecords = db.prepare("DELETE FROM records WHERE owner = ?");

  return [
    createDeliveriesOf(db, inside, () => emptyJournal(db)),
    {
      name: "records",

      async export(channel, person) {
        return readRecords.all(keys.person(channel, person), now()).flatMap((row) => {
          const collection = textIn(row, "collection") ?? "";
          const record = vault.record.open(`${collection} ${textIn(row, "key") ?? ""}`, textIn(row, "value"));
          return record === undefined ? [] : [{ collection, ...record }];
        });
      },

      async erase(channel, person) {
        dropRecords.run(keys.person(channel, person));
        emptyJournal(db);
      },
    },
    {
      name: "conversations",

      async export(channel, person) {
        const at = now();
        const personKey = keys.person(channel, person);
        const stored = vault.person.open(personKey, textIn(readPerson.get(personKey, at), "value"));
        const conversations = readConversations.all(personKey, at).map((row) => {
          const key = textIn(row, "key") ?? "";
          return {
            address: vault.address.open(key, textIn(row, "address")),
            conversation: vault.conversation.open(key, textIn(row, "value")),
            owed: readDebts
              .all(key, at)
              .flatMap((debt) => vault.debt.open(textIn(debt, "key") ?? "", textIn(debt, "value")) ?? []),
          };
        });
        return [...(stored === undefined ? [] : [{ person: stored }]), ...conversations];
      },

      async erase(channel, person) {
        const key = keys.person(channel, person);
        transact(db, () => drops.forEach((drop) => drop.run(key)));
        rate.forget(channel, person);
        emptyJournal(db);
      },
    },
  ];
}

// The journal beside the database still holds the erased pages until it is written back.
function emptyJournal(db: DatabaseSync): void {
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}
