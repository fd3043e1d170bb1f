import type { Reply } from "#core/message.ts";

type Choices = Extract<Reply, { kind: "choices" }>;
type Titled = Extract<Reply, { kind: "choices" | "announcement" }>;

/** A paragraph of a reply in words, before a platform's markup. */
export interface Paragraph {
  readonly words: string;
  readonly bold?: boolean;
  readonly url?: string | undefined;
  readonly toCopy?: true | undefined;
  /** Stands apart from its neighbours, with a line between. */
  readonly apart?: boolean;
}

/** The title of an answer is bold; a lone text is no title. A note on its language may stand above that of an announcement. */
export function withTitle(paragraphs: readonly Paragraph[], reply: Titled): Paragraph[] {
  const at = reply.kind === "choices" ? 0 : reply.paragraphs.findIndex((each) => "words" in each);
  const title = paragraphs[at];
  const isTitle = paragraphs.length > 2 && "words" in (reply.paragraphs[at] ?? {}) && title?.words.includes("\n") === false;
  return isTitle ? paragraphs.with(at, { ...title, bold: true }) : [...paragraphs];
}

/** Listed options, each with the number to type, after the line that announces them. */
export function withList(paragraphs: readonly Paragraph[], reply: Choices, labels: readonly string[]): Paragraph[] {
  const lines = reply.options.flatMap((option, at) => (option.listed ? [`${at + 1}. ${labels[at]}`] : []));
  if (lines.length === 0) return [...paragraphs];
  const announced = paragraphs.findLastIndex(({ words }) => /[:?]$/.test(words));
  const place = announced === -1 ? paragraphs.length : announced + 1;
  return paragraphs.toSpliced(place, 0, { words: lines.join("\n"), apart: true });
}

/** The numbered titles of a message that tells of several announcements, after its first line, which is bold. */
export function withTitles(paragraphs: readonly Paragraph[], titles: readonly string[]): Paragraph[] {
  const [first, ...rest] = paragraphs;
  const lines = titles.map((title, at) => `${at + 1}. ${title}`).join("\n");
  return [...(first === undefined ? [] : [{ ...first, bold: true }]), { words: lines, apart: true }, ...rest];
}
