import { deliver } from "#bot/deliver.ts";
import type { EffectTools, Later } from "#bot/effects.ts";
import type { Effect, Incoming } from "#core/message.ts";
import type { Channel, Debt, Sent } from "#core/ports.ts";
import type { DeliveryReport } from "#core/ticket.ts";

type SendOnce = Extract<Effect, { kind: "send-once" }>;

/** Sends at most once: an earlier try that did not end is not made again. How it ended arrives as news of its own, where that is asked for. */
export async function sendOnce(
  channel: Channel | undefined,
  debt: Debt,
  effect: SendOnce,
  { take, log }: EffectTools,
): Promise<"done" | Later> {
  const triedBefore = debt.attempts > 0 || channel === undefined;
  const sent: Sent = triedBefore ? { ok: false, why: "unknown" } : await send(channel, debt, effect, log);
  if ("retryAfterMs" in sent) return { retryAfterMs: sent.retryAfterMs, surelyNotArrived: true };
  if (!sent.ok) log.deliveryDropped(debt.address.channel, sent.why, debt.attempts + 1);
  if (effect.of === undefined) return "done";
  const known = sent.ok && sent.reference !== "" ? { reference: sent.reference } : {};
  const report: DeliveryReport = { ...effect.of, outcome: outcomeOf(sent), ...known };
  const notice: Incoming = { id: `${debt.id}-sent`, kind: "notice", notice: { about: "delivery", ...report } };
  await take(debt.address, notice);
  return "done";
}

/**
 * Replacing a message twice does no harm. Where it cannot be replaced, the whole is sent instead of a note; where nobody knows whether it
 * was, nothing more is, so that it does not stand there twice.
 */
async function send(channel: Channel, { address }: Debt, { reply, amends }: SendOnce, log: EffectTools["log"]): Promise<Sent> {
  if (amends === undefined) return deliver(channel, address, reply, log);
  const amended = await deliver(channel, address, amends.amended, log);
  if (!amended.ok) {
    const leaveIt = "retryAfterMs" in amended || amended.why === "unknown";
    return leaveIt ? amended : deliver(channel, address, reply, log);
  }
  const noted = await deliver(channel, address, amends.note, log);
  // The answer is still the message that was replaced.
  return noted.ok ? { ok: true, reference: "" } : noted;
}

function outcomeOf(sent: Exclude<Sent, { retryAfterMs: number }>): DeliveryReport["outcome"] {
  if (sent.ok) return "sent";
  switch (sent.why) {
    case "gone":
      return "blocked";
    case "refused":
      return "refused";
    case "unknown":
      return "uncertain";
  }
}
