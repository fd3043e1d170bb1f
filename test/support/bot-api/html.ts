import { badRequest, type Entity } from "./shapes.ts";

const TAGS: Readonly<Record<string, string>> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  ins: "underline",
  s: "strikethrough",
  del: "strikethrough",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  "tg-spoiler": "spoiler",
  a: "text_link",
};
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** Reads HTML as the Bot API does, and refuses what it refuses. Offsets are UTF-16 units. */
export function parseHtml(html: string): { text: string; entities: Entity[] } {
  let text = "";
  const entities: Entity[] = [];
  const open: { tag: string; entity: Entity }[] = [];
  for (let at = 0; at < html.length;) {
    const rest = html.slice(at);
    const escaped = /^&(?:(lt|gt|amp|quot)|#(\d+)|#x([\da-f]+));/i.exec(rest);
    if (escaped) {
      const [whole, name, decimal, hex] = escaped;
      text +=
        name === undefined ? String.fromCodePoint(decimal ? Number(decimal) : parseInt(hex ?? "", 16)) : (NAMED[name] ?? "");
      at += whole.length;
    } else if (rest.startsWith("</")) {
      const [whole = "", tag = ""] = /^<\/([a-z-]+)>/.exec(rest) ?? [];
      const last = open.pop();
      if (last === undefined || last.tag !== tag) {
        throw badRequest(`can't parse entities: Unexpected end tag at byte offset ${Buffer.byteLength(html.slice(0, at))}`);
      }
      last.entity.length = text.length - last.entity.offset;
      at += whole.length;
    } else if (rest.startsWith("<")) {
      const [whole = "", tag = "", url] = /^<([a-z-]+)(?: href="([^"<>]*)")?>/.exec(rest) ?? [];
      const type = TAGS[tag];
      if (type === undefined) {
        throw badRequest(
          `can't parse entities: Unsupported start tag "${tag}" at byte offset ${Buffer.byteLength(html.slice(0, at))}`,
        );
      }
      const entity: Entity = { type, offset: text.length, length: 0, ...(url === undefined ? {} : { url: parseHtml(url).text }) };
      entities.push(entity);
      open.push({ tag, entity });
      at += whole.length;
    } else {
      text += rest.charAt(0);
      at += 1;
    }
  }
  const last = open.pop();
  if (last) throw badRequest(`can't parse entities: Can't find end tag corresponding to start tag "${last.tag}"`);
  return { text, entities };
}
