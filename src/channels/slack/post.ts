import { setTimeout as pause } from "node:timers/promises";
import type { Block } from "#channels/slack/blocks.ts";
import { textOf, type Called } from "#channels/slack/client.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { reference } from "#channels/slack/place.ts";
import { findDelivery, metadataFor } from "#channels/slack/read-back.ts";
import type { Sent } from "#core/ports.ts";

/** What is shown in Slack: blocks, and words for those who get no blocks. */
export interface Shown {
  readonly text: string;
  readonly blocks: readonly Block[];
}

type Poster = Pick<SlackParts, "client" | "log" | "memory">;

const TO_BE_SET_RIGHT_MS = 60_000;
const NO_CONNECTION_MS = 3000;
const LOOKED_IN_VAIN_MS = 1000;

/** How a post ended, before it is decided what to do instead. */
export type Posted = Sent | { readonly ok: false; readonly why: "outside" | "no-message" };

/**
 * Posts once. Where an earlier try has no known end, and where this one has none, it is looked for by its id before anything is posted
 * again: found, it has arrived; not found, it surely has not.
 */
export async function postOnce(
  poster: Poster,
  to: { readonly channel: string; readonly thread: string | undefined; readonly aloud?: boolean },
  what: Shown,
  delivery: { readonly id: string; readonly doubtful: boolean },
): Promise<Posted> {
  const { client, memory } = poster;
  const look = () => findDelivery(client, to.channel, to.thread, delivery.id);
  if (delivery.doubtful || memory.doubtful.has(delivery.id)) {
    const before = await look();
    if (typeof before === "object") return { ok: true, reference: before.reference };
    if (before === "unknown") return { ok: false, why: "unknown" };
  }
  const aloud = to.aloud === true ? { reply_broadcast: true } : {};
  const thread = to.thread === undefined ? {} : { thread_ts: to.thread, ...aloud };
  const content = { ...what, unfurl_links: false, unfurl_media: false, metadata: metadataFor(delivery.id) };
  const called = await client.call("chat.postMessage", { channel: to.channel, ...thread, ...content });
  if (called.ok) return { ok: true, reference: reference(textOf(called.result, "channel"), textOf(called.result, "ts")) };
  if (called.why === "no-thread") return postOnce(poster, { ...to, thread: undefined }, what, delivery);
  const outcome = outcomeOf(poster, "chat.postMessage", called);
  if (outcome.ok || outcome.why !== "unknown") return outcome;
  memory.doubtful.set(delivery.id, true);
  await pause(LIMITS.beforeReadingMs);
  const after = await look();
  if (typeof after === "object") return { ok: true, reference: after.reference };
  return after === "none" ? { ok: false, why: "not-sent", retryAfterMs: LOOKED_IN_VAIN_MS } : { ok: false, why: "unknown" };
}

/** What a failed call means for what was to be delivered. */
export function outcomeOf({ log }: Pick<SlackParts, "log">, method: string, called: Called): Posted {
  if (called.ok) return { ok: true, reference: "" };
  log.callFailed(method, called.code);
  switch (called.why) {
    case "slow-down":
      return { ok: false, why: "slow-down", retryAfterMs: called.retryAfterMs };
    case "not-sent":
      return { ok: false, why: "not-sent", retryAfterMs: NO_CONNECTION_MS };
    // Refused before it was looked at; the one who runs the bot will set it right.
    case "token":
    case "scope":
      return { ok: false, why: "not-sent", retryAfterMs: TO_BE_SET_RIGHT_MS };
    case "gone":
    case "unknown":
    case "outside":
    case "no-message":
      return { ok: false, why: called.why };
    case "no-thread":
    case "too-late":
    case "refused":
      return { ok: false, why: "refused" };
  }
}

/** What is left where every other way was tried. */
export function final(posted: Posted): Sent {
  if (posted.ok || "retryAfterMs" in posted) return posted;
  const { why } = posted;
  return { ok: false, why: why === "outside" || why === "no-message" ? "refused" : why };
}
