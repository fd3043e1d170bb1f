import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { Refusal, type Channel, type Message, type User, type View } from "./shapes.ts";

export const TEAM = "T0IMECE01";
export const APP = "A0IMECE01";
export const BOT_USER = "U0IMECEBOT";
export const BOT_ID = "B0IMECE01";

/** Everything the fake knows. */
export interface State {
  /** The id of the workspace that the token is of. */
  team: string;
  readonly users: Map<string, User>;
  readonly groups: Map<string, string[]>;
  readonly channels: Map<string, Channel>;
  readonly messages: Map<string, Message[]>;
  readonly ephemeral: Message[];
  readonly homes: Map<string, View>;
  readonly modals: { readonly user: string; view: View }[];
  /** When a trigger was given, to whom, and whether it was used. */
  readonly triggers: Map<string, { readonly at: number; readonly user: string; used: boolean }>;
  readonly responses: Map<string, ResponseUrl>;
  readonly uploads: Map<string, { name: string; content: string; completed: boolean }>;
  readonly tickets: Set<string>;
  scopes: string[];
  /** "call" when a call ended, "delivery" when something was acknowledged or given up. */
  readonly happened: EventEmitter;
  ts(): string;
}

/** What a response URL belongs to. */
export interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  readonly madeAt: number;
  uses: number;
  /** The message that it may replace. */
  readonly message?: Message;
}

const TRIGGER_LASTS_MS = 3000;

export function createState(scopes: readonly string[]): State {
  let last = 0;
  const happened = new EventEmitter();
  happened.setMaxListeners(0);
  const bot: User = { id: BOT_USER, team_id: TEAM, name: "imece", is_bot: true };
  return {
    team: TEAM,
    users: new Map([[bot.id, bot]]),
    groups: new Map(),
    channels: new Map(),
    messages: new Map(),
    ephemeral: [],
    homes: new Map(),
    modals: [],
    triggers: new Map(),
    responses: new Map(),
    uploads: new Map(),
    tickets: new Set(),
    scopes: [...scopes],
    happened,
    ts() {
      last = Math.max(last + 1, Date.now() * 1000);
      const digits = String(last);
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    },
  };
}

/** A channel as the bot may write to it, or the refusal that Slack gives. A person's id stands for the direct message with them. */
export function channelFor(state: State, id: unknown): Channel {
  const channel = state.users.has(String(id)) ? directMessage(state, String(id)) : state.channels.get(String(id));
  if (channel === undefined) throw new Refusal("channel_not_found");
  if (!channel.members.has(BOT_USER)) {
    if (channel.is_private || channel.is_im) throw new Refusal("channel_not_found");
    if (!state.scopes.includes("chat:write.public")) throw new Refusal("not_in_channel");
  }
  if (channel.is_archived) throw new Refusal("is_archived");
  return channel;
}

/** The direct message of a person with the bot. */
export function directMessage(state: State, user: string): Channel {
  const found = [...state.channels.values()].find((channel) => channel.is_im && channel.user === user);
  if (found) return found;
  const channel: Channel = {
    id: `D${user.slice(1)}`,
    name: "directmessage",
    is_im: true,
    is_private: true,
    is_ext_shared: false,
    is_archived: false,
    user,
    members: new Set([user, BOT_USER]),
  };
  state.channels.set(channel.id, channel);
  return channel;
}

export function keepMessage(state: State, message: Message): Message {
  state.messages.set(message.channel, [...(state.messages.get(message.channel) ?? []), message]);
  return message;
}

export function newTrigger(state: State, user: string): string {
  const id = `${Math.floor(Math.random() * 1e12)}.${Math.floor(Math.random() * 1e9)}.${randomUUID().replaceAll("-", "")}`;
  state.triggers.set(id, { at: Date.now(), user, used: false });
  return id;
}

/** Uses a trigger up: it opens one view, within three seconds. */
export function exchangeTrigger(state: State, id: unknown): string {
  const trigger = state.triggers.get(String(id));
  if (trigger === undefined) throw new Refusal("invalid_trigger_id");
  if (Date.now() - trigger.at > TRIGGER_LASTS_MS) throw new Refusal("expired_trigger_id");
  if (trigger.used) throw new Refusal("exchanged_trigger_id");
  trigger.used = true;
  return trigger.user;
}
