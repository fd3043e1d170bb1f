import { PassThrough, Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { createConsole } from "#channels/console/console.ts";
import { parseConsole } from "#channels/console/parse.ts";
import { renderConsole } from "#channels/console/render.ts";
import type { Incoming, Reply } from "#core/message.ts";
import { createWords } from "#i18n/words.ts";

const words = await createWords(new URL("../../../locales/", import.meta.url), { service: "İmece" });
const ADDRESS = { channel: "console", chat: "terminal", person: "terminal" };
const saying = (text: string): Reply => ({ kind: "say", language: "tr", paragraphs: [{ words: text }] });

test.each<[string, Partial<Incoming>]>([
  ["esmed nedir", { kind: "message", text: "esmed nedir" }],
  ["  /start e_esmed-nedir", { kind: "command", command: "start", argument: "e_esmed-nedir" }],
  ["/verilerimi_sil", { kind: "command", command: "delete-my-data" }],
  ["/yok", { kind: "message", text: "/yok" }],
  ["", { kind: "message", text: "" }],
])("a line is read: %j", (line, expected) => {
  expect(parseConsole(line, "1")).toMatchObject({ id: "1", ...expected });
});

test("what nobody may steer the terminal with is left out, and choices are numbered", () => {
  const shown = renderConsole(
    {
      kind: "choices",
      language: "tr",
      turn: 1,
      paragraphs: [
        { words: "Başlık" },
        { words: "kötü\u001B[2J metin\u200E" },
        { words: "Kaynak", url: "https://example.org/a" },
      ],
      options: [
        { label: { words: "Bir" }, action: { act: "cancel" }, listed: true },
        { label: { key: "button.topics" }, action: { act: "topics" }, listed: false },
      ],
    },
    words,
    false,
  );
  expect(shown).toBe("Başlık\nkötü[2J metin\nKaynak\n  https://example.org/a\n  1. Bir\n  2. Konular\n");
});

test("a document and an edit are shown as text", () => {
  const document: Reply = {
    kind: "document",
    language: "tr",
    caption: { words: "Verileriniz" },
    name: "verilerim.json",
    content: "{}",
  };
  expect(renderConsole(document, words, false)).toBe("Verileriniz\n--- verilerim.json ---\n{}\n");
  const edit: Reply = {
    kind: "edit",
    language: "tr",
    turn: 1,
    reply: { kind: "say", language: "tr", paragraphs: [{ words: "yeni" }] },
  };
  expect(renderConsole(edit, words, false)).toBe("yeni\n");
});

test("lines that were piped in before anybody read them are all taken, in order, and the end is noticed", async () => {
  const input = new PassThrough();
  const channel = createConsole({ input, output: new PassThrough(), words });
  input.end("bir\niki\n/dil\n");
  await wait(50);
  const taken: Incoming[] = [];
  await channel.start(async (_address, incoming) => {
    await wait(5);
    taken.push(incoming);
  });
  expect(taken.map((each) => (each.kind === "message" ? each.text : each.kind))).toEqual(["bir", "iki", "command"]);
  expect(new Set(taken.map(({ id }) => id)).size).toBe(3);
  await channel[Symbol.asyncDispose]();
  await channel[Symbol.asyncDispose]();
});

test("of what could not be written nobody can say whether it was seen", async () => {
  const output = new PassThrough();
  const channel = createConsole({ input: new PassThrough(), output, words });
  expect(await channel.deliver(ADDRESS, saying("Merhaba"))).toMatchObject({ ok: true });
  expect(String(output.read())).toContain("Merhaba");
  const closed = new Writable({ write: (_chunk, _encoding, done) => done(new Error("EPIPE")) });
  const broken = createConsole({ input: new PassThrough(), output: closed, words });
  expect(await broken.deliver(ADDRESS, saying("Merhaba"))).toEqual({ ok: false, why: "unknown" });
});
