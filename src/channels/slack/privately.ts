import { textOf } from "#channels/slack/client.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { isDirect, threadOf } from "#channels/slack/place.ts";
import { final, outcomeOf, postOnce, type Posted, type Shown } from "#channels/slack/post.ts";
import type { Rendered } from "#channels/slack/render.ts";
import type { Address } from "#core/message.ts";
import type { Sent } from "#core/ports.ts";
import type { Language } from "#text/language.ts";

/**
 * Shows something to one person alone: where a command or press can be answered, there; else in the channel, if the bot is in it; else
 * in a direct message. The first two cannot be read back.
 */
export async function showOnlyTo(
  parts: SlackParts,
  to: Address,
  what: Shown,
  delivery: { id: string; doubtful: boolean },
): Promise<Sent> {
  const { client, memory, now } = parts;
  const url = memory.responseUrl(to, now());
  if (url !== undefined) {
    const answered = outcomeOf(
      parts,
      "response_url",
      await client.respond(url, { ...what, response_type: "ephemeral", replace_original: false }),
    );
    if (answered.ok || answered.why !== "refused") return final(answered);
    memory.of(to).response = undefined;
  }
  const asked = { channel: to.chat, user: to.person, ...what };
  const shown = outcomeOf(parts, "chat.postEphemeral", await client.call("chat.postEphemeral", asked));
  if (shown.ok || (shown.why !== "outside" && shown.why !== "gone")) return final(shown);
  return sendDirectly(parts, to.person, what, delivery);
}

/** Writes to a person in their direct message with the bot. */
export async function sendDirectly(
  parts: SlackParts,
  person: string,
  what: Shown,
  delivery: { id: string; doubtful: boolean },
): Promise<Sent> {
  const opened = await directChannel(parts, person);
  if (typeof opened !== "string") return final(opened);
  return final(await postOnce(parts, { channel: opened, thread: undefined }, what, delivery));
}

/** The direct message with a person, opened if need be. */
export async function directChannel(parts: SlackParts, person: string): Promise<string | Posted> {
  const opened = await parts.client.call("conversations.open", { users: person });
  return opened.ok ? textOf(opened.result, "channel", "id") : outcomeOf(parts, "conversations.open", opened);
}

/** A file goes to the person alone, wherever it was asked for: it may hold everything that is stored about them. */
export async function sendDocument(
  parts: SlackParts,
  to: Address,
  { name, content, comment }: Extract<Rendered, { kind: "document" }>,
  language: Language,
): Promise<Sent> {
  const { client, words } = parts;
  const channel = isDirect(to) && to.thread === threadOf(to) ? to.chat : await directChannel(parts, to.person);
  if (typeof channel !== "string") return final(channel);
  const place = await client.call("files.getUploadURLExternal", { filename: name, length: Buffer.byteLength(content) });
  if (!place.ok) return beforeSharing(outcomeOf(parts, "files.getUploadURLExternal", place));
  const put = await client.upload(textOf(place.result, "upload_url"), content);
  if (!put.ok) return beforeSharing(outcomeOf(parts, "upload", put));
  const files = [{ id: textOf(place.result, "file_id"), title: name }];
  const thread = channel === to.chat && threadOf(to) !== undefined ? { thread_ts: threadOf(to) } : {};
  const asked = { files, channel_id: channel, initial_comment: comment, ...thread };
  const shared = outcomeOf(parts, "files.completeUploadExternal", await client.call("files.completeUploadExternal", asked));
  if (shared.ok && channel !== to.chat) {
    // Told where it was asked for, at once or not at all: the file itself has arrived.
    const text = words({ key: "document.sentPrivately" }, language);
    await tellAtOnce(parts, to, text);
  }
  return final(shared);
}

/** Until a file is shared nobody sees it, so it may be uploaded again. */
function beforeSharing(outcome: Posted): Sent {
  return !outcome.ok && outcome.why === "unknown" ? { ok: false, why: "not-sent", retryAfterMs: 1000 } : final(outcome);
}

/** Tells whoever has just acted, alone and at once or not at all. */
export async function tellAtOnce({ client, memory, log, now }: SlackParts, to: Address, text: string): Promise<boolean> {
  const url = memory.responseUrl(to, now());
  const thread = threadOf(to) === undefined ? {} : { thread_ts: threadOf(to) };
  const told =
    url === undefined
      ? await client.call("chat.postEphemeral", { channel: to.chat, user: to.person, text, ...thread })
      : await client.respond(url, { text, response_type: "ephemeral", replace_original: false });
  if (!told.ok) log.callFailed(url === undefined ? "chat.postEphemeral" : "response_url", told.code);
  return told.ok;
}
