import { readFileSync } from "node:fs";
import { DatabaseSync, type SQLOutputValue } from "node:sqlite";
import { BotError } from "#core/errors.ts";
import { makePrivate, makePrivateFile } from "#store/private-folder.ts";

export type Row = Readonly<Record<string, SQLOutputValue>>;

const BUSY_MS = 2000;
const TABLES = readFileSync(new URL("tables.sql", import.meta.url), "utf8");

// A connection that nothing refers to is collected, and with it the lock it holds, while a store's statements still work.
const held = new Set<DatabaseSync>();

/**
 * Opens the folder's database for this process alone.
 * @throws BotError `store.locked` where another process has it open.
 */
export function openDatabase(folder: string): { readonly db: DatabaseSync; readonly close: () => void } {
  makePrivate(folder);
  const lock = takeLock(folder);
  try {
    const db = new DatabaseSync(makePrivateFile(folder, "imece.sqlite"));
    // FULL, because an incoming is acknowledged to its platform once it is saved: with NORMAL a power cut could take back what
    // nobody will send again. secure_delete, because an erased member must not linger in free pages.
    db.exec(
      `PRAGMA busy_timeout=${BUSY_MS}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY`,
    );
    // An earlier version kept leases on disk.
    db.exec("DROP TABLE IF EXISTS main.leases");
    db.exec(TABLES);
    addMissingColumns(db);
    return {
      db,
      close() {
        if (db.isOpen) db.close();
        letGo(lock);
      },
    };
  } catch (error) {
    letGo(lock);
    throw error;
  }
}

const LATER_COLUMNS = [
  ["debts", "aside"],
  ["record_names", "place"],
] as const;

// A file of an earlier version has the table already, and then the column is not in it.
function addMissingColumns(db: DatabaseSync): void {
  const columns = db.prepare("SELECT name FROM pragma_table_info(?)");
  for (const [table, column] of LATER_COLUMNS) {
    if (columns.all(table).some(({ name }) => name === column)) continue;
    db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} INTEGER NOT NULL DEFAULT 0`);
  }
  db.exec("CREATE INDEX IF NOT EXISTS names_in_order ON record_names (collection, name, place)");
}

/**
 * The owner's lock is a transaction that never ends, on a database of its own. The system takes it from a process that dies, however
 * it dies, where a file with a process id would need guessing: in a container every process has the same id.
 */
function takeLock(folder: string): DatabaseSync {
  const lock = new DatabaseSync(makePrivateFile(folder, "owner.lock"));
  try {
    lock.exec("PRAGMA busy_timeout=0; BEGIN EXCLUSIVE");
    held.add(lock);
    return lock;
  } catch (error) {
    lock.close();
    throw new BotError(
      "store.locked",
      `The folder ${folder} is in use by another process of the bot. Stop that one first, or give this one a DATA_DIR of its own.`,
      { cause: error },
    );
  }
}

function letGo(lock: DatabaseSync): void {
  if (held.delete(lock)) lock.close();
}

/** All of it or nothing. Immediate, so that what is read inside is still true when it is written over. */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}

/** A text column, or `undefined` where it holds none. */
export function textIn(row: Row | undefined, column: string): string | undefined {
  const value = row?.[column];
  return typeof value === "string" ? value : undefined;
}

/** A number column, or 0 where it holds none. */
export function numberIn(row: Row | undefined, column: string): number {
  const value = row?.[column];
  return typeof value === "number" ? value : 0;
}
