import type { BulkPace } from "#core/ledger.ts";
import type { Inside } from "#store/inside.ts";
import { LEAST_SHARE, REST_MS, WHOLE_AGAIN_MS } from "#store/pace.ts";

interface Taken {
  /** When the place after the last one begins. */
  readonly next: number;
  readonly stopped: number;
  /** Of the full pace, when the last stop ended. */
  readonly share: number;
  /** What the clock said last. */
  readonly seen: number;
}

/** How fast this process sends in bulk; the same sums as the scripts of Redis. */
export function createPace({ now: clock }: Inside): BulkPace {
  const channels = new Map<string, Taken>();
  const of = (channel: string, now: number): Taken => {
    const taken = channels.get(channel) ?? { next: 0, stopped: 0, share: 1, seen: now };
    // Where the clock was set back, what was agreed on goes back with it: else nothing would go out for as long as it was set back by.
    const back = Math.max(0, taken.seen - now);
    return { ...taken, next: taken.next - back, stopped: taken.stopped - back, seen: now };
  };
  const shareAt = ({ share, stopped }: Taken, now: number) => Math.min(1, share + (now - stopped) / WHOLE_AGAIN_MS);

  return {
    async take(channel, { perSecond, burst }) {
      const now = clock();
      const taken = of(channel, now);
      channels.set(channel, taken);
      if (taken.stopped > now) return Math.ceil(taken.stopped - now);
      const interval = 1000 / (perSecond * shareAt(taken, now));
      const tolerance = (burst - 1) * interval;
      // After a rest it begins evenly: a burst makes good for a moment's delay and no more.
      const rested = taken.next < now - REST_MS;
      const at = rested ? now + tolerance : Math.max(taken.next, now, taken.stopped + tolerance);
      if (at - tolerance > now) return Math.ceil(at - tolerance - now);
      channels.set(channel, { ...taken, next: at + interval });
      return 0;
    },

    async stopFor(channel, ms) {
      const now = clock();
      const taken = of(channel, now);
      const share = taken.stopped > now ? taken.share : Math.max(LEAST_SHARE, shareAt(taken, now) / 2);
      channels.set(channel, { ...taken, share, stopped: Math.max(taken.stopped, now + Math.max(0, ms)) });
    },
  };
}
