import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { compareLocales, createWords } from "#i18n/words.ts";

const folder = new URL("../locales/", import.meta.url);
const read = async (language: string, file: string) =>
  JSON.parse(await readFile(new URL(`${language}/${file}`, folder), "utf8")) as Record<string, string>;

test.each([
  ["bot.json", 50],
  ["channels.json", 20],
  ["desk.json", 30],
])("all locales carry the same keys and placeholders: %s", async (file, least) => {
  const locales = { tr: await read("tr", file), en: await read("en", file) };
  expect(Object.keys(locales.tr).length).toBeGreaterThan(least);
  expect(compareLocales(locales)).toEqual([]);
});

test("what differs is named", () => {
  expect(compareLocales({ tr: { "a.b": "{{x}}", "a.c": "c" }, en: { "a.b": "{{y}}", "a.d": "d" } })).toHaveLength(3);
});

test("inserted words are shown as they are", async () => {
  const words = await createWords(folder, { service: "İmece" });
  expect(words({ key: "passOn.preview", values: { question: "<b>{{service}} $t(button.topics)</b>" } }, "tr")).toContain(
    "<b>{{service}} $t(button.topics)</b>",
  );
  expect(words({ key: "welcome.hello" }, "tr")).toContain("İmece");
});
