import { addressedWords } from "#channels/telegram/addressed.ts";
import type { CallbackQuery, Membership, Message, Update } from "#channels/telegram/update.ts";
import { parseCommand } from "#core/command-names.ts";
import type { Address, Attachment, Incoming } from "#core/message.ts";
import type { Language } from "#text/language.ts";

/** The bot itself, as getMe tells it. */
export interface Self {
  readonly id: number;
  readonly username: string;
}

/** What an update means. */
export type Parsed =
  | {
      readonly kind: "incoming";
      readonly address: Address;
      readonly incoming: Incoming;
      readonly message: number;
      /** An old message that was changed: new only if it was the last one. */
      readonly edited: boolean;
    }
  | {
      readonly kind: "press";
      readonly address: Address;
      readonly callback: string;
      readonly data: string;
      readonly message: number;
      readonly clientLanguage: Language | undefined;
    }
  /** A press that belongs to no message that can be read. */
  | { readonly kind: "lost-press"; readonly callback: string; readonly clientLanguage: Language | undefined }
  | { readonly kind: "presence"; readonly address: Address; readonly incoming: Incoming }
  | { readonly kind: "moved"; readonly from: string; readonly to: string }
  | { readonly kind: "ignored" };

const CHANNEL = "telegram";
const IGNORED: Parsed = { kind: "ignored" };

/** Reads an update; whatever is not for the bot is ignored. */
export function parseTelegram(update: Update, self: Self): Parsed {
  if (update.callback_query) return parsePress(update.callback_query);
  if (update.message) return parseMessage(update.update_id, update.message, self, false);
  if (update.edited_message) return parseMessage(update.update_id, update.edited_message, self, true);
  if (update.my_chat_member) return parseMembership(update.update_id, update.my_chat_member);
  return IGNORED;
}

/** Somebody blocked the bot in their own chat, or lets it write again. In groups it is put in and out, which changes nothing for anybody. */
function parseMembership(updateId: number, { chat, from, new_chat_member: { status } }: Membership): Parsed {
  if (chat.type !== "private") return IGNORED;
  const address: Address = { channel: CHANNEL, chat: String(chat.id), person: String(from.id) };
  const reachable = status !== "kicked" && status !== "left";
  return { kind: "presence", address, incoming: { id: `tg-${updateId}`, kind: "presence", reachable } };
}

function parseMessage(updateId: number, message: Message, self: Self, edited: boolean): Parsed {
  const { chat } = message;
  if (message.migrate_to_chat_id !== undefined) {
    return { kind: "moved", from: String(chat.id), to: String(message.migrate_to_chat_id) };
  }
  const person = personOf(message);
  if (person === undefined || chat.type === "channel") return IGNORED;

  const words = addressedWords(message, self);
  if (words === undefined) return IGNORED;
  const address: Address = { channel: CHANNEL, chat: String(chat.id), ...threadOf(message), person };
  const clientLanguage = languageOf(message.from?.language_code);
  const envelope = { id: `tg-${updateId}`, ...(clientLanguage === undefined ? {} : { clientLanguage }) };
  const told = { kind: "incoming", address, message: message.message_id, edited } as const;

  const command = parseCommand(words);
  if (command !== undefined) return { ...told, incoming: { ...envelope, kind: "command", ...command } };
  if (message.text !== undefined || words !== "") {
    return { ...told, incoming: { ...envelope, kind: "message", text: words, ...repliesTo(message) } };
  }
  const what = attachmentIn(message);
  // A live location changes every few seconds: an edit without words is nothing new.
  if (what === undefined || edited) return IGNORED;
  const sent = { what, ...lengthOf(message), ...repliesTo(message) };
  return { ...told, incoming: { ...envelope, id: albumId(message) ?? envelope.id, kind: "attachment", ...sent } };
}

function repliesTo({ reply_to_message: original }: Message): { repliesTo?: string } {
  return original?.message_id === undefined ? {} : { repliesTo: String(original.message_id) };
}

/** The length in seconds of what can be played. */
function lengthOf({ voice, audio, video_note, video }: Message): { seconds?: number } {
  const seconds = (voice ?? audio ?? video_note ?? video)?.duration;
  return seconds === undefined ? {} : { seconds };
}

function parsePress({ id, from, data, message }: CallbackQuery): Parsed {
  const clientLanguage = languageOf(from.language_code);
  if (message === undefined || data === undefined) return { kind: "lost-press", callback: id, clientLanguage };
  const address: Address = {
    channel: CHANNEL,
    chat: String(message.chat.id),
    ...threadOf(message),
    person: String(from.id),
  };
  return { kind: "press", address, callback: id, data, message: message.message_id, clientLanguage };
}

/** Who wrote it: a person, or a group that speaks through its anonymous administrators; never another bot. */
function personOf(message: Message): string | undefined {
  if (message.is_automatic_forward === true) return undefined;
  if (message.sender_chat) return String(message.sender_chat.id);
  return message.from === undefined || message.from.is_bot ? undefined : String(message.from.id);
}

function threadOf(message: { message_thread_id?: number | undefined; is_topic_message?: boolean | undefined }): {
  thread?: string;
} {
  if (message.is_topic_message !== true || message.message_thread_id === undefined) return {};
  return { thread: String(message.message_thread_id) };
}

/** Pictures sent together arrive one by one: under one id those without words are answered once. */
function albumId({ media_group_id: album }: Message): string | undefined {
  return album === undefined ? undefined : `tg-album-${album}`;
}

function attachmentIn(message: Message): Attachment | undefined {
  const kinds: readonly [Attachment, ...unknown[]][] = [
    ["voice", message.voice, message.audio, message.video_note],
    ["sticker", message.sticker, message.animation, message.dice],
    ["picture", message.photo],
    ["video", message.video],
    ["location", message.location, message.venue],
    ["contact", message.contact],
    ["file", message.document],
    ["other", message.poll, message.story, message.game, message.paid_media, message.checklist],
  ];
  return kinds.find(([, ...held]) => held.some((part) => part !== undefined))?.[0];
}

/** Only a language the bot speaks says something: a member abroad may have a phone in any other. */
function languageOf(code: string | undefined): Language | undefined {
  const [main] = code?.split("-") ?? [];
  return main === "tr" || main === "en" ? main : undefined;
}
