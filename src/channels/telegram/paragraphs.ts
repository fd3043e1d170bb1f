import type { Paragraph } from "#core/paragraphs.ts";
import { escapeHtml } from "#channels/telegram/escape.ts";
import { splitWords } from "#text/split.ts";

/** Joins paragraphs to as few messages in HTML as `limit` allows, counted as Telegram counts: in what is seen. */
export function toMessages(paragraphs: readonly Paragraph[], limit: number): string[] {
  const messages: { html: string; length: number }[] = [];
  let before: Paragraph | undefined;
  for (const paragraph of paragraphs) {
    for (const words of splitWords(paragraph.words, limit)) {
      const last = messages.at(-1);
      const gap = paragraph.apart === true || before?.apart === true ? "\n\n" : "\n";
      before = paragraph;
      const html = marked(paragraph, words);
      if (last === undefined || last.length + gap.length + words.length > limit) {
        messages.push({ html, length: words.length });
      } else {
        last.html += gap + html;
        last.length += gap.length + words.length;
      }
    }
  }
  return messages.map(({ html }) => html);
}

function marked({ bold, url, toCopy }: Paragraph, words: string): string {
  const escaped = escapeHtml(words);
  // A tap copies it, and no link is made of it.
  if (toCopy === true) return `<code>${escaped}</code>`;
  const linked = url === undefined || !/^https?:\/\//.test(url) ? escaped : `<a href="${escapeHtml(url)}">${escaped}</a>`;
  return bold === true ? `<b>${linked}</b>` : linked;
}
