import { setTimeout as pause } from "node:timers/promises";
import type { DeliverParts } from "#announcements/parts.ts";
import { persist } from "#announcements/persist.ts";

/** Waits for a place in the pace of a channel. Gives 0, or how long it would still take where that is too long to hold a row for. */
export type Gate = (channel: string) => Promise<number>;

/** One of a process asks at a time, so that those who wait do not ask in vain again and again. */
export function createGate({ pace, paceOf, now, signal }: DeliverParts, longestMs: number): Gate {
  const queues = new Map<string, Promise<number>>();

  const takePlace = async (channel: string): Promise<number> => {
    const until = now() + longestMs;
    for (;;) {
      const wait = await persist(() => pace.take(channel, paceOf(channel)), signal);
      if (wait === 0 || signal.aborted || now() + wait > until) return wait;
      await pause(wait);
    }
  };

  return (channel) => {
    const before = queues.get(channel) ?? Promise.resolve(0);
    const mine = before.then(
      () => takePlace(channel),
      () => takePlace(channel),
    );
    queues.set(channel, mine);
    return mine;
  };
}
