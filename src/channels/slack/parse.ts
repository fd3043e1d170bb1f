import { attachmentIn, incomingFor } from "#channels/slack/heard.ts";
import { COMMAND, SHORTCUT, STAFF_COMMANDS } from "#channels/slack/methods.ts";
import { plainWords } from "#channels/slack/mrkdwn.ts";
import type { Command, Event, EventBody, Interaction, Message, Payload } from "#channels/slack/payload.ts";
import { CHANNEL, isDirect, ONLY_YOU, reference } from "#channels/slack/place.ts";
import type { Address, Incoming } from "#core/message.ts";
import type { Actor, Place } from "#core/workspace.ts";

/** The bot itself, as auth.test tells it. */
export interface Self {
  readonly user: string;
  readonly team: string;
}

/** Somebody acted and waits for something to be shown: where it can be answered at once. */
export interface Acted {
  readonly by: Actor;
  /** A trigger names the act; what is repeated has the same. */
  readonly trigger: string;
  readonly responseUrl: string | undefined;
  /** What was typed after the command, where one was. */
  readonly typed?: string | undefined;
  /** That command is one of staff alone. */
  readonly ofStaff?: boolean | undefined;
}

/** What a payload means. */
export type Parsed =
  | {
      readonly kind: "incoming";
      readonly address: Address;
      readonly incoming: Incoming;
      /** The message it stands in, where it stands in one. */
      readonly message: string | undefined;
      /** An old message that was changed: new only if it was the last one. */
      readonly edited: boolean;
      readonly acted: Acted | undefined;
    }
  | ({
      readonly kind: "press";
      readonly action: string;
      readonly value: string;
      readonly place: Place;
      readonly message: string | undefined;
      readonly onlyYou: boolean;
      /** The button stands in a form. */
      readonly inForm: boolean;
    } & Acted)
  | ({
      readonly kind: "submission";
      readonly form: string;
      readonly about: string;
      readonly values: Readonly<Record<string, readonly string[]>>;
    } & Acted)
  | { readonly kind: "home"; readonly person: string }
  | { readonly kind: "ignored" };

const IGNORED: Parsed = { kind: "ignored" };
/** Of all the kinds of message that Slack knows, those that a person writes. */
const WRITTEN = new Set([undefined, "file_share", "thread_broadcast", "me_message"]);

/** Reads a payload; whatever is not for the bot is ignored. */
export function parseSlack(payload: Payload, self: Self): Parsed {
  switch (payload.kind) {
    case "event":
      return parseEvent(payload.body, self);
    case "command":
      return parseCommand(payload.body, self);
    case "interaction":
      return parseInteraction(payload.body, self);
  }
}

function parseEvent({ event, event_id }: EventBody, self: Self): Parsed {
  const id = `sl-${event_id}`;
  if (event.type === "app_home_opened") {
    return event.tab === undefined || event.tab === "home" ? { kind: "home", person: event.user } : IGNORED;
  }
  const { channel } = event;
  if (event.type === "app_mention") {
    // In a channel the answer goes under the question, where it disturbs nobody.
    const thread = isDirect({ chat: channel }) ? event.thread_ts : (event.thread_ts ?? event.ts);
    return written(event, { chat: channel, thread }, id, self, event.edited !== undefined);
  }
  if (event.channel_type !== "im") return IGNORED;
  if (event.subtype !== "message_changed") return written(event, { chat: channel, thread: event.thread_ts }, id, self, false);
  return edited(event, id, self);
}

/** Slack also tells of a change where it has only added the preview of a link. */
function edited({ channel, message, previous_message }: Extract<Event, { type: "message" }>, id: string, self: Self): Parsed {
  if (message === undefined || message.text === previous_message?.text) return IGNORED;
  return written(message, { chat: channel, thread: message.thread_ts }, id, self, true);
}

