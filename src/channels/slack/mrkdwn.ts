import type { Text } from "#core/message.ts";
import { presentable } from "#text/presentable.ts";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const CHARACTERS: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };

/** Stand around a person's id until it is shown; private to this channel, and taken out of whatever else is shown. */
const NAMED = /\uE000([UW][\dA-Z]+)\uE001/g;
const MARKS = /[\uE000\uE001]/g;
const PERSON = /^[UW][\dA-Z]{2,}$/;

/** A text in which a value called `by` names a person; no other value, and no words written elsewhere, can. */
export function withNames(text: Text): Text {
  if ("words" in text) return { ...text, words: text.words.replace(MARKS, "") };
  if (text.values === undefined) return text;
  const values = Object.entries(text.values).map(([name, value]) => {
    const plain = typeof value === "string" ? value.replace(MARKS, "") : value;
    return [name, name === "by" && typeof plain === "string" && PERSON.test(plain) ? `\uE000${plain}\uE001` : plain] as const;
  });
  return { ...text, values: Object.fromEntries(values) };
}

/** What Slack would take for bold, slanted, struck out, code, a quotation or an emoji. */
const MARKUP = /[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^[^\S\n]*>|:[\w+-]+:/mu;
const LOOK_ALIKES: Readonly<Record<string, string>> = { "*": "∗", "~": "∼", "`": "ˋ" };

/** Whether mrkdwn would show these words otherwise than they were written. No way to escape that is known to it. */
export function isMarkup(words: string): boolean {
  return MARKUP.test(words);
}

/** For words that stand beside a link or a name, which only mrkdwn can show: what looks the same and steers nothing. */
export function withoutMarkup(words: string): string {
  return words
    .replace(/[*~`]/g, (character) => LOOK_ALIKES[character] ?? character)
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "ˍ");
}

/** Whether a person is named in a text that {@link withNames} has seen. */
export function namesSomebody(words: string): boolean {
  return words.includes("\uE000");
}

/** The one escaper: words that call nobody and link nowhere, whatever is written in them. */
export function escapeMrkdwn(words: string): string {
  const escaped = presentable(words).replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);
  return escaped.replace(NAMED, "<@$1>").replace(MARKS, "");
}

/** A link, or the words alone where the address is none that may be opened. */
export function link(url: string | undefined, words: string): string {
  if (url === undefined || !/^https?:\/\//.test(url)) return escapeMrkdwn(words);
  const address = presentable(url).replace(/[|<>\s"]/g, (character) => encodeURIComponent(character));
  return `<${address.replace(/&/g, "&amp;")}|${escapeMrkdwn(words).replace(/\n/g, " ")}>`;
}

/**
 * What a person typed, as they saw it: Slack sends mentions, channels and links in angle brackets and the three characters it steers with
 * as entities. The bot's own name falls away; other people's names are not known and say nothing that is searched for.
 */
export function plainWords(text: string, self: string): string {
  return text
    .replace(/<([^<>]*)>/g, (_whole, inside: string) => named(inside, self))
    .replace(/&(?:amp|lt|gt);/g, (entity) => CHARACTERS[entity] ?? entity)
    .replace(/[^\S\n]+/g, " ")
    .trim();
}

function named(inside: string, self: string): string {
  const [target = "", label] = inside.split("|");
  if (target.startsWith("@")) return target === `@${self}` ? " " : ` ${label ?? ""} `;
  if (target.startsWith("#")) return label === undefined || label === "" ? " " : `#${label}`;
  // A call to everyone says nothing that is searched for either; a date or a group has its words with it.
  if (target.startsWith("!")) return label ?? " ";
  return label ?? target.replace(/^mailto:/, "");
}
