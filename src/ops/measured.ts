import type { Channel } from "#core/ports.ts";
import type { Metrics } from "#ops/metrics.ts";

/** A channel whose incomings, turns and deliveries are counted. */
export function measured(channel: Channel, metrics: Metrics): Channel {
  const { name } = channel;
  return {
    name,
    start: (handle) =>
      channel.start(async (address, incoming, saved) => {
        const began = performance.now();
        let isSaved = false;
        const done = () => {
          if (!isSaved) metrics.turnTook((performance.now() - began) / 1000);
          isSaved = true;
        };
        metrics.took(name, incoming.kind);
        const outcome = await handle(address, incoming, () => {
          done();
          saved?.();
        });
        // While the store is away nothing is saved, and it is answered all the same.
        if (outcome !== "silenced") done();
        return outcome;
      }),
    async deliver(to, reply, delivery) {
      const sent = await channel.deliver(to, reply, delivery);
      metrics.delivered(name, sent.ok ? "sent" : sent.why);
      return sent;
    },
    [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose](),
  };
}
