import { LIMITS } from "#channels/telegram/limits.ts";
import { toMessages } from "#channels/telegram/paragraphs.ts";
import { presentable } from "#text/presentable.ts";
import { shorten } from "#text/split.ts";
import type { Reply, Text } from "#core/message.ts";
import { withList, withTitle, withTitles, type Paragraph } from "#core/paragraphs.ts";
import type { Words } from "#i18n/words.ts";
import type { Press, PressUnder } from "#presses/buttons.ts";

export interface Button {
  readonly text: string;
  readonly callback_data: string;
}

/** A message as it is handed to Telegram, whoever it goes to. */
export type Rendered =
  | {
      readonly kind: "text";
      readonly html: string;
      readonly keyboard?: readonly (readonly Button[])[];
      /** Asks for a reply: in a group only a reply finds its way back. */
      readonly asks?: boolean;
    }
  | {
      readonly kind: "document";
      readonly name: string;
      readonly content: string;
      readonly caption: string;
    };

/** Names what is pressed in the few bytes of a button. */
export type Sign = (press: Press | PressUnder) => string;

type Choices = Extract<Reply, { kind: "choices" }>;
type TextMessage = Extract<Rendered, { kind: "text" }>;

/** What a reply looks like in Telegram: one message, or more where one does not hold it; buttons stand under the last. */
export function renderTelegram(reply: Reply, words: Words, sign: Sign): Rendered[] {
  const show = (text: Text): Paragraph => ({
    words: presentable(words(text, reply.language)).trim(),
    url: text.url,
    toCopy: text.toCopy,
    apart: "words" in text,
  });
  switch (reply.kind) {
    case "say":
      return texts(reply.paragraphs.map(show));
    case "form":
      return texts([show(reply.question)]).map((text) => ({ ...text, asks: true }));
    case "document": {
      const [caption = ""] = toMessages([show(reply.caption)], LIMITS.caption);
      return [{ kind: "document", name: reply.name, content: reply.content, caption }];
    }
    case "announcement": {
      const { announcement, language } = reply;
      const messages = texts(withTitle(reply.paragraphs.map(show), reply));
      const keyboard = reply.buttons.map((button) => [
        { text: words({ key: `button.${button}` }, language), callback_data: sign({ announcement, button }) },
      ]);
      return withKeyboard(messages, keyboard);
    }
    case "digest": {
      const { announcements, language } = reply;
      const titles = announcements.map(({ title }) => presentable(title).trim());
      const keyboard = announcements.map(({ id }, at) => [
        { text: shorten(`${at + 1}. ${titles[at]}`, LIMITS.label), callback_data: sign({ announcement: id, button: "open" }) },
      ]);
      const leave = announcements
        .slice(0, 1)
        .map(({ id }) => [
          { text: words({ key: "button.leave" }, language), callback_data: sign({ announcement: id, button: "leave-all" }) },
        ]);
      return withKeyboard(texts(withTitles(reply.paragraphs.map(show), titles)), [...keyboard, ...leave]);
    }
    case "withdraw":
      return [];
    case "edit":
    case "amend":
      return renderTelegram(reply.reply, words, sign);
    case "choices": {
      const labels = reply.options.map(({ label }) => presentable(words(label, reply.language)).trim());
      const messages = texts(withList(withTitle(reply.paragraphs.map(show), reply), reply, labels));
      return withKeyboard(messages, rows(reply, labels, sign));
    }
  }
}

function texts(paragraphs: readonly Paragraph[]): TextMessage[] {
  const seen = paragraphs.filter(({ words }) => words !== "");
  return toMessages(seen, LIMITS.text).map((html) => ({ kind: "text", html }));
}

function withKeyboard(messages: readonly TextMessage[], keyboard: readonly (readonly Button[])[]): TextMessage[] {
  return messages.map((text, at) => (at === messages.length - 1 && keyboard.length > 0 ? { ...text, keyboard } : text));
}

/** A row for each long label; short ones share a row with their like. */
function rows(reply: Choices, labels: readonly string[], sign: Sign): Button[][] {
  const made: Button[][] = [];
  let room = 0;
  for (const [at, option] of reply.options.entries()) {
    const label = shorten(option.listed ? `${at + 1}. ${labels[at]}` : (labels[at] ?? ""), LIMITS.label);
    const button = { text: label, callback_data: sign({ turn: reply.turn, option: at + 1 }) };
    const last = made.at(-1);
    const alike = reply.options[at - 1]?.listed === option.listed;
    if (last !== undefined && alike && label.length <= room) {
      last.push(button);
      room -= label.length;
    } else {
      made.push([button]);
      room = LIMITS.row - label.length;
    }
  }
  return made;
}
