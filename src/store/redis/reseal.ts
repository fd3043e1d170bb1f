import type { RedisInside } from "#store/redis/owing.ts";
import { answered } from "#store/redis/scripts.ts";
import { resealed } from "#store/reseal.ts";
import type { Seal } from "#store/seal.ts";
import type { Kind } from "#store/vault.ts";

/**
 * Seals all records, and the persons that they belong to, with the current key. Other processes may write meanwhile: what they wrote since
 * is left as it is.
 */
export async function resealRecords({ connection, scripts, places, vault }: RedisInside, seal: Seal): Promise<void> {
  const reseal = async <T>(kind: Kind<T>, key: string, place: string) => {
    const stored = await answered(() => connection.hget(place, "value"));
    const value = stored === null ? undefined : resealed(seal, kind, key, stored);
    if (stored !== null && value !== undefined) await scripts.resealRecord([place], [stored, value]);
  };
  for (const collection of await answered(() => connection.smembers(places.collections))) {
    const [, , , names] = places.collection(collection);
    for (const key of await answered(() => connection.hkeys(names))) {
      await reseal(vault.record, `${collection} ${key}`, places.record(collection, key));
      const named = (await answered(() => connection.hget(names, key))) ?? "";
      // All names but the owner's have a place in an order.
      for (const person of named.split(" ").filter((name) => name !== "" && !name.includes(".")))
        await reseal(vault.person, person, places.person(person).person);
    }
  }
}
