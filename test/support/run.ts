import { randomUUID } from "node:crypto";
import { deliverRun } from "#announcements/deliver.ts";
import type { DeliverParts, Run, RunEnd } from "#announcements/parts.ts";
import { persist } from "#announcements/persist.ts";
import type { Recipient } from "#core/ledger.ts";
import type { Reply } from "#core/message.ts";
import type { Channel, Store } from "#core/ports.ts";
import { createLog } from "#ops/log.ts";

export const RUN = "duyuru01";
export const NEWS: Reply = { kind: "say", language: "tr", paragraphs: [{ words: "İzmir buluşması 3 Aralık Perşembe günü." }] };

/** A run that everybody wants now. */
function runFor(change: Partial<Run>): Run {
  return {
    id: RUN,
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

const PAGE = 500;

/** Writes everybody down by pages, as drawing does, and works on the run; after a crash the same once more. */
export async function deliverTo(
  parts: DeliverParts,
  everybody: readonly Recipient[],
  change: Partial<Run> = {},
): Promise<RunEnd> {
  const run = runFor(change);
  const { ledger, now, signal } = parts;
  for (let at = 0; at < everybody.length; at += PAGE)
    await persist(() => ledger.expand(run.id, everybody.slice(at, at + PAGE), now()), signal);
  return deliverRun(parts, run);
}
