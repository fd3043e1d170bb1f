import { createHash } from "node:crypto";
import type { Client, Result } from "#channels/slack/client.ts";
import { textOf } from "#channels/slack/client.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import { reference } from "#channels/slack/place.ts";
import type { MessageReference } from "#core/message.ts";

const EVENT_TYPE = "imece_delivery";

/** What a message carries unseen, so that it is found again. Hashed: other apps in the channel may read it. */
export function metadataFor(deliveryId: string): { event_type: string; event_payload: { delivery: string } } {
  return { event_type: EVENT_TYPE, event_payload: { delivery: mark(deliveryId) } };
}

function mark(deliveryId: string): string {
  return createHash("sha256").update(deliveryId).digest("base64url").slice(0, 24);
}

/** Looks through what was lately written in a channel, or in a thread, for the message of a delivery. */
export async function findDelivery(
  client: Client,
  channel: string,
  thread: string | undefined,
  deliveryId: string,
): Promise<{ readonly reference: MessageReference } | "none" | "unknown"> {
  const wanted = mark(deliveryId);
  let cursor = "";
  for (let page = 0; page < LIMITS.readPages; page += 1) {
    const asked = { channel, include_all_metadata: true, limit: LIMITS.readBack, ...(cursor === "" ? {} : { cursor }) };
    const read =
      thread === undefined
        ? await client.call("conversations.history", asked)
        : await client.call("conversations.replies", { ...asked, ts: thread });
    // A thread that is not there holds nothing.
    if (!read.ok) return read.why === "no-thread" ? "none" : "unknown";
    const messages = (read.result["messages"] ?? []) as readonly Result[];
    const found = messages.find((message) => textOf(message, "metadata", "event_payload", "delivery") === wanted);
    if (found) return { reference: reference(channel, textOf(found, "ts")) };
    cursor = textOf(read.result, "response_metadata", "next_cursor");
    if (cursor === "") return "none";
  }
  return "none";
}
