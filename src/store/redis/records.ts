import { randomBytes } from "node:crypto";
import type { Records, StoredRecord } from "#core/ports.ts";
import type { RedisInside } from "#store/redis/owing.ts";
import { answered } from "#store/redis/scripts.ts";
import { byId, nextVersion } from "#store/version.ts";

const PAGE = 200;
/** As many as the largest whole number has: names stand in the order of their letters. */
const ORDER_DIGITS = 16;

const placeOf = (order: number) => String(order).padStart(ORDER_DIGITS, "0");

/** Records of a collection: a hash each, and sorted sets that list them by name, due time and expiry. */
export function createRecords({ connection, scripts, places, keys, vault, now, retentionMs }: RedisInside): Records {
  const read = async (collection: string, key: string): Promise<StoredRecord | undefined> => {
    const [version, value, expires] = await answered(() =>
      connection.hmget(places.record(collection, key), "version", "value", "expires"),
    );
    if (Number(expires ?? 0) <= now()) return undefined;
    const record = vault.record.open(`${collection} ${key}`, value);
    return record && { id: record.id, version: Number(version), value: record.value };
  };

  // A page at a time: opening thousands in one go would keep everything else of this process waiting.
  const readAll = async (collection: string, found: readonly string[]): Promise<StoredRecord[]> => {
    const records: StoredRecord[] = [];
    for (let at = 0; at < found.length; at += PAGE) {
      const page = await Promise.all(found.slice(at, at + PAGE).map((key) => read(collection, key)));
      records.push(...page.flatMap((record) => record ?? []));
    }
    return records;
  };
  const keyIn = (member: string) => member.slice(member.lastIndexOf(".") + 1);

  // In order of id, which only the opened records tell: all under one name are read, and cut afterwards.
  const listNamed = async (collection: string, name: string, limit: number): Promise<StoredRecord[]> => {
    const [index] = places.collection(collection);
    const members = await answered(() => connection.zrangebylex(index, `[${name}.`, `(${name}/`));
    const records = await readAll(collection, members.map(keyIn));
    return records.toSorted(byId).slice(0, limit);
  };

  const listOrdered = async (collection: string, name: string, limit: number): Promise<StoredRecord[]> => {
    const [index] = places.collection(collection);
    const records: StoredRecord[] = [];
    for (let passed = 0; records.length < limit; passed += limit) {
      const found = await answered(() => connection.zrangebylex(index, `[${name}.`, `(${name}/`, "LIMIT", passed, limit));
      records.push(...(await readAll(collection, found.map(keyIn))));
      if (found.length < limit) break;
    }
    return records.slice(0, limit);
  };

  const listDue = async (collection: string, until: number, limit: number): Promise<StoredRecord[]> => {
    const [, due] = places.collection(collection);
    const records: StoredRecord[] = [];
    for (let passed = 0; records.length < limit; passed += PAGE) {
      const found = await answered(() => connection.zrangebyscore(due, "-inf", until, "LIMIT", passed, PAGE));
      records.push(...(await readAll(collection, found)));
      if (found.length < PAGE) break;
    }
    return records.slice(0, limit);
  };

  // A page is read from the index where it begins: what is listed by pages has no order of its own. What cannot be read is passed over, and the page filled up with what follows.
  const listPage = async (
    collection: string,
    name: string,
    after: string | undefined,
    limit: number,
  ): Promise<StoredRecord[]> => {
    const [index] = places.collection(collection);
    const records: StoredRecord[] = [];
    let from = after === undefined ? `[${name}.` : `(${name}.${placeOf(0)}.${keys.record(collection, after)}`;
    while (records.length < limit) {
      const most = limit - records.length;
      const members = await answered(() => connection.zrangebylex(index, from, `(${name}/`, "LIMIT", 0, most));
      records.push(...(await readAll(collection, members.map(keyIn))));
      if (members.length < most) break;
      from = `(${members.at(-1) ?? ""}`;
    }
    return records;
  };

  return {
    get: (collection, id) => read(collection, keys.record(collection, id)),

    async put(collection, id, { value, over, owner, index, order = 0, due, expiresAt }) {
      const at = now();
      const key = keys.record(collection, id);
      const expires = expiresAt ?? at + retentionMs;
      const place = placeOf(order);
      const names = Object.entries(index ?? {}).map(([name, named]) => `${keys.index(collection, name, named)}.${place}`);
      // Whom it belongs to is one more name. No caller's name can meet it: theirs are hashed as names of a collection.
      if (owner !== undefined) names.push(keys.person(owner.channel, owner.person));

      // Before the record, so that an erasure never passes over a collection.
      if (expires > at) await scripts.noteCollection([places.collections], [collection, expires - at]);
      const sealed = vault.record.seal(`${collection} ${key}`, { id, value });
      const token = randomBytes(12).toString("base64url");
      const outcome = await scripts.putRecord(
        [places.record(collection, key), ...places.collection(collection)],
        [key, token, over, nextVersion(over), sealed, expires, at, due ?? "", names.join(" ")],
      );
      return outcome === "saved" ? "saved" : "stale";
    },

    async list(collection, query) {
      switch (query.by) {
        case "due":
          return listDue(collection, query.until, query.limit);
        case "index":
          return listNamed(collection, keys.index(collection, query.name, query.value), query.limit);
        case "order":
          return listOrdered(collection, keys.index(collection, query.name, query.value), query.limit);
        case "page":
          return listPage(collection, keys.index(collection, query.name, query.value), query.after, query.limit);
        case "owner":
          return listNamed(collection, keys.person(query.channel, query.person), query.limit);
      }
    },

    async count(collection, name, value) {
      const [index] = places.collection(collection);
      const named = keys.index(collection, name, value);
      return answered(() => connection.zlexcount(index, `[${named}.`, `(${named}/`));
    },

    async remove(collection, id) {
      const key = keys.record(collection, id);
      await scripts.removeRecord([places.record(collection, key), ...places.collection(collection)], [key]);
    },
  };
}
