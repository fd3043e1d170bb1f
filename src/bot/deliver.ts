import type { Address, Reply } from "#core/message.ts";
import type { Channel, Sent } from "#core/ports.ts";
import type { Log } from "#ops/log.ts";

/** Sent, and once more where nobody can say whether it arrived; never a third time. */
export const MOST_SENDS = 2;
/** Before that second time, so that it does not meet the same moment of trouble. What the conversation owes after it waits as well. */
export const RESEND_AFTER_MS = 3000;

/** Delivers. A channel that throws instead of answering has a fault of its own, and nobody can say whether the message arrived. */
export async function deliver(channel: Channel, to: Address, reply: Reply, log: Log): Promise<Sent> {
  try {
    return await channel.deliver(to, reply);
  } catch (error) {
    log.deliveryThrew(channel.name, error);
    return { ok: false, why: "unknown" };
  }
}
