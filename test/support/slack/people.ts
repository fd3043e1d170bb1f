import { randomUUID } from "node:crypto";
import type { Deliveries, Delivery } from "./deliveries.ts";
import { eventBody, interaction } from "./payloads.ts";
import type { Channel, Element, Message, User, View } from "./shapes.ts";
import { APP, BOT_USER, TEAM, directMessage, keepMessage, newTrigger, type ResponseUrl, type State } from "./state.ts";
import { checkView } from "./views.ts";

interface Where {
  /** A channel; else the direct message with the bot. */
  readonly channel?: Channel;
  /** The message whose thread it goes into. */
  readonly thread?: Pick<Message, "ts">;
}

/** Someone with Slack open. */
export interface Person {
  readonly user: User;
  /** The direct message with the bot. */
  readonly dm: Channel;
  /** In a channel the bot hears of it only where `slack.mention` is in it. */
  says(text: string, where?: Where): { message: Message; delivery: Delivery | undefined };
  sendsFile(text: string, where?: Where): { message: Message; delivery: Delivery | undefined };
  edits(message: Message, text: string): Delivery | undefined;
  deletes(message: Message): Delivery | undefined;
  commands(text: string, where?: Where & { command?: string }): Delivery;
  /** Presses the button with this label (or one that begins so). */
  presses(message: Message | View | undefined, label: string): Delivery;
  /** Presses a button that a client made up. */
  pressesValue(message: Message | View | undefined, element: Partial<Element>): Delivery;
  /** A message shortcut. */
  uses(callbackId: string, message: Message): Delivery;
  opensHome(): Delivery;
  /** Fills in the modal that is open and submits it; values by action id. What comes back is acted on as a client would. */
  submits(values: Readonly<Record<string, string>>): Delivery;
  closes(): Delivery;
  /** The modal in front, and the errors shown in it. */
  modal(): { view: View; errors?: Record<string, string> } | undefined;
}

export interface People {
  person(options?: { name?: string; guest?: "member" | "guest" | "stranger" }): Person;
  channel(options?: { name?: string; private?: boolean; shared?: boolean; members?: readonly Person[]; bot?: boolean }): Channel;
}

/** Text as Slack encodes what a person types: the three characters it steers with, save for mentions it knows. */
export function encoded(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/&lt;(@[UW]\w+)&gt;/g, "<$1>");
}

