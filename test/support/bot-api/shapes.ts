/** What the fake keeps and sends, in the words of the Bot API. */
export interface User {
  id: number;
  is_bot: boolean;
  first_name: string;
  username?: string;
  language_code?: string;
}

export interface Chat {
  id: number;
  type: "private" | "group" | "supergroup" | "channel";
  title?: string;
  first_name?: string;
  is_forum?: boolean;
}

export interface Button {
  text: string;
  callback_data?: string;
  url?: string;
}

export interface Message {
  message_id: number;
  date: number;
  edit_date?: number;
  chat: Chat;
  from?: User;
  text?: string;
  caption?: string;
  entities?: Entity[];
  message_thread_id?: number;
  is_topic_message?: boolean;
  reply_to_message?: Message;
  reply_markup?: { inline_keyboard: Button[][] };
  document?: { file_name: string; mime_type: string; file_size: number };
  [more: string]: unknown;
}

export interface Entity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  user?: User;
}

export interface Update {
  update_id: number;
  message?: Message;
  edited_message?: Message;
  callback_query?: CallbackQuery;
  my_chat_member?: unknown;
}

export interface CallbackQuery {
  id: string;
  from: User;
  message?: Message;
  chat_instance: string;
  data: string;
}

/** One call that reached the fake: what was asked, when, and how it ended. */
export interface Call {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** The caller's port: what it has not read yet can be asked of the system. */
  readonly port: number;
  /** Whether the fake did what was asked, whatever the caller got to hear of it. */
  accepted: boolean;
  /** The status that was answered; absent while the call is open, or where the connection was cut. */
  status?: number;
  /** Whether the answer has left as a whole. */
  flushed?: boolean;
}

/** A refusal in the words of the Bot API. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;

  constructor(code: number, description: string, parameters?: Refusal["parameters"]) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (description: string): Refusal => new Refusal(400, `Bad Request: ${description}`);
