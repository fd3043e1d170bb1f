import type { Rate } from "#core/rate.ts";
import type { RedisInside } from "#store/redis/owing.ts";

/** Who sends how much: a hash a person, which goes by itself when its window is over. */
export function createRate({ scripts, places, keys }: RedisInside): Rate {
  return {
    async count(channel, person, incomingId, { most, lastsMs }) {
      const { rate } = places.person(keys.person(channel, person));
      return Number(await scripts.countRate([rate], [keys.incoming(incomingId), most, lastsMs]));
    },
  };
}
