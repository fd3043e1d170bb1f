/** What the fake keeps and sends, in the words of Slack. */
export interface User {
  readonly id: string;
  readonly team_id: string;
  name: string;
  /** A guest of this workspace. */
  is_restricted?: boolean;
  is_ultra_restricted?: boolean;
  /** Someone of another workspace, met in a shared channel. */
  is_stranger?: boolean;
  is_bot?: boolean;
  deleted?: boolean;
}

export interface Channel {
  readonly id: string;
  name: string;
  is_im: boolean;
  is_private: boolean;
  is_ext_shared: boolean;
  is_archived: boolean;
  /** Whose direct message with the bot it is. */
  readonly user?: string;
  readonly members: Set<string>;
}

export interface TextObject {
  type: "mrkdwn" | "plain_text";
  text: string;
  emoji?: boolean;
  verbatim?: boolean;
}

export interface Element {
  type: string;
  action_id?: string;
  value?: string;
  text?: TextObject | string;
  url?: string;
  style?: string;
  [more: string]: unknown;
}

export interface Block {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  elements?: Element[];
  accessory?: Element;
  element?: Element;
  label?: TextObject;
  [more: string]: unknown;
}

export interface Metadata {
  event_type: string;
  event_payload: Record<string, unknown>;
}

export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  text: string;
  blocks?: Block[];
  thread_ts?: string;
  metadata?: Metadata;
  edited?: { user: string; ts: string };
  files?: { id: string; name: string; content: string }[];
  /** Whom alone it is shown to. */
  only?: string;
  bot_id?: string;
  client_msg_id?: string;
}

export interface View {
  id: string;
  type: "modal" | "home";
  callback_id?: string;
  private_metadata?: string;
  blocks: Block[];
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  hash?: string;
  [more: string]: unknown;
}

/** One call that reached the fake: what was asked, when, and how it ended. */
export interface Call {
  readonly method: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly at: number;
  /** Whether the fake did what was asked, whatever the caller got to hear of it. */
  accepted: boolean;
  /** The status that was answered; absent while the call is open, or where the connection was cut. */
  status?: number;
  /** The error in Slack's own word. */
  error?: string;
  answeredAt?: number;
}

/** A refusal in the words of Slack, which are sent with status 200. */
export class Refusal extends Error {
  readonly more: Readonly<Record<string, unknown>>;

  constructor(error: string, more: Readonly<Record<string, unknown>> = {}) {
    super(error);
    this.more = more;
  }
}
