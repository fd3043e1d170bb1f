import { EventEmitter } from "node:events";
import { Refusal, badRequest, type CallbackQuery, type Chat, type Message, type Update, type User } from "./shapes.ts";

export interface WebhookSettings {
  readonly url: string;
  readonly secret: string | undefined;
}

/** Everything the fake knows. */
export interface State {
  readonly bot: User;
  readonly users: Map<number, User>;
  readonly chats: Map<number, Chat>;
  /** Who may not be written to any more. */
  readonly blocked: Set<number>;
  /** Old group ids and the supergroups they became. */
  readonly migrated: Map<number, number>;
  readonly messages: Map<number, Message[]>;
  readonly callbacks: Map<string, CallbackQuery & { answer?: { text?: string; alert: boolean } }>;
  /** What a method such as setMyCommands was told, by method, scope and language. */
  readonly registered: Map<string, unknown>;
  /** How many messages it takes within any second, where it counts them; what is paid for comes on top. */
  perSecond: number | undefined;
  /** When it took the last ones. */
  readonly taken: number[];
  pending: Update[];
  allowed: readonly string[];
  webhook: WebhookSettings | undefined;
  /** "update" when one arrived, "call" when a call ended, "webhook" when it was set. */
  readonly happened: EventEmitter;
  nextUpdate(): number;
  nextMessage(chat: number): number;
}

export function createState(bot: User): State {
  let updates = 100_000;
  const messages = new Map<number, Message[]>();
  const counted = new Map<number, number>();
  const happened = new EventEmitter();
  happened.setMaxListeners(0);
  return {
    bot,
    users: new Map(),
    chats: new Map(),
    blocked: new Set(),
    migrated: new Map(),
    messages,
    callbacks: new Map(),
    registered: new Map(),
    perSecond: undefined,
    taken: [],
    pending: [],
    allowed: [],
    webhook: undefined,
    happened,
    nextUpdate: () => (updates += 1),
    nextMessage(chat) {
      const next = (counted.get(chat) ?? 0) + 1;
      counted.set(chat, next);
      return next;
    },
  };
}

const PAID_PER_SECOND = 1000;

/** Counts a message, or refuses it where too many came within a second. */
export function takePlace(state: State, paid: boolean): void {
  if (state.perSecond === undefined) return;
  const now = performance.now();
  while (state.taken[0] !== undefined && state.taken[0] <= now - 1000) state.taken.shift();
  if (state.taken.length >= (paid ? PAID_PER_SECOND : state.perSecond)) {
    throw new Refusal(429, "Too Many Requests: retry after 1", { retry_after: 1 });
  }
  state.taken.push(now);
}

/** The chat a call names, or the refusal that Telegram gives. */
export function chatFor(state: State, id: unknown): Chat {
  const number = Number(id);
  const movedTo = state.migrated.get(number);
  if (movedTo !== undefined) {
    throw new Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", { migrate_to_chat_id: movedTo });
  }
  const chat = state.chats.get(number);
  if (chat === undefined) throw badRequest("chat not found");
  if (state.blocked.has(number)) throw new Refusal(403, "Forbidden: bot was blocked by the user");
  return chat;
}

/** Stores what a person or the bot wrote. */
export function keepMessage(state: State, message: Message): Message {
  const kept = state.messages.get(message.chat.id) ?? [];
  state.messages.set(message.chat.id, [...kept, message]);
  return message;
}

/** Queues an update for the poller or the webhook, as far as the bot asked for its kind. */
export function queueUpdate(state: State, update: Omit<Update, "update_id">): Update {
  const queued = { update_id: state.nextUpdate(), ...update };
  const kind = Object.keys(update)[0] ?? "";
  if (state.allowed.length === 0 || state.allowed.includes(kind)) {
    state.pending.push(queued);
    state.happened.emit("update");
  }
  return queued;
}
