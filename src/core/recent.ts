import type { Address } from "#core/message.ts";

/** What a process remembers of conversations for a while; the one that was not looked at for longest is forgotten first. */
export function createRecents<T extends object>(most: number, fresh: () => T): (address: Address) => T {
  const conversations = new Map<string, T>();
  return ({ chat, thread, person }) => {
    const key = JSON.stringify([chat, thread ?? null, person]);
    const recent = conversations.get(key) ?? fresh();
    // Set anew, it is the youngest.
    conversations.delete(key);
    conversations.set(key, recent);
    forgetOldest(conversations, most);
    return recent;
  };
}

/** Drops the entry that was set first, where there are more than so many. */
export function forgetOldest(map: Map<string, unknown>, most: number): void {
  if (map.size <= most) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
