import { parseHtml } from "./html.ts";
import { Refusal, badRequest, type Button, type Message } from "./shapes.ts";
import { chatFor, keepMessage, type State } from "./state.ts";

export type Payload = Readonly<Record<string, unknown>>;
type Method = (state: State, payload: Payload) => unknown;

const MOST_TEXT = 4096;
const MOST_CAPTION = 1024;
const MOST_DATA_BYTES = 64;
const DELETABLE_SECONDS = 48 * 60 * 60;

/** A text a call carries, or an empty one. */
export function textIn(payload: Payload, field: string): string {
  const value = payload[field];
  return typeof value === "string" ? value : "";
}

const now = () => Math.floor(Date.now() / 1000);

function formatted(payload: Payload, field: "text" | "caption", most: number) {
  const raw = payload[field];
  if (typeof raw !== "string") return { text: "", entities: [] };
  if (!raw.isWellFormed()) throw badRequest("strings must be encoded in UTF-8");
  const parsed = payload["parse_mode"] === "HTML" ? parseHtml(raw) : { text: raw, entities: [] };
  const text = parsed.text.trim();
  if (text.length > most) throw badRequest(field === "text" ? "message is too long" : "message caption is too long");
  return { text, entities: parsed.entities };
}

function keyboard(payload: Payload): Message["reply_markup"] {
  const markup = payload["reply_markup"] as { inline_keyboard?: Button[][] } | undefined;
  for (const button of markup?.inline_keyboard?.flat() ?? []) {
    if (button.text.trim() === "") throw badRequest("inline keyboard button text must be non-empty");
    const bytes = Buffer.byteLength(button.callback_data ?? "");
    if (button.url === undefined && (bytes < 1 || bytes > MOST_DATA_BYTES)) throw badRequest("BUTTON_DATA_INVALID");
  }
  return markup?.inline_keyboard === undefined ? undefined : { inline_keyboard: markup.inline_keyboard };
}

function post(state: State, payload: Payload, content: Partial<Message>): Message {
  const chat = chatFor(state, payload["chat_id"]);
  const thread = payload["message_thread_id"] as number | undefined;
  if (thread !== undefined && chat.is_forum !== true) throw badRequest("message thread not found");
  const replyTo = (payload["reply_parameters"] as { message_id?: number } | undefined)?.message_id;
  const original = state.messages.get(chat.id)?.find((message) => message.message_id === replyTo);
  const markup = keyboard(payload);
  return keepMessage(state, {
    message_id: state.nextMessage(chat.id),
    date: now(),
    chat,
    from: state.bot,
    ...content,
    ...(original === undefined ? {} : { reply_to_message: original }),
    ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true }),
    ...(markup === undefined ? {} : { reply_markup: markup }),
  });
}

function ownMessage(state: State, payload: Payload, verb: string): Message {
  const chat = chatFor(state, payload["chat_id"]);
  const found = state.messages.get(chat.id)?.find((message) => message.message_id === Number(payload["message_id"]));
  if (found === undefined) throw badRequest(`message to ${verb} not found`);
  if (found.from?.id !== state.bot.id) throw badRequest(`message can't be ${verb}ed`);
  return found;
}

function change(message: Message, changes: Partial<Message>): Message {
  const before = JSON.stringify([message.text, message.entities, message.reply_markup]);
  const after = { ...message, ...changes };
  if (before === JSON.stringify([after.text, after.entities, after.reply_markup])) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message",
    );
  }
  return Object.assign(message, changes, { edit_date: now() });
}

function remember(name: string, check: (payload: Payload) => void): Method {
  return (state, payload) => {
    check(payload);
    const scope = (payload["scope"] as { type?: string } | undefined)?.type ?? "default";
    state.registered.set(`${name} ${scope} ${textIn(payload, "language_code")}`.trim(), payload);
    return true;
  };
}

const notLonger = (field: string, most: number) => (payload: Payload) => {
  if (textIn(payload, field).length > most) throw badRequest(`${field} is too long`);
};

/** The methods of the Bot API that the fake knows; getUpdates and the webhook ones live with the updates. */
export const METHODS: Readonly<Record<string, Method>> = {
  getMe: (state) => ({ ...state.bot, can_join_groups: true, can_read_all_group_messages: false }),
  sendMessage(state, payload) {
    chatFor(state, payload["chat_id"]);
    const content = formatted(payload, "text", MOST_TEXT);
    if (content.text === "") throw badRequest("message text is empty");
    return post(state, payload, content);
  },
  sendDocument(state, payload) {
    chatFor(state, payload["chat_id"]);
    const { text: caption } = formatted(payload, "caption", MOST_CAPTION);
    const file = payload["document"] as { name: string; type: string; content: string } | undefined;
    if (file?.content === undefined || file.content === "") throw badRequest("file must be non-empty");
    const document = { file_name: file.name, mime_type: file.type, file_size: Buffer.byteLength(file.content) };
    return post(state, payload, { caption, document, content: file.content });
  },
  editMessageText(state, payload) {
    const message = ownMessage(state, payload, "edit");
    const { text, entities } = formatted(payload, "text", MOST_TEXT);
    if (text === "") throw badRequest("message text is empty");
    return change(message, { text, entities, reply_markup: keyboard(payload) ?? { inline_keyboard: [] } });
  },
  editMessageReplyMarkup(state, payload) {
    return change(ownMessage(state, payload, "edit"), { reply_markup: keyboard(payload) ?? { inline_keyboard: [] } });
  },
  deleteMessage(state, payload) {
    const message = ownMessage(state, payload, "delete");
    if (now() - message.date > DELETABLE_SECONDS) throw badRequest("message can't be deleted");
    const rest = state.messages.get(message.chat.id)?.filter((each) => each !== message) ?? [];
    state.messages.set(message.chat.id, rest);
    return true;
  },
  answerCallbackQuery(state, payload) {
    const query = state.callbacks.get(String(payload["callback_query_id"]));
    if (query === undefined || query.answer !== undefined) {
      throw badRequest("query is too old and response timeout expired or query ID is invalid");
    }
    notLonger("text", 200)(payload);
    const text = payload["text"] as string | undefined;
    query.answer = { ...(text === undefined ? {} : { text }), alert: payload["show_alert"] === true };
    return true;
  },
  sendChatAction(state, payload) {
    chatFor(state, payload["chat_id"]);
    if (payload["action"] !== "typing") throw badRequest("wrong parameter action in request");
    return true;
  },
  setMyCommands: remember("commands", (payload) => {
    for (const { command, description } of payload["commands"] as { command: string; description: string }[]) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
      if (description.length < 1 || description.length > 256) throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
    }
  }),
  setMyDescription: remember("description", notLonger("description", 512)),
  setMyShortDescription: remember("short description", notLonger("short_description", 120)),
  getChat: (state, payload) => chatFor(state, payload["chat_id"]),
  getChatMember(state, payload) {
    chatFor(state, payload["chat_id"]);
    const user = state.users.get(Number(payload["user_id"]));
    if (user === undefined) throw badRequest("user not found");
    return { status: "member", user };
  },
};

export const notFound = (): Refusal => new Refusal(404, "Not Found");
