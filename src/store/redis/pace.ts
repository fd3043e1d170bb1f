import type { BulkPace } from "#core/ledger.ts";
import { LEAST_SHARE, REST_MS, WHOLE_AGAIN_MS } from "#store/pace.ts";
import type { RedisInside } from "#store/redis/owing.ts";

/** How fast all processes send in bulk: one hash a channel. */
export function createPace({ scripts, places }: RedisInside): BulkPace {
  return {
    async take(channel, { perSecond, burst }) {
      return Number(await scripts.takePace([places.pace(channel)], [perSecond, burst, WHOLE_AGAIN_MS, REST_MS]));
    },
    async stopFor(channel, ms) {
      await scripts.stopPace([places.pace(channel)], [Math.max(0, Math.ceil(ms)), WHOLE_AGAIN_MS, LEAST_SHARE]);
    },
  };
}