function written(message: Message, { chat, thread }: Place, id: string, self: Self, changed: boolean): Parsed {
  const { user: person, bot_id, subtype, ts } = message;
  if (person === undefined || person === self.user || (bot_id ?? "") !== "" || !WRITTEN.has(subtype)) return IGNORED;
  // A direct message is one conversation: a thread in it is a reply to the message that it stands under.
  const direct = isDirect({ chat });
  const address: Address = { channel: CHANNEL, chat, ...(direct || thread === undefined ? {} : { thread }), person };
  const repliesTo = direct && thread !== undefined && thread !== ts ? { repliesTo: reference(chat, thread) } : {};
  const words = plainWords(message.text ?? "", self.user);
  const told = { kind: "incoming", address, message: ts, edited: changed, acted: undefined } as const;
  const [file] = message.files ?? [];
  if (words === "" && file !== undefined)
    return { ...told, incoming: { id, kind: "attachment", what: attachmentIn(file), ...repliesTo } };
  const incoming = incomingFor(words, id);
  return { ...told, incoming: incoming.kind === "message" ? { ...incoming, ...repliesTo } : incoming };
}

function parseCommand({ command, channel_id, user_id, text = "", trigger_id, response_url }: Command, self: Self): Parsed {
  const name = STAFF_COMMANDS[command];
  if (command !== COMMAND && name === undefined) return IGNORED;
  const address: Address = { channel: CHANNEL, chat: channel_id, thread: ONLY_YOU, person: user_id };
  const typed = [name, plainWords(text, self.user)].filter((part) => part !== undefined && part !== "").join(" ");
  const by: Actor = { person: user_id, stranger: false };
  const acted: Acted = { by, trigger: trigger_id, responseUrl: response_url, typed, ofStaff: name !== undefined };
  const incoming = incomingFor(typed, idOf(trigger_id));
  return { kind: "incoming", address, incoming, message: undefined, edited: false, acted };
}

function parseInteraction(body: Interaction, self: Self): Parsed {
  const { user, trigger_id: trigger } = body;
  const by: Actor = { person: user.id, stranger: user.team_id !== undefined && user.team_id !== self.team };
  switch (body.type) {
    case "message_action": {
      if (body.callback_id !== SHORTCUT) return IGNORED;
      const address: Address = { channel: CHANNEL, chat: body.channel.id, thread: ONLY_YOU, person: user.id };
      const words = plainWords(body.message.text ?? "", self.user);
      // What stands in somebody's message is a question and never a command of whoever looks it up.
      const incoming: Incoming = { id: idOf(trigger), kind: "message", text: words.replace(/^\s*\/+/, "") };
      const acted: Acted = { by, trigger, responseUrl: body.response_url };
      return { kind: "incoming", address, incoming, message: undefined, edited: false, acted };
    }
    case "block_actions": {
      const [action] = body.actions;
      if (action === undefined) return IGNORED;
      const { channel_id: chat = "", thread_ts: thread, message_ts: message, is_ephemeral = false } = body.container ?? {};
      const place: Place = { chat, ...(thread === undefined ? {} : { thread }) };
      const inForm = body.view?.type === "modal";
      const pressed = { action: action.action_id, value: action.value ?? "", place, message, inForm, onlyYou: is_ephemeral };
      return { kind: "press", ...pressed, by, trigger, responseUrl: body.response_url };
    }
    case "view_submission": {
      const { callback_id: form, private_metadata: about = "", state } = body.view;
      const fields = Object.values(state?.values ?? {}).flatMap((block) => Object.entries(block));
      const values = fields.map(([id, { value, selected_option, selected_options }]) => {
        const chosen = selected_options ?? (selected_option ? [selected_option] : []);
        return [id, value === undefined || value === null ? chosen.map((each) => each.value) : [value]] as const;
      });
      const filled = values.filter(([, held]) => held.some((each) => each.trim() !== ""));
      return { kind: "submission", form, about, values: Object.fromEntries(filled), by, trigger, responseUrl: undefined };
    }
  }
}

/** Named by the act and not by its transport: the same act is taken once, however it comes again. */
export function idOf(trigger: string): string {
  return `sl-${trigger}`;
}
