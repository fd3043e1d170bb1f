import { expect, test } from "vitest";
import { onPhone, type Shown, type Stretch } from "./support/phone.ts";
import { drawChat, type Bubble } from "./support/picture.ts";
import { words } from "./support/words.ts";
import { PICTURED, TRANSCRIPTS, type Exchange } from "./support/transcripts.ts";

const HEAD = `# Conversations

The messages that matter most, as a phone shows them: made by the bot's own renderer for Telegram from the texts and the knowledge base as they are. After
a change, \`npx vitest run test/conversations.test.ts -u\` writes this page and the picture of the README anew; read the difference as a member would.
`;

const escaped = (text: string) => text.replace(/[\\`*_[\]<>#|]/g, String.raw`\$&`).replace(/^(\d+)\./, String.raw`$1\.`);

function styled({ text, bold, url }: Stretch): string {
  const shown = bold ? `**${escaped(text)}**` : escaped(text);
  return url === undefined ? shown : `[${shown}](<${url}>)`;
}

function quoted({ lines, file, rows }: Shown): string {
  const text = lines.map((line) => `> ${line.map(styled).join("")}`.trimEnd());
  const shown = file === undefined ? text : [`> \`📄 ${file}\`  `, ...text];
  const broken = shown.map((line, at) =>
    line === ">" || shown[at + 1] === ">" || at === shown.length - 1 ? line : `${line.trimEnd()}  `,
  );
  const buttons = rows.map((row) => row.map((label) => `[ ${label} ]`).join(" "));
  return [...broken, ...(buttons.length === 0 ? [] : ["", "```", ...buttons, "```"])].join("\n");
}

const written = ({ said, replies }: Exchange) =>
  [`*Member:* ${escaped(said)}`, ...replies.flatMap((reply) => onPhone(reply, words)).map(quoted)].join("\n\n");

test("docs/conversations.md shows what the bot says today", async () => {
  const chapters = TRANSCRIPTS.map(({ title, exchanges }, at) =>
    [`## ${at + 1}. ${title}`, ...exchanges.map(written)].join("\n\n"),
  );
  await expect(`${[HEAD.trim(), ...chapters].join("\n\n")}\n`).toMatchFileSnapshot("../docs/conversations.md");
});

test("the picture of the README is one of them", async () => {
  const bubbles = PICTURED.flatMap(({ said, replies }): Bubble[] => [
    { by: "member", text: said },
    ...replies.flatMap((reply) => onPhone(reply, words)).map((shown) => ({ by: "bot", shown }) as const),
  ]);
  await expect(drawChat(bubbles, "A conversation with İmece")).toMatchFileSnapshot("../docs/conversation.svg");
});
