import type { Store } from "#core/ports.ts";
import type { StoreOptions } from "#store/inside.ts";
import { createKeys, openHashingKey, type HashingKeyPlace } from "#store/keys.ts";
import { connect, type Connection } from "#store/redis/connection.ts";
import { createConversations } from "#store/redis/conversations.ts";
import { createDebts } from "#store/redis/debts.ts";
import { createFence } from "#store/redis/fence.ts";
import { createLedger } from "#store/redis/ledger.ts";
import { createOwing, type RedisInside } from "#store/redis/owing.ts";
import { createPace } from "#store/redis/pace.ts";
import { createPersonalData } from "#store/redis/personal-data.ts";
import { createPlaces } from "#store/redis/places.ts";
import { createRate } from "#store/redis/rate.ts";
import { createRecords } from "#store/redis/records.ts";
import { resealRecords } from "#store/redis/reseal.ts";
import { answered, createScripts } from "#store/redis/scripts.ts";
import { createSeal } from "#store/seal.ts";
import { createVault } from "#store/vault.ts";

export interface RedisStoreOptions extends StoreOptions {
  readonly url: string;
  /** What every key begins with (`imece:`). */
  readonly prefix?: string | undefined;
}

/**
 * The store for several processes.
 * @throws BotError `store.unavailable` where Redis cannot be reached, `store.sealed` where the secret key is another one.
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<Store> {
  const { now = Date.now, retentionMs, report = () => {}, prefix = "imece:" } = options;
  const seal = createSeal(options);
  const connection = await connect(options.url);
  try {
    const places = createPlaces(prefix);
    const keys = createKeys(await openHashingKey(hashingKeyPlace(connection, places.hashingKey), options));
    const inside: RedisInside = {
      connection,
      scripts: createScripts(connection),
      places,
      keys,
      vault: createVault(seal),
      now,
      retentionMs,
      report,
    };
    if (options.previousKey !== undefined) await resealRecords(inside, seal);
    const owing = createOwing(inside);
    const records = createRecords(inside);
    return {
      conversations: createConversations(inside, owing),
      debts: createDebts(inside, owing),
      records,
      rate: createRate(inside),
      ledger: createLedger(inside, createFence(inside)),
      pace: createPace(inside),
      personalData: createPersonalData(inside, owing, records),
      nameForLog: (incomingId) => keys.incoming(incomingId),
      [Symbol.asyncDispose]: () => close(connection),
    };
  } catch (error) {
    connection.disconnect();
    throw error;
  }
}

// The one key without an expiry: what it names would outlive it unreachably.
function hashingKeyPlace(connection: Connection, key: string): HashingKeyPlace {
  return {
    read: async () => (await answered(() => connection.get(key))) ?? undefined,
    async create(sealed) {
      await answered(() => connection.set(key, sealed, "NX"));
      return (await answered(() => connection.get(key))) ?? sealed;
    },
    async replace(sealed) {
      await answered(() => connection.set(key, sealed, "XX"));
    },
  };
}

async function close(connection: Connection): Promise<void> {
  if (connection.status === "end") return;
  // Where Redis is away there is nobody to take leave of.
  await connection.quit().catch(() => connection.disconnect());
}
