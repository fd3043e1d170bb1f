import { renderTelegram, type Button } from "#channels/telegram/render.ts";
import type { Reply } from "#core/message.ts";
import type { Words } from "#i18n/words.ts";
import { parseHtml } from "./bot-api/html.ts";

/** A stretch of a line as a phone shows it. */
export interface Stretch {
  readonly text: string;
  readonly bold: boolean;
  readonly url: string | undefined;
}

/** A message as a phone shows it: its lines, a file, and the rows of its buttons. */
export interface Shown {
  readonly lines: readonly (readonly Stretch[])[];
  readonly file: string | undefined;
  readonly rows: readonly (readonly string[])[];
}

/** What a reply looks like on a phone, by the renderer that the bot uses and the rules of the Bot API. */
export function onPhone(reply: Reply, words: Words): Shown[] {
  return renderTelegram(reply, words, () => "x").map((message) => {
    const html = message.kind === "document" ? message.caption : message.html;
    const keyboard: readonly (readonly Button[])[] = message.kind === "text" ? (message.keyboard ?? []) : [];
    return {
      lines: linesOf(html),
      file: message.kind === "document" ? message.name : undefined,
      rows: keyboard.map((row) => row.map(({ text }) => text)),
    };
  });
}

function linesOf(html: string): Stretch[][] {
  const { text, entities } = parseHtml(html);
  const cuts = [0, ...entities.flatMap(({ offset, length }) => [offset, offset + length]), text.length].toSorted((a, b) => a - b);
  const lines: Stretch[][] = [[]];
  for (const [at, from] of cuts.slice(0, -1).entries()) {
    const to = cuts[at + 1] ?? from;
    const over = entities.filter(({ offset, length }) => offset <= from && to <= offset + length);
    const style = { bold: over.some(({ type }) => type === "bold"), url: over.find(({ url }) => url !== undefined)?.url };
    for (const [position, part] of text.slice(from, to).split("\n").entries()) {
      if (position > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ text: part, ...style });
    }
  }
  return lines;
}
