import type { Delivered } from "#core/ledger.ts";
import type { Sent } from "#core/ports.ts";

/** What a delivery means for its row, and for how long all bulk has to stop. */
export interface Outcome {
  readonly delivered: Delivered;
  readonly stopMs?: number;
}

/** At most once: what nobody can say of is not sent again, nor is what has partly arrived. */
export function outcomeOf(sent: Sent, now: number): Outcome {
  if (sent.ok) return { delivered: { is: "sent", reference: sent.reference } };
  switch (sent.why) {
    case "gone":
    case "refused":
      return { delivered: { is: "failed", why: sent.why } };
    case "unknown":
      return { delivered: { is: "uncertain" } };
    case "slow-down":
    case "not-sent": {
      const delivered: Delivered =
        sent.begun === true ? { is: "uncertain" } : { is: "again", at: now + Math.max(sent.retryAfterMs, LEAST_WAIT_MS) };
      return sent.why === "slow-down" ? { delivered, stopMs: sent.retryAfterMs } : { delivered };
    }
  }
}

/** What did not get through must not spin. */
const LEAST_WAIT_MS = 500;
