import type { Called } from "#channels/telegram/client.ts";
import { InputFile } from "grammy";
import { LIMITS } from "#channels/telegram/limits.ts";
import type { TelegramParts } from "#channels/telegram/parts.ts";
import { answerPress } from "#channels/telegram/press.ts";
import { renderTelegram, type Rendered } from "#channels/telegram/render.ts";
import type { Address, Reply, Text } from "#core/message.ts";
import type { Delivery, Sent } from "#core/ports.ts";
import type { TextKey } from "#core/texts.ts";

type Posted = Called<"sendMessage" | "sendDocument" | "editMessageText" | "deleteMessage">;

const TOKEN_PAUSE_MS = 60_000;
const NO_CONNECTION_PAUSE_MS = 3000;

/** Sends a reply; one of several messages goes on after the last one that arrived when it is sent again. */
export async function deliverTelegram(parts: TelegramParts, to: Address, reply: Reply, delivery?: Delivery): Promise<Sent> {
  const { memory, words, buttons, now } = parts;
  const bulk = delivery?.bulk === true;
  const press = bulk ? undefined : memory.of(to).press;
  if (press !== undefined) press.served = true;
  const inPlaceText = press && toldInPlace(reply);
  if (press !== undefined && inPlaceText !== undefined && (await answerPress(parts, press, words(inPlaceText, reply.language)))) {
    return { ok: true, reference: "" };
  }

  const rendered = renderTelegram(reply, words, (press) => buttons.sign(to, press, now()));
  if (reply.kind === "withdraw") return withdraw(parts, to, Number(reply.reference));
  if (reply.kind === "amend") return amend(parts, to, rendered, Number(reply.reference));
  const inPlace = reply.kind === "edit" && rendered.length === 1 && press?.turn === reply.turn ? press.message : undefined;
  const key = JSON.stringify([to, reply]);
  const began = now();
  let reference = "";
  for (let at = memory.progress.get(key) ?? 0; at < rendered.length; at += 1) {
    if (at > 0 && now() - began > LIMITS.deliverMs) return { ok: false, why: "not-sent", retryAfterMs: 0, begun: true };
    const message = rendered[at];
    if (message === undefined) break;
    const sent = outcome(await sendOne(parts, to, message, { inPlace: at === 0 ? inPlace : undefined, bulk }), parts);
    if (!sent.ok) {
      if (at > 0 && "retryAfterMs" in sent) return { ...sent, begun: true };
      // Neither is tried again, and a later reply of the same words is another.
      if (sent.why === "refused" || sent.why === "gone") memory.progress.delete(key);
      return sent;
    }
    ({ reference } = sent);
    if (rendered.length > 1) memory.progress.set(key, at + 1);
  }
  memory.progress.delete(key);
  return { ok: true, reference };
}

/** Replaces a message where it stands, or not at all: what cannot be replaced is refused. */
async function amend(parts: TelegramParts, to: Address, [message, ...more]: readonly Rendered[], at: number): Promise<Sent> {
  if (message === undefined || more.length > 0) return { ok: false, why: "refused" };
  return outcome(await post(parts, to, message, { inPlace: at, bulk: false }), parts);
}

/** Takes a message of ours away; Telegram lets a bot do that for two days. */
async function withdraw(parts: TelegramParts, to: Address, message_id: number): Promise<Sent> {
  const deleted = await parts.client.call("deleteMessage", { chat_id: parts.memory.chatNow(to.chat), message_id });
  return !deleted.ok && deleted.why === "no-message" ? { ok: true, reference: "" } : outcome(deleted, parts);
}

interface Manner {
  /** The message that it replaces. */
  readonly inPlace?: number | undefined;
  readonly bulk: boolean;
}

/** Sends one message to where the chat is now, and once more where Telegram says what to do differently. */
async function sendOne(parts: TelegramParts, to: Address, message: Rendered, manner: Manner): Promise<Posted> {
  const sent = await post(parts, to, message, manner);
  if (sent.ok) return sent;
  const anew = { ...manner, inPlace: undefined };
  switch (sent.why) {
    case "moved":
      parts.memory.moved(to.chat, sent.to);
      return post(parts, to, message, anew);
    case "no-message":
      return post(parts, to, message, anew);
    case "no-thread":
      return post(parts, { ...to, thread: undefined }, message, anew);
    default:
      return sent;
  }
}

async function post(parts: TelegramParts, to: Address, message: Rendered, { inPlace, bulk }: Manner): Promise<Posted> {
  const { client, memory, paidBroadcast } = parts;
  const chat_id = memory.chatNow(to.chat);
  // What goes to many answers nobody.
  const inGroup = !bulk && chat_id.startsWith("-");
  const question = memory.of(to).message;
  const place = {
    chat_id,
    ...(to.thread === undefined ? {} : { message_thread_id: Number(to.thread) }),
    ...(inGroup && question !== undefined
      ? { reply_parameters: { message_id: question, allow_sending_without_reply: true } }
      : {}),
    ...(bulk && paidBroadcast === true ? { allow_paid_broadcast: true } : {}),
  };
  if (message.kind === "document") {
    const document = new InputFile(Buffer.from(message.content), message.name);
    return client.call("sendDocument", { ...place, document, caption: message.caption, parse_mode: "HTML" });
  }
  const text = { text: message.html, parse_mode: "HTML", link_preview_options: { is_disabled: true } } as const;
  const inline_keyboard = (message.keyboard ?? []).map((row) => [...row]);
  if (inPlace !== undefined) {
    return client.call("editMessageText", { chat_id, message_id: inPlace, ...text, reply_markup: { inline_keyboard } });
  }
  const asking = inGroup && message.asks === true ? { reply_markup: { force_reply: true, selective: true } as const } : {};
  const markup = inline_keyboard.length > 0 ? { reply_markup: { inline_keyboard } } : asking;
  return client.call("sendMessage", { ...place, ...text, ...markup });
}

function outcome(sent: Posted, { log }: TelegramParts): Sent {
  if (sent.ok) return { ok: true, reference: typeof sent.result === "object" ? String(sent.result.message_id) : "" };
  if (sent.why === "unchanged") return { ok: true, reference: "" };
  log.callFailed("send", sent.code);
  switch (sent.why) {
    case "slow-down":
      return { ok: false, why: "slow-down", retryAfterMs: sent.retryAfterMs };
    case "not-sent":
      return { ok: false, why: "not-sent", retryAfterMs: NO_CONNECTION_PAUSE_MS };
    // Refused before it was looked at; the one who runs the bot will set it right.
    case "token":
    case "conflict":
      return { ok: false, why: "not-sent", retryAfterMs: TOKEN_PAUSE_MS };
    case "gone":
      return { ok: false, why: "gone" };
    case "unknown":
      return { ok: false, why: "unknown" };
    case "refused":
    case "moved":
    case "no-message":
    case "no-thread":
      return { ok: false, why: "refused" };
  }
}

const TOLD_IN_PLACE = new Set<TextKey>(["choice.expired", "rate.tooMany"]);

/** The text that answers a press where it happened, and not with a message of its own. */
function toldInPlace(reply: Reply): Text | undefined {
  const [only, ...others] = reply.kind === "say" ? reply.paragraphs : [];
  return only !== undefined && others.length === 0 && "key" in only && TOLD_IN_PLACE.has(only.key) ? only : undefined;
}
