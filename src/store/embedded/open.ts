import type { Store } from "#core/ports.ts";
import { createConversations } from "#store/embedded/conversations.ts";
import { openDatabase, textIn } from "#store/embedded/database.ts";
import { createDebts } from "#store/embedded/debts.ts";
import { createLedger } from "#store/embedded/ledger.ts";
import { createPace } from "#store/embedded/pace.ts";
import { createPersonalData } from "#store/embedded/personal-data.ts";
import { createPurge } from "#store/embedded/purge.ts";
import { createRate } from "#store/embedded/rate.ts";
import { createRecords, resealRecords } from "#store/embedded/records.ts";
import type { Inside, StoreOptions } from "#store/inside.ts";
import { createKeys, openHashingKey, type HashingKeyPlace } from "#store/keys.ts";
import { createSeal } from "#store/seal.ts";
import { createVault } from "#store/vault.ts";
import type { DatabaseSync } from "node:sqlite";

export interface EmbeddedOptions extends StoreOptions {
  /** The folder the store lives in; made where it is missing. */
  readonly folder: string;
}

/**
 * The store for one process: a file, with nothing to install.
 * @throws BotError `store.locked` where another process has the folder open, `store.sealed` where the secret key is another one.
 */
export async function openEmbeddedStore(options: EmbeddedOptions): Promise<Store> {
  const { now = Date.now, retentionMs, report = () => {} } = options;
  const seal = createSeal(options);
  const { db, close } = openDatabase(options.folder);
  try {
    const keys = createKeys(await openHashingKey(hashingKeyPlace(db), options));
    const inside: Inside = { keys, vault: createVault(seal), now, retentionMs, report };
    if (options.previousKey !== undefined) resealRecords(db, inside, seal);
    const conversations = createConversations(db, inside);
    const debts = createDebts(db, inside);
    const records = createRecords(db, inside);
    const rate = createRate(inside);
    const purge = createPurge(db, now);
    purge();

    return {
      conversations: {
        ...conversations,
        save(address, saving) {
          purge();
          return conversations.save(address, saving);
        },
      },
      debts: {
        ...debts,
        // The sweep asks for it, so a bot that nobody writes to forgets in time as well.
        owing(now, limit, wanted) {
          purge();
          return debts.owing(now, limit, wanted);
        },
      },
      records: {
        ...records,
        put(collection, id, put) {
          purge();
          return records.put(collection, id, put);
        },
      },
      rate,
      ledger: createLedger(db, inside),
      pace: createPace(inside),
      personalData: createPersonalData(db, inside, rate),
      nameForLog: (incomingId) => keys.incoming(incomingId),
      async [Symbol.asyncDispose]() {
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

function hashingKeyPlace(db: DatabaseSync): HashingKeyPlace {
  const get = db.prepare("SELECT value FROM settings WHERE name = 'hashing-key'");
  const create = db.prepare("INSERT OR IGNORE INTO settings (name, value) VALUES ('hashing-key', ?)");
  const replace = db.prepare("UPDATE settings SET value = ? WHERE name = 'hashing-key'");
  return {
    read: async () => textIn(get.get(), "value"),
    async create(sealed) {
      create.run(sealed);
      return textIn(get.get(), "value") ?? sealed;
    },
    async replace(sealed) {
      replace.run(sealed);
    },
  };
}
