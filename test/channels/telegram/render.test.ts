import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "#channels/telegram/limits.ts";
import { renderTelegram, type Rendered } from "#channels/telegram/render.ts";
import type { Press, PressUnder } from "#presses/buttons.ts";
import { splitWords } from "#text/split.ts";
import type { Reply } from "#core/message.ts";
import { createWords } from "#i18n/words.ts";
import { parseHtml } from "../../support/bot-api/html.ts";
import { SAMPLES } from "../samples.ts";

const words = await createWords(new URL("../../../locales/", import.meta.url), { service: "TÜRKİYE KOOP · İmece" });
const signed = (press: Press | PressUnder) => Object.values(press).join(".");
const render = (reply: Reply) => renderTelegram(reply, words, signed);

test.each(Object.keys(SAMPLES))("%s looks as agreed", async (name) => {
  const reply = SAMPLES[name];
  if (reply === undefined) throw new Error(name);
  await expect(render(reply).map(drawn).join("\n=====\n")).toMatchFileSnapshot(`golden/${name.replaceAll(" ", "-")}.txt`);
});

/** A message for reading: how long it is, its HTML, its buttons. */
function drawn(message: Rendered): string {
  if (message.kind === "document") return `[${message.name}]\n${message.caption}\n---\n${message.content}\n`;
  const buttons = (message.keyboard ?? []).map((row) => row.map((each) => `[${each.text}|${each.callback_data}]`).join(" "));
  const head = `${parseHtml(message.html).text.length} units${message.asks === true ? ", asks" : ""}`;
  return [head, message.html, ...buttons, ""].join("\n");
}

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 9000 }),
  fc.string({ unit: fc.constantFrom("a", " ", "\n", "<", "&", "😀", "👩‍👩‍👦", "ş", ". ", "\uD83D"), maxLength: 9000 }),
);

test("whatever the words are, every message is one that Telegram takes, and nothing is lost", () => {
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 4 }), (texts) => {
      const messages = render({ kind: "say", language: "tr", paragraphs: texts.map((each) => ({ words: each })) });
      let seen = "";
      for (const message of messages) {
        if (message.kind !== "text") throw new Error("a say is text");
        const { text } = parseHtml(message.html);
        expect(message.html.isWellFormed()).toBe(true);
        expect(text.trim()).not.toBe("");
        expect(text.length).toBeLessThanOrEqual(LIMITS.text);
        seen += text;
      }
      const letters = (text: string) => text.replace(/[^a-zş😀]/gu, "");
      expect(letters(seen)).toBe(letters(texts.join("")));
    }),
    { numRuns: 200 },
  );
});

test("a cut falls between what a reader sees as characters", () => {
  const family = "👨‍👩‍👧‍👦";
  for (let before = 10; before < 40; before += 1) {
    const pieces = splitWords(`${"a".repeat(before)}${family.repeat(6)}`, 40);
    expect(pieces.join("")).toBe(`${"a".repeat(before)}${family.repeat(6)}`);
    for (const piece of pieces) expect(piece.replaceAll(family, "")).toMatch(/^a*$/);
  }
});
