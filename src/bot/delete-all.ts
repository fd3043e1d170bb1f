import { MOST_SENDS, RESEND_AFTER_MS } from "#bot/deliver.ts";
import type { EffectParts, Later } from "#bot/effects.ts";
import type { Debt, PersonalData, Sent } from "#core/ports.ts";

/** Platforms repeat an incoming for a day at most. */
const REPEATED_WITHIN_MS = 86_400_000;

/**
 * Everything but the conversations first, then the news of it, and the conversations last: with them goes the debt, and until then a crash
 * or a failure only means that the deletion is done again.
 */
export async function deleteAll(
  { conversations, personalData, desk }: EffectParts,
  debt: Debt,
  tell: () => Promise<Sent | undefined>,
): Promise<"done" | Later> {
  const { address } = debt;
  const erase = (place: PersonalData) => place.erase(address.channel, address.person);
  const others = personalData.slice(0, -1);
  await desk?.forget(address.channel, address.person);
  for (const place of others) await erase(place);

  const sent = await tell();
  if (sent?.ok === false) {
    if ("retryAfterMs" in sent) return { retryAfterMs: sent.retryAfterMs, surelyNotArrived: true };
    const again = debt.attempts + 1 < MOST_SENDS;
    if (sent.why === "unknown" && again) return { retryAfterMs: RESEND_AFTER_MS, surelyNotArrived: false };
  }

  await conversations.markEnded(address, incomingOf(debt), REPEATED_WITHIN_MS);
  for (const place of personalData.slice(-1)) await erase(place);
  // An effect that was under way in another chat may have recorded something before its debt was gone.
  for (const place of others) await erase(place);
  return "done";
}

function incomingOf({ id }: Debt): string {
  return id.slice(0, id.lastIndexOf("#"));
}
