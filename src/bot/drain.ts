import type { BotParts } from "#bot/bot.ts";
import type { Address } from "#core/message.ts";
import type { Debt, Handle } from "#core/ports.ts";

/** Longer than any delivery may take, so that a lease that ran out means a process that died. */
const LEASE_MS = 60_000;
/** Sent, and once more where nobody can say whether it arrived; never a third time. */
const MOST_SENDS = 2;
const RETRY_EFFECT_MS = 30_000;
const MOST_EFFECT_TRIES = 10;

/**
 * Makes the function that lets a conversation's debts go out, in the order they were saved in, one holder at a time. `take` takes the turn
 * of an incoming without draining: what that owes is next in the queue.
 */
export function createDrain(parts: BotParts, take: Handle): (address: Address) => Promise<void> {
  let drains = 0;

  return async (address) => {
    drains += 1;
    // Each drain is a holder of its own: two of one process must not send side by side either.
    const holder = `${parts.holder}-${drains}`;
    let debt = await parts.debts.claim(address, holder, LEASE_MS, parts.now());
    while (debt) {
      const goOn = debt.owed.kind === "reply" ? await sendReply(parts, holder, debt) : await runEffect(parts, holder, debt, take);
      debt = goOn ? await parts.debts.claim(address, holder, LEASE_MS, parts.now()) : undefined;
      if (debt) continue;
      await parts.debts.release(address, holder);
      // Whoever saved while this drain was ending found the conversation held: look once more now that it is not.
      debt = goOn ? await parts.debts.claim(address, holder, LEASE_MS, parts.now()) : undefined;
    }
  };
}

async function sendReply({ channel, debts, log, now }: BotParts, holder: string, debt: Debt): Promise<boolean> {
  if (debt.owed.kind !== "reply") return true;
  if (debt.attempts >= MOST_SENDS) {
    log.deliveryDropped(debt.address.channel, "unknown", debt.attempts);
    return debts.settle(debt.address, holder, debt.id);
  }
  const sent = await channel(debt.address.channel)?.deliver(debt.address, debt.owed.reply);
  if (sent === undefined || sent.ok) return debts.settle(debt.address, holder, debt.id);
  switch (sent.why) {
    case "gone":
    case "refused":
      log.deliveryDropped(debt.address.channel, sent.why, debt.attempts + 1);
      return debts.settle(debt.address, holder, debt.id);
    case "unknown":
      // It counts as tried: the next claim sends it once more, or gives it up.
      return debts.postpone(debt.address, holder, debt.id, now(), false);
    case "slow-down":
    case "not-sent":
      await debts.postpone(debt.address, holder, debt.id, now() + sent.retryAfterMs, true);
      return false;
  }
}

async function runEffect(parts: BotParts, holder: string, debt: Debt, take: Handle): Promise<boolean> {
  const { debts, log, now } = parts;
  if (debt.owed.kind !== "effect") return true;
  try {
    await parts.runEffect(debt.address, debt.id, debt.owed.effect, take);
  } catch (error) {
    log.effectFailed(debt.owed.effect.kind, error);
    if (debt.attempts + 1 < MOST_EFFECT_TRIES) {
      await debts.postpone(debt.address, holder, debt.id, now() + RETRY_EFFECT_MS, false);
      return false;
    }
  }
  return debts.settle(debt.address, holder, debt.id);
}
