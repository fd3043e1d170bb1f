import type { Reply, Text } from "#core/message.ts";
import type { Words } from "#i18n/words.ts";

const BOLD = "\u001B[1m";
const DIM = "\u001B[2m";
const PLAIN = "\u001B[0m";

/** What a reply looks like on a terminal: paragraphs, then numbered choices. Colours only where the terminal has them. */
export function renderConsole(reply: Reply, words: Words, coloured: boolean): string {
  const paint = (style: string, text: string) => (coloured ? `${style}${text}${PLAIN}` : text);
  const show = (text: Text) => printable(words(text, reply.language) + (text.url === undefined ? "" : `\n  ${text.url}`));
  switch (reply.kind) {
    case "announcement":
    case "say":
      return `${reply.paragraphs.map(show).join("\n")}\n`;
    case "digest": {
      const [first = "", ...rest] = reply.paragraphs.map(show);
      const titles = reply.announcements.map(({ title }, at) => `  ${at + 1}. ${printable(title)}`);
      return `${[paint(BOLD, first), ...titles, ...rest].join("\n")}\n`;
    }
    case "choices": {
      const [first, ...rest] = reply.paragraphs.map(show);
      const options = reply.options.map((option, position) => paint(DIM, `  ${position + 1}. ${show(option.label)}`));
      return `${[paint(rest.length > 1 ? BOLD : "", first ?? ""), ...rest, ...options].join("\n")}\n`;
    }
    case "document":
      return `${show(reply.caption)}\n--- ${reply.name} ---\n${printable(reply.content)}\n`;
    case "form":
      return `${show(reply.question)}\n`;
    case "withdraw":
      return "";
    case "edit":
    case "amend":
      return renderConsole(reply.reply, words, coloured);
  }
}

/** Nothing a text holds may steer the terminal. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => (character === "\n" || character === "\t" ? character : ""));
}
