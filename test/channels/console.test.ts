import { PassThrough, Readable } from "node:stream";
import { text as readAll } from "node:stream/consumers";
import { expect, test } from "vitest";
import { createConsole } from "#channels/console/console.ts";
import { createWords } from "#i18n/words.ts";

const words = await createWords(new URL("../../locales/", import.meta.url), { service: "İmece" });

test("from a pipe each reply stands under the line it belongs to, and nothing in a line steers the terminal", async () => {
  const output = new PassThrough();
  const console = createConsole({ input: Readable.from(["bir\n", "iki\u001B[2J\n"]), output, words });
  await console.start(async (to, incoming) => {
    const said = incoming.kind === "message" ? incoming.text.slice(0, 3) : "";
    await console.deliver(to, { kind: "say", language: "tr", paragraphs: [{ words: `yanıt ${said}` }] });
  });
  output.end();
  expect(await readAll(output)).toBe("> bir\nyanıt bir\n\n> iki[2J\nyanıt iki\n\n");
});
