import { checkBlocks } from "./blocks.ts";
import { FILE_METHODS } from "./files.ts";
import { Refusal, type Block, type Message, type Metadata } from "./shapes.ts";
import { BOT_ID, BOT_USER, channelFor, directMessage, keepMessage, type State } from "./state.ts";
import { VIEW_METHODS } from "./views.ts";

export type Payload = Readonly<Record<string, unknown>>;
export interface Method {
  /** What the token must be allowed; several where any of them will do for some channel. */
  readonly scopes?: (state: State, payload: Payload) => readonly string[];
  run(state: State, payload: Payload): object;
}

const MOST_TEXT = 40_000;
const MOST_BLOCKS = 50;

/** A text a call carries, or an empty one. */
export function textIn(payload: Payload, field: string): string {
  const value = payload[field];
  return typeof value === "string" ? value : "";
}

function content(payload: Payload): { text: string; blocks?: Block[] } {
  const text = textIn(payload, "text");
  const blocks = payload["blocks"] === undefined ? undefined : checkBlocks(payload["blocks"], MOST_BLOCKS);
  if (text === "" && (blocks === undefined || blocks.length === 0)) throw new Refusal("no_text");
  if (text.length > MOST_TEXT) throw new Refusal("msg_too_long");
  if (!text.isWellFormed()) throw new Refusal("invalid_arguments");
  return { text, ...(blocks === undefined ? {} : { blocks }) };
}

function metadata(payload: Payload): Metadata | undefined {
  const given = payload["metadata"] as Partial<Metadata> | undefined;
  if (given === undefined) return undefined;
  if (typeof given.event_type !== "string" || typeof given.event_payload !== "object") {
    throw new Refusal("invalid_metadata_format");
  }
  return { event_type: given.event_type, event_payload: given.event_payload };
}

function thread(state: State, channel: string, payload: Payload): { thread_ts?: string } {
  const thread_ts = payload["thread_ts"];
  if (thread_ts === undefined) return {};
  if (typeof thread_ts !== "string" || !/^\d+\.\d{6}$/.test(thread_ts)) throw new Refusal("invalid_thread_ts");
  if (!(state.messages.get(channel) ?? []).some(({ ts }) => ts === thread_ts)) throw new Refusal("thread_not_found");
  return { thread_ts };
}

function ownMessage(state: State, payload: Payload, why: string): Message {
  const channel = channelFor(state, payload["channel"]);
  const found = state.messages.get(channel.id)?.find(({ ts }) => ts === payload["ts"]);
  if (found === undefined) throw new Refusal("message_not_found");
  if (found.user !== BOT_USER) throw new Refusal(why);
  return found;
}

/** What a reader of a channel gets: metadata only where it asks for it. */
function seen(message: Message, payload: Payload): object {
  const { metadata: held, only: _only, channel: _channel, ...rest } = message;
  const wanted = payload["include_all_metadata"] === true || payload["include_all_metadata"] === "true";
  return { type: "message", ...rest, ...(held !== undefined && wanted ? { metadata: held } : {}) };
}

function readable(state: State, payload: Payload) {
  const channel = channelFor(state, payload["channel"]);
  if (!channel.members.has(BOT_USER)) throw new Refusal("not_in_channel");
  return channel;
}

/** Pages as Slack does, newest or oldest first as given. */
function paged(messages: readonly Message[], payload: Payload, most: number): object {
  const limit = Math.min(Number(payload["limit"] ?? most), most);
  const from = Number(textIn(payload, "cursor").replace("page-", "") || 0);
  const end = from + limit;
  const next = end < messages.length ? `page-${end}` : "";
  return {
    messages: messages.slice(from, end).map((message) => seen(message, payload)),
    has_more: next !== "",
    response_metadata: { next_cursor: next },
  };
}

function within(payload: Payload) {
  const oldest = textIn(payload, "oldest") || "0";
  const latest = textIn(payload, "latest") || "9999999999.999999";
  return ({ ts }: Message) => Number(ts) >= Number(oldest) && Number(ts) <= Number(latest);
}

/** Which of the history scopes a channel asks for. */
const historyScope = (state: State, payload: Payload): string[] => {
  const channel = state.channels.get(textIn(payload, "channel"));
  if (channel?.is_im === true) return ["im:history"];
  return [channel?.is_private === true ? "groups:history" : "channels:history"];
};
const infoScope = (state: State, payload: Payload): string[] => {
  const channel = state.channels.get(textIn(payload, "channel"));
  if (channel?.is_im === true) return ["im:read"];
  return [channel?.is_private === true ? "groups:read" : "channels:read"];
};
const write = () => ["chat:write"];

