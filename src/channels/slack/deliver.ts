import { LIMITS } from "#channels/slack/limits.ts";
import { escapeMrkdwn } from "#channels/slack/mrkdwn.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { isForEveryone, ONLY_YOU, placeOf, threadOf } from "#channels/slack/place.ts";
import { final, outcomeOf, postOnce, type Shown } from "#channels/slack/post.ts";
import { sendDirectly, sendDocument, showOnlyTo, tellAtOnce } from "#channels/slack/privately.ts";
import type { PendingPress } from "#channels/slack/recent.ts";
import { renderSlack, type Manner, type Rendered } from "#channels/slack/render.ts";
import { signChoice, signShare } from "#channels/slack/signed.ts";
import type { Address, MessageReference, Reply } from "#core/message.ts";
import type { Delivery, Sent } from "#core/ports.ts";

/** Sends a reply; one of several messages goes on after the last one that arrived when it is sent again. */
export async function deliverSlack(parts: SlackParts, to: Address, reply: Reply, delivery?: Delivery): Promise<Sent> {
  const { memory, words, now } = parts;
  const pressed = memory.of(to).press;
  const press = delivery?.bulk !== true && pressed !== undefined && now() < pressed.until ? pressed : undefined;
  if (press !== undefined && saysExpired(reply)) {
    if (await tellAtOnce(parts, to, escapeMrkdwn(words({ key: "choice.expired" }, reply.language))))
      return { ok: true, reference: "" };
  }
  const rendered = renderSlack(reply, words, mannerFor(parts, to, reply));
  if (reply.kind === "withdraw") return withdraw(parts, reply.reference);
  if (reply.kind === "amend") return amend(parts, reply.reference, rendered);
  const inPlace = reply.kind === "edit" && rendered.length === 1 && press?.turn === reply.turn ? press : undefined;
  const key = delivery?.id ?? JSON.stringify([to, reply]);
  const began = now();
  let reference = "";
  for (let at = memory.progress.get(key) ?? 0; at < rendered.length; at += 1) {
    if (at > 0 && now() - began > LIMITS.deliverMs) return { ok: false, why: "not-sent", retryAfterMs: 0, begun: true };
    const part = rendered[at];
    if (part === undefined) break;
    const one = { id: `${key}/${at}`, doubtful: (delivery?.attempts ?? 0) > 0 };
    const sent =
      part.kind === "document"
        ? await sendDocument(parts, to, part, reply.language)
        : await send(parts, to, { text: part.text, blocks: part.blocks }, one, inPlace, reply);
    if (!sent.ok) return at > 0 && "retryAfterMs" in sent ? { ...sent, begun: true } : sent;
    ({ reference } = sent);
    if (rendered.length > 1) memory.progress.set(key, at + 1);
  }
  memory.progress.delete(key);
  return { ok: true, reference };
}

type One = { readonly id: string; readonly doubtful: boolean };

async function send(
  parts: SlackParts,
  to: Address,
  what: Shown,
  one: One,
  press: PendingPress | undefined,
  reply: Reply,
): Promise<Sent> {
  if (press !== undefined) {
    const changed = await change(parts, to, what, press);
    if (changed !== undefined) return changed;
  }
  if (to.thread === ONLY_YOU) return showOnlyTo(parts, to, what, one);
  const posted = await postOnce(parts, { channel: to.chat, thread: threadOf(to) }, what, one);
  if (!isForEveryone(to) || posted.ok || (posted.why !== "outside" && posted.why !== "gone")) return final(posted);
  // The bot is not in the channel; whoever shows the answer may do so there all the same.
  const url = parts.memory.responseUrl(to, parts.now());
  if (url !== undefined) {
    const answered = outcomeOf(
      parts,
      "response_url",
      await parts.client.respond(url, { ...what, response_type: "in_channel", replace_original: false }),
    );
    if (answered.ok || answered.why !== "refused") return final(answered);
  }
  const text = parts.words({ key: "share.outside" }, reply.language);
  return sendDirectly(parts, to.person, { text, blocks: [] }, one);
}

/** Replaces a message of ours. What takes several messages is not one: it is refused, and goes out as a new one. */
async function amend(parts: SlackParts, reference: MessageReference, [message, ...more]: readonly Rendered[]): Promise<Sent> {
  if (message?.kind !== "message" || more.length > 0) return { ok: false, why: "refused" };
  const { channel, ts } = placeOf(reference);
  const asked = { channel, ts, text: message.text, blocks: message.blocks };
  const updated = outcomeOf(parts, "chat.update", await parts.client.call("chat.update", asked));
  if (updated.ok) return { ok: true, reference };
  return updated.why === "no-message" ? { ok: false, why: "refused" } : final(updated);
}

/** Takes a message of ours away; one that is not there is taken away. */
async function withdraw(parts: SlackParts, reference: MessageReference): Promise<Sent> {
  const { channel, ts } = placeOf(reference);
  const removed = outcomeOf(parts, "chat.delete", await parts.client.call("chat.delete", { channel, ts }));
  return removed.ok || removed.why === "no-message" ? { ok: true, reference } : final(removed);
}

/** Shows something in place of what was pressed; `undefined` where that is not there any more. Safe to repeat. */
async function change(parts: SlackParts, to: Address, what: Shown, press: PendingPress): Promise<Sent | undefined> {
  if (press.onlyYou) {
    const url = parts.memory.responseUrl(to, parts.now());
    if (url === undefined) return undefined;
    const replaced = outcomeOf(parts, "response_url", await parts.client.respond(url, { ...what, replace_original: true }));
    return !replaced.ok && replaced.why === "refused" ? undefined : final(replaced);
  }
  const asked = { channel: press.channel, ts: press.message, ...what };
  const updated = outcomeOf(parts, "chat.update", await parts.client.call("chat.update", asked));
  return !updated.ok && updated.why === "no-message" ? undefined : final(updated);
}

function mannerFor({ buttons, now }: SlackParts, to: Address, { language }: Reply): Manner {
  return {
    sign: (press) => signChoice(buttons, to, press, now()),
    share: to.thread === ONLY_YOU ? (entry) => signShare(buttons, to, { entry, language }, now()) : undefined,
    sharedBy: isForEveryone(to) ? to.person : undefined,
  };
}

/** A press that is no longer known is told so to whoever pressed, and not with a message of its own. */
function saysExpired(reply: Reply): boolean {
  const [only, ...others] = reply.kind === "say" ? reply.paragraphs : [];
  return only !== undefined && others.length === 0 && "key" in only && only.key === "choice.expired";
}
