import type { Limit } from "#core/rate.ts";

/** Counts what is asked of this process, by name, in windows of time that are the same for all names. */
export interface Counter {
  /** Counts one more; gives in how many milliseconds there is room again where there is none now. */
  take(name: string, now: number): number | undefined;
}

/** Nothing is kept of a window that is over, so the names do not gather. */
export function createCounter({ most, lastsMs }: Limit): Counter {
  let began = -Infinity;
  let counts = new Map<string, number>();
  return {
    take(name, now) {
      if (now - began >= lastsMs || now < began) {
        began = now;
        counts = new Map();
      }
      const count = (counts.get(name) ?? 0) + 1;
      if (count > most) return began + lastsMs - now;
      counts.set(name, count);
      return undefined;
    },
  };
}