export function createPeople(state: State, deliveries: Deliveries, root: () => string): People {
  let users = 1000;
  let channels = 100;
  const errors = new Map<string, Record<string, string>>();

  const responseUrl = (of: Omit<ResponseUrl, "madeAt" | "uses">): string => {
    const id = randomUUID();
    state.responses.set(id, { ...of, madeAt: Date.now(), uses: 0 });
    return `${root()}/response/${id}`;
  };

  const person: People["person"] = ({ name = "ayse", guest = "member" } = {}) => {
    users += 1;
    const team_id = guest === "stranger" ? "T0OTHER001" : TEAM;
    const user: User = { id: `U0${users}`, team_id, name, is_restricted: guest === "guest", is_stranger: guest === "stranger" };
    state.users.set(user.id, user);
    const own = directMessage(state, user.id);

    const announce = (event: Record<string, unknown>, channel: Channel) =>
      deliveries.send(
        "events_api",
        eventBody({ ...event, ...(team_id === TEAM ? {} : { user_team: team_id }) }, channel.is_ext_shared),
      );
    const place = (message: Message, channel: Channel, more: Record<string, unknown>): Delivery | undefined => {
      const { only: _only, blocks: _blocks, ...rest } = message;
      const event = { ...rest, ...more, team: team_id, event_ts: message.ts };
      if (channel.is_im) return announce({ type: "message", channel_type: "im", ...event }, channel);
      const heard = channel.members.has(BOT_USER) && message.text.includes(`<@${BOT_USER}>`);
      return heard ? announce({ type: "app_mention", ...event }, channel) : undefined;
    };
    const write = (text: string, { channel = own, thread }: Where, more: Record<string, unknown>) => {
      const message = keepMessage(state, {
        ts: state.ts(),
        channel: channel.id,
        user: user.id,
        text: encoded(text),
        client_msg_id: randomUUID(),
        ...(thread === undefined ? {} : { thread_ts: thread.ts }),
      });
      return { message, delivery: place(message, channel, more) };
    };
    const channelOf = (message: Message) => state.channels.get(message.channel) ?? own;

    const press = (on: Message | View | undefined, element: Partial<Element>): Delivery => {
      const trigger_id = newTrigger(state, user.id);
      const action = { block_id: "b", action_ts: state.ts(), type: "button", ...element };
      if (on === undefined || "type" in on) {
        return deliveries.send(
          "interactive",
          interaction(user, "block_actions", { trigger_id, actions: [action], ...(on && { view: on }) }),
        );
      }
      const message: Message = on;
      const response_url = responseUrl({ channel: message.channel, user: user.id, message });
      const container = {
        type: "message",
        message_ts: message.ts,
        channel_id: message.channel,
        is_ephemeral: message.only !== undefined,
        ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
      };
      const { only: _only, channel: _channel, ...shown } = message;
      // What was shown to one person alone does not come back with a press.
      const held = message.only === undefined ? { message: { type: "message", ...shown } } : {};
      const body = { trigger_id, response_url, container, channel: { id: message.channel }, actions: [action], ...held };
      return deliveries.send("interactive", interaction(user, "block_actions", body));
    };
    const front = () => state.modals.findLast((modal) => modal.user === user.id);
    const shut = (view: View) => {
      const at = state.modals.findIndex((modal) => modal.view.id === view.id);
      // A form that was submitted twice is shut already.
      if (at >= 0) state.modals.splice(at, 1);
    };
    // What the app answered decides what becomes of the modal, as in a client.
    const settle = async (delivery: Delivery, modal: State["modals"][number]): Promise<void> => {
      await delivery.done;
      if (!delivery.acknowledged) return;
      const answer = (delivery.answer ?? {}) as { response_action?: string; errors?: Record<string, string>; view?: unknown };
      const { id } = modal.view;
      errors.delete(id);
      if (answer.response_action === "errors") errors.set(id, answer.errors ?? {});
      else if (answer.response_action === "update") modal.view = { ...checkView(answer.view, "modal"), id };
      else shut(modal.view);
      state.happened.emit("call");
    };

    return {
      user,
      dm: own,
      says: (text, where = {}) => write(text, where, {}),
      sendsFile: (text, where = {}) =>
        write(text, where, { subtype: "file_share", files: [{ id: "F1", name: "a.pdf", mimetype: "application/pdf" }] }),
      edits(message, text) {
        const before = { ...message };
        Object.assign(message, { text: encoded(text), edited: { user: user.id, ts: state.ts() } });
        const channel = channelOf(message);
        if (!channel.is_im) return place(message, channel, { edited: message.edited });
        const { channel: id, ...now } = message;
        return announce(
          {
            type: "message",
            subtype: "message_changed",
            hidden: true,
            channel: id,
            channel_type: "im",
            ts: state.ts(),
            message: { type: "message", ...now },
            previous_message: { type: "message", ...before },
          },
          channel,
        );
      },
      deletes(message) {
        const channel = channelOf(message);
        state.messages.set(
          channel.id,
          (state.messages.get(channel.id) ?? []).filter((each) => each !== message),
        );
        if (!channel.is_im) return undefined;
        return announce(
          {
            type: "message",
            subtype: "message_deleted",
            channel: channel.id,
            channel_type: "im",
            ts: state.ts(),
            deleted_ts: message.ts,
            previous_message: message,
          },
          channel,
        );
      },
      commands(text, { channel = own, command = "/imece" } = {}) {
        return deliveries.send("slash_commands", {
          token: "t",
          team_id,
          team_domain: "imece",
          channel_id: channel.id,
          channel_name: channel.is_im ? "directmessage" : channel.name,
          user_id: user.id,
          user_name: name,
          command,
          text: encoded(text),
          api_app_id: APP,
          is_enterprise_install: "false",
          response_url: responseUrl({ channel: channel.id, user: user.id }),
          trigger_id: newTrigger(state, user.id),
        });
      },
      presses(on, label) {
        const buttons = (on?.blocks ?? []).flatMap((block) => [
          ...(block.elements ?? []),
          ...(block.accessory ? [block.accessory] : []),
        ]);
        const labelled = buttons.map((each) => [typeof each.text === "object" ? each.text.text : "", each] as const);
        const found = labelled.find(([text]) => text.startsWith(label)) ?? labelled.find(([text]) => text.includes(label));
        if (found === undefined)
          throw new Error(`There is no button ${label}, but: ${labelled.map(([text]) => text).join(" | ")}`);
        return press(on, found[1]);
      },
      pressesValue: press,
      uses(callbackId, message) {
        const { only: _only, channel, ...rest } = message;
        const trigger_id = newTrigger(state, user.id);
        const response_url = responseUrl({ channel, user: user.id });
        return deliveries.send(
          "interactive",
          interaction(user, "message_action", {
            callback_id: callbackId,
            trigger_id,
            response_url,
            message_ts: message.ts,
            channel: { id: channel, name: channelOf(message).name },
            message: { type: "message", ...rest },
          }),
        );
      },
      opensHome: () =>
        deliveries.send(
          "events_api",
          eventBody({ type: "app_home_opened", user: user.id, channel: own.id, tab: "home", event_ts: state.ts() }, false),
        ),
      submits(values) {
        const modal = front();
        if (modal === undefined) throw new Error("No modal is open.");
        const { view } = modal;
        const inputs = view.blocks.filter((block) => block.type === "input");
        const state_ = {
          values: Object.fromEntries(inputs.map((block) => [block.block_id ?? "", valueOf(block.element, values)])),
        };
        const trigger_id = newTrigger(state, user.id);
        const delivery = deliveries.send(
          "interactive",
          interaction(user, "view_submission", { trigger_id, view: { ...view, state: state_ } }),
        );
        void settle(delivery, modal);
        return delivery;
      },
      closes() {
        const modal = front();
        if (modal === undefined) throw new Error("No modal is open.");
        shut(modal.view);
        return deliveries.send("interactive", interaction(user, "view_closed", { view: modal.view, is_cleared: false }));
      },
      modal() {
        const modal = front();
        if (modal === undefined) return undefined;
        const shown = errors.get(modal.view.id);
        return { view: modal.view, ...(shown === undefined ? {} : { errors: shown }) };
      },
    };
  };

  return {
    person,
    channel({ name = "genel", private: is_private = false, shared = false, members = [], bot = true } = {}) {
      channels += 1;
      const ids = members.map(({ user }) => user.id);
      const channel: Channel = {
        id: `C0${channels}`,
        name,
        is_im: false,
        is_private,
        is_ext_shared: shared,
        is_archived: false,
        members: new Set(bot ? [...ids, BOT_USER] : ids),
      };
      state.channels.set(channel.id, channel);
      return channel;
    },
  };
}

function valueOf(element: Element | undefined, values: Readonly<Record<string, string>>): Record<string, unknown> {
  const id = element?.action_id ?? "";
  const value = values[id];
  const type = element?.type ?? "";
  if (type === "plain_text_input") return { [id]: { type, value: value ?? element?.["initial_value"] ?? null } };
  const options = (element?.["options"] ?? []) as { value: string }[];
  const initial = [element?.["initial_option"] ?? [], element?.["initial_options"] ?? []].flat() as { value: string }[];
  const wanted = value?.split(",") ?? initial.map((option) => option.value);
  const chosen = options.filter((option) => wanted.includes(option.value));
  if (type === "checkboxes" || type === "multi_static_select") return { [id]: { type, selected_options: chosen } };
  return { [id]: { type, selected_option: chosen[0] ?? null } };
}
