import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadKnowledge, readKnowledge } from "#knowledge/load.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const GOOD = `id: a-b
topic: union
title: { tr: Başlık, en: Title }
questions: { tr: [bir, iki, üç, dört, beş], en: [one, two, three] }
answer: { tr: Yanıt., en: Answer. }
sources: [{ title: T, url: "https://example.org/a", date: "2024-05" }]
owner: egitim
`;

async function folderWith(content: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "knowledge-"));
  folders.push(folder);
  await mkdir(path.join(folder, "union"));
  await writeFile(path.join(folder, "union", "a-b.yaml"), content);
  await writeFile(path.join(folder, "glossary.tsv"), "term_tr\tterm_en\tvariants\n");
  return folder;
}

test("a 29th of February in a leap year is a day", async () => {
  const { problems } = await readKnowledge(await folderWith(`${GOOD}review: "2028-02-29"\n`));
  expect(problems).toEqual([]);
});

test("a good entry is read", async () => {
  const { entries, problems } = await readKnowledge(await folderWith(GOOD));
  expect(problems).toEqual([]);
  expect(entries.map((entry) => entry.id)).toEqual(["a-b"]);
});

test.each([
  ["an unknown key", `${GOOD}asof: "2024"\n`, /unknown key asof/],
  ["a forbidden key", `${GOOD}__proto__: { x: 1 }\n`, /unknown key __proto__/],
  ["a date without quotes", `${GOOD}asOf: 2024\n`, /asOf: put the date in quotes/],
  ["a source without a date", GOOD.replace(', date: "2024-05"', ""), /sources.0: give date/],
  ["an id that is not the file's name", GOOD.replace("id: a-b", "id: a-c"), /make them the same/],
  ["a topic that is not the folder's", GOOD.replace("topic: union", "topic: esmed"), /make them the same/],
  ["a missing language", GOOD.replace("en: Title", "e: Title"), /title/],
  ["too few wordings", GOOD.replace(", beş", ""), /at least five wordings/],
  ["a dead reference", `${GOOD}related: [nobody]\n`, /no entry has the id nobody/],
  ["broken YAML", `${GOOD}title: [\n`, /not readable as YAML/],
  ["an alias", `${GOOD.replace("topic: union", "topic: &t union")}event: *t\n`, /write the value out/],
  ["a day that no month has", `${GOOD}review: "2027-02-31"\n`, /review: that month has no such day/],
  ["a 29th of February in a common year", GOOD.replace('"2024-05"', '"2023-02-29"'), /no such day/],
  ["a key twice", `${GOOD}owner: hukuk\n`, /not readable as YAML/],
])("%s stops the start with file, field and remedy", async (_case, content, expected) => {
  const failure = await loadKnowledge(await folderWith(content)).then(
    () => new Error("it loaded"),
    (error: unknown) => error as Error,
  );
  expect(failure.message).toMatch(expected);
  expect(failure.message).toContain("a-b.yaml");
});
