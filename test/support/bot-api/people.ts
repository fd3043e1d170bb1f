import { randomUUID } from "node:crypto";
import type { Chat, Entity, Message, Update, User } from "./shapes.ts";
import { keepMessage, queueUpdate, type State } from "./state.ts";

interface Where {
  /** A group; else the private chat with the bot. */
  readonly chat?: Chat;
  readonly replyTo?: Message;
  readonly thread?: number;
}

/** Someone with Telegram on the phone. */
export interface Person {
  readonly user: User;
  /** The private chat with the bot. */
  readonly chat: Chat;
  says(text: string, where?: Where): Update;
  /** A sticker, voice, photo, location …: whatever the message holds instead of text. */
  sends(content: Partial<Message>, where?: Where): Update;
  edits(message: Message, text: string): Update;
  /** Presses the button with this label (or one that begins so) under a message of the bot. */
  presses(message: Message | undefined, label: string): Update;
  /** Presses a button that a client made up. */
  pressesData(message: Message | undefined, data: string): Update;
  blocks(): void;
  unblocks(): void;
}

export interface People {
  person(options?: { name?: string; language?: string }): Person;
  group(options?: { title?: string; forum?: boolean }): Chat;
  /** The group becomes a supergroup: a new id, and the old one refuses. */
  migrate(group: Chat): Chat;
}

export function createPeople(state: State): People {
  let users = 5000;
  let groups = 900;
  const now = () => Math.floor(Date.now() / 1000);

  const person: People["person"] = ({ name = "Ayşe", language = "tr" } = {}) => {
    users += 1;
    const user: User = { id: users, is_bot: false, first_name: name, language_code: language };
    const own: Chat = { id: users, type: "private", first_name: name };
    state.users.set(user.id, user);

    const send = (content: Partial<Message>, { chat = own, replyTo, thread }: Where = {}): Update => {
      // A bot may write to a person once the person has written to it.
      state.chats.set(chat.id, chat);
      const message: Message = {
        message_id: state.nextMessage(chat.id),
        date: now(),
        chat,
        from: user,
        ...(replyTo === undefined ? {} : { reply_to_message: replyTo }),
        ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true }),
        ...content,
      };
      return queueUpdate(state, { message: structuredClone(keepMessage(state, message)) });
    };

    const membership = (status: string) =>
      queueUpdate(state, {
        my_chat_member: { chat: own, from: user, date: now(), new_chat_member: { user: state.bot, status } },
      });

    const pressesData: Person["pressesData"] = (message, data) => {
      const query = {
        id: randomUUID().replaceAll("-", ""),
        from: user,
        chat_instance: "1",
        data,
        ...(message === undefined ? {} : { message: structuredClone(message) }),
      };
      state.callbacks.set(query.id, query);
      return queueUpdate(state, { callback_query: query });
    };

    return {
      user,
      chat: own,
      says: (text, where) => send({ text, ...withEntities(text, state.bot) }, where),
      sends: send,
      edits(message, text) {
        Object.assign(message, { text, edit_date: now() });
        return queueUpdate(state, { edited_message: structuredClone({ ...message, ...withEntities(text, state.bot) }) });
      },
      presses(message, label) {
        const buttons = message?.reply_markup?.inline_keyboard.flat() ?? [];
        const button = buttons.find((each) => each.text.startsWith(label)) ?? buttons.find((each) => each.text.includes(label));
        if (button?.callback_data === undefined) {
          throw new Error(`There is no button ${label}, but: ${buttons.map((each) => each.text).join(" | ")}`);
        }
        return pressesData(message, button.callback_data);
      },
      pressesData,
      blocks() {
        state.blocked.add(own.id);
        membership("kicked");
      },
      unblocks() {
        state.blocked.delete(own.id);
        membership("member");
      },
    };
  };

  return {
    person,
    group({ title = "Kooperatifçiler", forum = false } = {}) {
      groups += 1;
      const chat: Chat = { id: forum ? -1_000_000_000_000 - groups : -groups, type: forum ? "supergroup" : "group", title };
      if (forum) chat.is_forum = true;
      state.chats.set(chat.id, chat);
      const member = { user: state.bot, status: "member" };
      const from = state.users.values().next().value ?? state.bot;
      queueUpdate(state, { my_chat_member: { chat, from, date: now(), new_chat_member: member } });
      return chat;
    },
    migrate(group) {
      const id = -1_000_000_000_000 + group.id;
      const chat: Chat = { ...group, id, type: "supergroup" };
      state.chats.set(id, chat);
      state.migrated.set(group.id, id);
      const service = { date: now(), from: state.bot };
      queueUpdate(state, {
        message: { ...service, chat: group, message_id: state.nextMessage(group.id), migrate_to_chat_id: id },
      });
      queueUpdate(state, { message: { ...service, chat, message_id: state.nextMessage(id), migrate_from_chat_id: group.id } });
      return chat;
    },
  };
}

/** Commands and mentions are marked by the server, not by whoever writes. */
function withEntities(text: string, bot: User): { entities?: Entity[] } {
  const entities: Entity[] = [];
  for (const match of text.matchAll(/(?<![\w@])\/[a-zA-Z0-9_]+(?:@\w+)?/g)) {
    entities.push({ type: "bot_command", offset: match.index, length: match[0].length });
  }
  for (const match of text.matchAll(/(?<![\w/@])@\w{5,}/g)) {
    if (bot.username !== undefined) entities.push({ type: "mention", offset: match.index, length: match[0].length });
  }
  return entities.length === 0 ? {} : { entities };
}
