import type { DatabaseSync } from "node:sqlite";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Records, StoredRecord } from "#core/ports.ts";
import { numberIn, textIn, transact, type Row } from "#store/embedded/database.ts";
import type { Inside } from "#store/inside.ts";
import { resealed } from "#store/reseal.ts";
import type { Seal } from "#store/seal.ts";
import { byId, nextVersion } from "#store/version.ts";

/** Opened at once; opening thousands in one go would keep everything else of this process waiting. */
const PAGE = 200;
const COLUMNS = "records.key, records.version, records.value, records.due";

/** Records of every collection in one table, the names they are listed under in another. */
export function createRecords(db: DatabaseSync, { keys, vault, now, retentionMs }: Inside): Records {
  const readOne = db.prepare(`SELECT ${COLUMNS} FROM records WHERE collection = ? AND key = ? AND expires > ?`);
  const readOfOwner = db.prepare(`SELECT ${COLUMNS} FROM records WHERE owner = ? AND collection = ? AND expires > ?`);
  const readDue = db.prepare(
    `SELECT ${COLUMNS} FROM records WHERE collection = ? AND due <= ? AND expires > ? ORDER BY due, key LIMIT ?`,
  );
  const readNamed = db.prepare(
    `SELECT ${COLUMNS} FROM record_names JOIN records USING (collection, key) WHERE record_names.collection = ? AND name = ? AND expires > ?`,
  );
  const readOrdered = db.prepare(
    `SELECT ${COLUMNS} FROM record_names JOIN records USING (collection, key) WHERE record_names.collection = ? AND name = ? AND expires > ? ORDER BY place, key LIMIT ?`,
  );
  const countNamed = db.prepare(
    "SELECT count(*) AS count FROM record_names JOIN records USING (collection, key) WHERE record_names.collection = ? AND name = ? AND expires > ?",
  );
  const readPage = db.prepare(
    `SELECT ${COLUMNS} FROM record_names JOIN records USING (collection, key) WHERE record_names.collection = ? AND name = ? AND record_names.key > ? AND expires > ? ORDER BY record_names.key LIMIT ?`,
  );
  const drop = db.prepare("DELETE FROM records WHERE collection = ? AND key = ?");
  const write = db.prepare(
    "INSERT INTO records (collection, key, version, value, owner, due, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const writeName = db.prepare("INSERT INTO record_names (collection, name, key, place) VALUES (?, ?, ?, ?)");

  const open = (collection: string, row: Row): StoredRecord[] => {
    const record = vault.record.open(`${collection} ${textIn(row, "key") ?? ""}`, textIn(row, "value"));
    return record === undefined ? [] : [{ id: record.id, version: numberIn(row, "version"), value: record.value }];
  };

  const openAll = async (collection: string, rows: readonly Row[]): Promise<StoredRecord[]> => {
    const records: StoredRecord[] = [];
    for (let at = 0; at < rows.length; at += PAGE) {
      if (at > 0) await nextTurn();
      records.push(...rows.slice(at, at + PAGE).flatMap((row) => open(collection, row)));
    }
    return records;
  };

  // What cannot be read is passed over, and the page filled up with what follows. A turn between pages, as many are asked for one after another.
  const listPage = async (collection: string, name: string, after: string | undefined, limit: number) => {
    const records: StoredRecord[] = [];
    let from = after === undefined ? "" : keys.record(collection, after);
    while (records.length < limit) {
      const most = Math.min(limit - records.length, PAGE);
      const rows = readPage.all(collection, name, from, now(), most);
      records.push(...rows.flatMap((row) => open(collection, row)));
      if (rows.length < most) break;
      from = textIn(rows.at(-1), "key") ?? "";
      await nextTurn();
    }
    return records;
  };

  return {
    async get(collection, id) {
      const row = readOne.get(collection, keys.record(collection, id), now());
      return row === undefined ? undefined : open(collection, row)[0];
    },

    async put(collection, id, { value, over, owner, index, order = 0, due, expiresAt }) {
      const at = now();
      const key = keys.record(collection, id);
      const expires = expiresAt ?? at + retentionMs;
      return transact(db, () => {
        if (numberIn(readOne.get(collection, key, at), "version") !== over) return "stale";
        drop.run(collection, key);
        if (expires <= at) return "saved";

        const ownerKey = owner === undefined ? null : keys.person(owner.channel, owner.person);
        const sealed = vault.record.seal(`${collection} ${key}`, { id, value });
        write.run(collection, key, nextVersion(over), sealed, ownerKey, due ?? null, expires);
        for (const [name, named] of Object.entries(index ?? {}))
          writeName.run(collection, keys.index(collection, name, named), key, order);
        return "saved";
      });
    },

    async list(collection, query) {
      const at = now();
      switch (query.by) {
        case "due":
          return openAll(collection, readDue.all(collection, query.until, at, query.limit));
        case "order": {
          const name = keys.index(collection, query.name, query.value);
          return openAll(collection, readOrdered.all(collection, name, at, query.limit));
        }
        case "index": {
          const rows = readNamed.all(collection, keys.index(collection, query.name, query.value), at);
          return inOrder(await openAll(collection, rows), query.limit);
        }
        case "page":
          return listPage(collection, keys.index(collection, query.name, query.value), query.after, query.limit);
        case "owner": {
          const rows = readOfOwner.all(keys.person(query.channel, query.person), collection, at);
          return inOrder(await openAll(collection, rows), query.limit);
        }
      }
    },

    async count(collection, name, value) {
      return numberIn(countNamed.get(collection, keys.index(collection, name, value), now()), "count");
    },

    async remove(collection, id) {
      drop.run(collection, keys.record(collection, id));
    },
  };
}

/** Seals all records, and the persons, with the current key. */
export function resealRecords(db: DatabaseSync, { vault }: Inside, seal: Seal): void {
  const write = db.prepare("UPDATE records SET value = ? WHERE collection = ? AND key = ?");
  const writePerson = db.prepare("UPDATE persons SET value = ? WHERE key = ?");
  transact(db, () => {
    for (const row of db.prepare("SELECT collection, key, value FROM records").all()) {
      const [collection, key] = [textIn(row, "collection") ?? "", textIn(row, "key") ?? ""];
      const value = resealed(seal, vault.record, `${collection} ${key}`, textIn(row, "value") ?? "");
      if (value !== undefined) write.run(value, collection, key);
    }
    for (const row of db.prepare("SELECT key, value FROM persons").all()) {
      const key = textIn(row, "key") ?? "";
      const value = resealed(seal, vault.person, key, textIn(row, "value") ?? "");
      if (value !== undefined) writePerson.run(value, key);
    }
  });
}

// Sorted here and not in the query: the table knows ids as hashes only.
function inOrder(records: StoredRecord[], limit: number): StoredRecord[] {
  return records.toSorted(byId).slice(0, limit);
}
