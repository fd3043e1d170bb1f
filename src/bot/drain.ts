import type { BotParts } from "#bot/bot.ts";
import { deliver, MOST_SENDS, RESEND_AFTER_MS } from "#bot/deliver.ts";
import { mayBeGivenUp } from "#bot/effects.ts";
import { BotError } from "#core/errors.ts";
import type { Address, Effect, Reply } from "#core/message.ts";
import type { Channel, Debt, Handle } from "#core/ports.ts";

/** Renewed while its holder lives, so that a lease that ran out means a process that died: what that one was sending waits no longer. */
const LEASE_MS = 12_000;
const RENEWED_EVERY_MS = 4000;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 60 * 60_000;
const MOST_EFFECT_TRIES = 10;

/** One drain of one conversation. */
interface Drain extends BotParts {
  readonly own: Channel;
  /** Each drain is a holder of its own: two of one process must not send side by side either. */
  readonly as: string;
  readonly take: Handle;
}

/**
 * Makes the function that lets a conversation's debts go out, in the order they were saved in, one holder at a time. `take` takes the turn
 * of an incoming without draining: what that owes is next in the queue.
 */
export function createDrain(parts: BotParts, take: Handle): (address: Address) => Promise<void> {
  let drains = 0;

  const drainOf = async (address: Address): Promise<void> => {
    const own = parts.channel(address.channel);
    // A store is shared with processes that have other channels. What they owe is theirs to deliver.
    if (own === undefined) return;
    drains += 1;
    const drain: Drain = { ...parts, own, as: `${parts.holder}-${drains}`, take: takeFrom(address) };
    const next = () => parts.debts.claim(address, drain.as, LEASE_MS, parts.now());

    let goOn = true;
    let debt = await next();
    while (debt) {
      const renewing = setInterval(
        () => void parts.debts.renew(address, drain.as, LEASE_MS, parts.now()).catch(() => {}),
        RENEWED_EVERY_MS,
      );
      try {
        while (debt && goOn) {
          goOn = await letGo(drain, debt);
          debt = goOn ? await next() : undefined;
        }
      } finally {
        clearInterval(renewing);
        // Where the store does not answer, the lease runs out by itself.
        await parts.debts.release(address, drain.as).catch(() => {});
      }
      // Whoever saved while this drain was ending found the conversation held: look once more now that it is not.
      debt = goOn ? await next() : undefined;
    }
  };

  /** News for another conversation lets that one's debts out too; what this one owes next is in its own queue already. */
  const takeFrom =
    (drained: Address): Handle =>
    async (address, incoming) => {
      const taken = await take(address, incoming);
      const { chat, thread } = drained;
      if (address.chat !== chat || address.thread !== thread)
        void drainOf(address).catch((error: unknown) => parts.log.drainFailed(address.channel, error));
      return taken;
    };
  return drainOf;
}

/** Whether to go on with what is owed next. */
function letGo(drain: Drain, debt: Debt): Promise<boolean> {
  switch (debt.owed.kind) {
    case "reply":
      return sendReply(drain, debt, debt.owed.reply);
    case "effect":
      return doEffect(drain, debt, debt.owed.effect);
  }
}

async function sendReply({ own, debts, log, now, as }: Drain, debt: Debt, reply: Reply): Promise<boolean> {
  const settle = () => debts.settle(debt.address, as, debt.id);
  if (debt.attempts >= MOST_SENDS) {
    log.deliveryDropped(own.name, "unknown", debt.attempts);
    return settle();
  }
  const sent = await deliver(own, debt.address, reply, log, debt);
  if (sent.ok) return settle();
  switch (sent.why) {
    case "gone":
    case "refused":
      log.deliveryDropped(own.name, sent.why, debt.attempts + 1);
      return settle();
    case "unknown":
      // It counts as tried: a later claim sends it once more, or gives it up.
      await debts.postpone(debt.address, as, debt.id, now() + RESEND_AFTER_MS, false);
      return false;
    case "slow-down":
    case "not-sent":
      await debts.postpone(debt.address, as, debt.id, now() + sent.retryAfterMs, true);
      return false;
  }
}

async function doEffect(drain: Drain, debt: Debt, effect: Effect): Promise<boolean> {
  const { debts, log, now, as, take } = drain;
  const tries = debt.attempts + 1;
  let isElsewhere = false;
  try {
    const done = await drain.runEffect(debt, effect, { take, log });
    if (done === "done") return await debts.settle(debt.address, as, debt.id);
    await debts.postpone(debt.address, as, debt.id, now() + done.retryAfterMs, done.surelyNotArrived);
    return false;
  } catch (error) {
    log.effectFailed(effect.kind, tries, error);
    isElsewhere = error instanceof BotError && error.code === "desk.not-here";
  }
  if (tries >= MOST_EFFECT_TRIES && mayBeGivenUp(effect)) {
    log.effectDropped(effect.kind, tries);
    return debts.settle(debt.address, as, debt.id);
  }
  // Aside, so that the member is not left without replies for as long as it takes.
  // What another process can do at once is only left to it, and must not wait for hours because this one cannot.
  const doublings = isElsewhere ? 0 : Math.min(debt.attempts, MOST_EFFECT_TRIES);
  const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** doublings);
  return debts.postpone(debt.address, as, debt.id, now() + wait, false, true);
}
