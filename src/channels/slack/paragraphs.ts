import type { Paragraph } from "#core/paragraphs.ts";
import { section, written, type Block } from "#channels/slack/blocks.ts";
import { escapeMrkdwn, isMarkup, link, namesSomebody, withoutMarkup } from "#channels/slack/mrkdwn.ts";
import { splitWords } from "#text/split.ts";

/** Escaping makes five characters of one at most, and an address stands beside its words. */
const LONGEST_ESCAPED = 5;

/** Joins paragraphs to as few sections as `limit` characters each allow. Words that mrkdwn would change stand in sections of their own. */
export function toSections(paragraphs: readonly Paragraph[], limit: number): Block[] {
  const sections: { text: string; readonly asWritten: boolean }[] = [];
  let before: Paragraph | undefined;
  for (const paragraph of paragraphs) {
    const asWritten = isShownAsWritten(paragraph);
    for (const words of pieces(paragraph, limit)) {
      const text = asWritten ? escapeMrkdwn(words) : marked(paragraph, words);
      const gap = paragraph.apart === true || before?.apart === true ? "\n\n" : "\n";
      before = paragraph;
      const last = sections.at(-1);
      if (last?.asWritten !== asWritten || last.text.length + gap.length + text.length > limit)
        sections.push({ text, asWritten });
      else last.text += gap + text;
    }
  }
  return sections.map(({ text, asWritten }) => (asWritten ? written(text) : section(text)));
}

function isShownAsWritten({ words, bold, url, toCopy }: Paragraph): boolean {
  // As code it is a word like any other, and no link is made of it; a mark of its own would end the code.
  if (toCopy === true) return words.includes("`");
  return bold !== true && url === undefined && !namesSomebody(words) && isMarkup(words);
}

/** Cut so that every piece fits with its markup; only where it does not fit whole, since most do. */
function pieces(paragraph: Paragraph, limit: number): string[] {
  if (marked(paragraph, paragraph.words).length <= limit) return paragraph.words === "" ? [] : [paragraph.words];
  const markup = (paragraph.url === undefined ? 0 : marked(paragraph, "").length) + 2;
  const escapes = escapeMrkdwn(paragraph.words).length > paragraph.words.length;
  return splitWords(paragraph.words, Math.floor((limit - markup) / (escapes ? LONGEST_ESCAPED : 1)));
}

function marked({ bold, url, toCopy }: Paragraph, words: string): string {
  if (toCopy === true) return `\`${escapeMrkdwn(words)}\``;
  const shown = link(url, withoutMarkup(words));
  return bold === true ? `*${shown}*` : shown;
}

/** Puts sections into messages of at most `limit` characters. */
export function toMessages(blocks: readonly Block[], limit: number): Block[][] {
  const messages: Block[][] = [];
  let length = 0;
  for (const block of blocks) {
    const size = block.type === "section" ? (block.text?.text.length ?? 0) : 0;
    const last = messages.at(-1);
    if (last === undefined || length + size > limit) {
      messages.push([block]);
      length = size;
    } else {
      last.push(block);
      length += size;
    }
  }
  return messages;
}
