import type { RedisInside } from "#store/redis/owing.ts";
import { answered } from "#store/redis/scripts.ts";
import { resealed } from "#store/reseal.ts";
import type { Seal } from "#store/seal.ts";

/** Seals all records with the current key. Other processes may write meanwhile: what they wrote since is left as it is. */
export async function resealRecords({ connection, scripts, places, vault }: RedisInside, seal: Seal): Promise<void> {
  for (const collection of await answered(() => connection.smembers(places.collections))) {
    const [, , , names] = places.collection(collection);
    for (const key of await answered(() => connection.hkeys(names))) {
      const place = places.record(collection, key);
      const stored = await answered(() => connection.hget(place, "value"));
      const value = stored === null ? undefined : resealed(seal, vault, `${collection} ${key}`, stored);
      if (stored !== null && value !== undefined) await scripts.resealRecord([place], [stored, value]);
    }
  }
}
