import { BotError } from "#core/errors.ts";
import type { Conversations, Records, Store } from "#core/ports.ts";

/** A store that is away when something is next written to each of these collections, as when a process dies in between. */
export function failingOnce(store: Store, ...collections: readonly string[]): Store {
  return failingFor(store, new Set(collections));
}

/** The same, where collections can be added to the set later. */
export function failingFor(store: Store, left: Set<string>): Store {
  const records: Records = {
    ...store.records,
    async put(collection, id, put) {
      if (left.delete(collection)) throw new BotError("store.unavailable", "It is away for this test.");
      return store.records.put(collection, id, put);
    },
  };
  return { ...store, records };
}

/** A store of which no conversation can be read while it is away. */
export function awayWhile(store: Store, isAway: () => boolean): Store {
  const conversations: Conversations = {
    ...store.conversations,
    async load(address) {
      if (isAway()) throw new BotError("store.unavailable", "It is away for this test.");
      return store.conversations.load(address);
    },
  };
  return { ...store, conversations };
}
