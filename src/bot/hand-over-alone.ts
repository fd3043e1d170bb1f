import { RESEND_AFTER_MS } from "#bot/deliver.ts";
import type { Later } from "#bot/effects.ts";
import type { Effect, Incoming } from "#core/message.ts";
import type { Channel, Debt, Handle } from "#core/ports.ts";

type HandOverAlone = Extract<Effect, { kind: "hand-over-alone" }>;

/** Goes on in the person's own chat with what was asked where others read along; safe to do twice. */
export async function handOverAlone(
  channel: Channel | undefined,
  { id, address }: Debt,
  { question, offered, language }: HandOverAlone,
  take: Handle,
): Promise<"done" | Later> {
  const own = await channel?.ownChat?.(address);
  // Where only the person can open it, nothing was promised.
  if (own === undefined) return "done";
  if ("ok" in own) {
    if ("retryAfterMs" in own) return { retryAfterMs: own.retryAfterMs, surelyNotArrived: true };
    return !own.ok && own.why === "unknown" ? { retryAfterMs: RESEND_AFTER_MS, surelyNotArrived: false } : "done";
  }
  const notice = { about: "hand-over", offered, ...(question === undefined ? {} : { question }) } as const;
  const incoming: Incoming = { id: `${id}-alone`, kind: "notice", notice, clientLanguage: language };
  await take(own, incoming);
  return "done";
}
