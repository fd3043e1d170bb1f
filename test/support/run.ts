import { randomUUID } from "node:crypto";
import type { DeliverParts, Run } from "#announcements/parts.ts";
import type { Recipient } from "#core/ledger.ts";
import type { Reply } from "#core/message.ts";
import type { Channel, Store } from "#core/ports.ts";
import { createLog } from "#ops/log.ts";

export const RUN = "duyuru01";
export const NEWS: Reply = { kind: "say", language: "tr", paragraphs: [{ words: "İzmir buluşması 3 Aralık Perşembe günü." }] };

/** A run that everybody wants now. */
export function runFor(audience: readonly Recipient[], change: Partial<Run> = {}): Run {
  return {
    id: RUN,
    audience,
    messageFor: () => ({ reply: NEWS }),
    allowedFrom: (_, now) => now,
    triedUntil: Number.POSITIVE_INFINITY,
    goesOn: () => true,
    ...change,
  };
}

/** One process that works on runs, over a store and a channel. */
export function partsOver(store: Store, channel: Channel, change: Partial<DeliverParts> = {}): DeliverParts {
  return {
    ledger: store.ledger,
    pace: store.pace,
    channel: (name) => (name === channel.name ? channel : undefined),
    paceOf: () => ({ perSecond: 200, burst: 5 }),
    log: createLog("silent"),
    now: () => Date.now(),
    holder: randomUUID(),
    signal: new AbortController().signal,
    ...change,
  };
}