/** The methods of the Web API that the fake knows. */
export const METHODS: Readonly<Record<string, Method>> = {
  ...FILE_METHODS,
  ...VIEW_METHODS,
  "auth.test": {
    run: ({ team }) => ({
      url: "https://imece.slack.com/",
      team: "TÜRKİYE KOOP",
      user: "imece",
      team_id: team,
      user_id: BOT_USER,
      bot_id: BOT_ID,
    }),
  },
  "chat.postMessage": {
    scopes: write,
    run(state, payload) {
      const channel = channelFor(state, payload["channel"]);
      const held = metadata(payload);
      const message = keepMessage(state, {
        ts: state.ts(),
        channel: channel.id,
        user: BOT_USER,
        bot_id: BOT_ID,
        ...content(payload),
        ...thread(state, channel.id, payload),
        ...(held === undefined ? {} : { metadata: held }),
      });
      return { channel: channel.id, ts: message.ts, message: seen(message, payload) };
    },
  },
  "chat.update": {
    scopes: write,
    run(state, payload) {
      const message = ownMessage(state, payload, "cant_update_message");
      const held = metadata(payload);
      Object.assign(message, content(payload), held === undefined ? {} : { metadata: held });
      message.edited = { user: BOT_USER, ts: state.ts() };
      return { channel: message.channel, ts: message.ts, text: message.text };
    },
  },
  "chat.delete": {
    scopes: write,
    run(state, payload) {
      const message = ownMessage(state, payload, "cant_delete_message");
      state.messages.set(
        message.channel,
        (state.messages.get(message.channel) ?? []).filter((each) => each !== message),
      );
      return { channel: message.channel, ts: message.ts };
    },
  },
  "chat.postEphemeral": {
    scopes: write,
    run(state, payload) {
      const channel = channelFor(state, payload["channel"]);
      const user = textIn(payload, "user");
      if (!channel.members.has(user)) throw new Refusal("user_not_in_channel");
      const place = thread(state, channel.id, payload);
      const message: Message = { ts: state.ts(), channel: channel.id, user: BOT_USER, only: user, ...content(payload), ...place };
      state.ephemeral.push(message);
      return { message_ts: message.ts };
    },
  },
  "conversations.open": {
    scopes: () => ["im:write"],
    run(state, payload) {
      const user = state.users.get(textIn(payload, "users"));
      if (user === undefined) throw new Refusal("user_not_found");
      if (user.deleted === true) throw new Refusal("user_disabled");
      return { channel: { id: directMessage(state, user.id).id } };
    },
  },
  "conversations.info": {
    scopes: infoScope,
    run(state, payload) {
      const channel = state.channels.get(textIn(payload, "channel"));
      if (channel === undefined || (channel.is_private && !channel.members.has(BOT_USER))) throw new Refusal("channel_not_found");
      const { members, ...rest } = channel;
      return { channel: { ...rest, is_member: members.has(BOT_USER) } };
    },
  },
  "conversations.members": {
    scopes: infoScope,
    run(state, payload) {
      const members = [...readable(state, payload).members];
      const limit = Math.min(Number(payload["limit"] ?? 100), 1000);
      const from = Number(textIn(payload, "cursor") || 0);
      const next = from + limit < members.length ? String(from + limit) : "";
      return { members: members.slice(from, from + limit), response_metadata: { next_cursor: next } };
    },
  },
  "conversations.history": {
    scopes: historyScope,
    run(state, payload) {
      const all = state.messages.get(readable(state, payload).id) ?? [];
      const top = all.filter(({ thread_ts, ts }) => thread_ts === undefined || thread_ts === ts).filter(within(payload));
      return paged(top.toReversed(), payload, 999);
    },
  },
  "conversations.replies": {
    scopes: historyScope,
    run(state, payload) {
      const all = state.messages.get(readable(state, payload).id) ?? [];
      const root = textIn(payload, "ts");
      const held = all.filter(({ ts, thread_ts }) => ts === root || thread_ts === root);
      if (held.length === 0) throw new Refusal("thread_not_found");
      const inside = within(payload);
      return paged(
        held.filter((message) => message.ts === root || inside(message)),
        payload,
        1000,
      );
    },
  },
  "users.info": {
    scopes: () => ["users:read"],
    run(state, payload) {
      const user = state.users.get(textIn(payload, "user"));
      if (user === undefined) throw new Refusal("user_not_found");
      return { user };
    },
  },
  "usergroups.users.list": {
    scopes: () => ["usergroups:read"],
    run(state, payload) {
      const users = state.groups.get(textIn(payload, "usergroup"));
      if (users === undefined) throw new Refusal("no_such_subteam");
      return { users };
    },
  },
  "assistant.threads.setStatus": { scopes: () => ["assistant:write"], run: () => ({}) },
};
