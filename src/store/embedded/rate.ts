import type { Rate } from "#core/rate.ts";
import type { Inside } from "#store/inside.ts";

/** Beyond this many windows those that are over are forgotten; in a minute hardly as many people write. */
const MANY = 1000;

interface Window {
  readonly until: number;
  readonly places: Map<string, number>;
}

/** Who sends how much, kept in memory: the store is this process's alone, and a window lasts a minute. */
export function createRate({ keys, now }: Inside): Rate & { forget(channel: string, person: string): void } {
  const windows = new Map<string, Window>();

  const windowOf = (person: string, lastsMs: number): Window => {
    const at = now();
    const open = windows.get(person);
    if (open !== undefined && open.until > at) return open;
    if (windows.size >= MANY) for (const [key, { until }] of windows) if (until <= at) windows.delete(key);
    const fresh = { until: at + lastsMs, places: new Map() };
    windows.set(person, fresh);
    return fresh;
  };

  return {
    async count(channel, person, incomingId, { most, lastsMs }) {
      const { places } = windowOf(keys.person(channel, person), lastsMs);
      const id = keys.incoming(incomingId);
      const place = places.get(id) ?? places.size + 1;
      // Beyond the limit only the first is remembered: a flood must not fill the memory.
      if (place <= most + 1) places.set(id, place);
      return place;
    },
    forget: (channel, person) => void windows.delete(keys.person(channel, person)),
  };
}
