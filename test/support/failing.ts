import { BotError } from "#core/errors.ts";
import type { Records, Store } from "#core/ports.ts";

/** A store that is away when something is next written to each of these collections, as when a process dies in between. */
export function failingOnce(store: Store, ...collections: readonly string[]): Store {
  const left = new Set(collections);
  const records: Records = {
    ...store.records,
    async put(collection, id, put) {
      if (left.delete(collection)) throw new BotError("store.unavailable", "It is away for this test.");
      return store.records.put(collection, id, put);
    },
  };
  return { ...store, records };
}
