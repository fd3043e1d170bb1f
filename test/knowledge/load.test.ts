import { mkdir, mkdtemp, symlink, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { describeProblem, loadKnowledge, readKnowledge } from "#knowledge/load.ts";

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

const EVENT = `key: e-1
kind: gathering
topics: [union]
title: { tr: Toplantı, en: Meeting }
status: announced
`;

async function problemsOf(file: string, content: string): Promise<string[]> {
  const folder = await folderWith(GOOD);
  await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
  await writeFile(path.join(folder, file), content);
  return (await readKnowledge(folder)).problems.map(describeProblem);
}

test.each([
  ["a time zone that nobody has", `${EVENT}timeZone: Europe/Ankara\n`, /event-records\/e-1.yaml: timeZone: .*Europe\/Istanbul/],
  ["an end before its start", `${EVENT}start: "2026-05-02"\nend: "2026-05-01"\n`, /e-1.yaml: end: is before the start.*correct/],
  ["an end before its hour", `${EVENT}start: "2026-05-02T10:00"\nend: "2026-05-02T09:30"\n`, /e-1.yaml: end: is before/],
  ["an end without a start", `${EVENT}end: "2026-05-01"\n`, /e-1.yaml: start: /],
])("an event with %s is told with file, field and remedy", async (_case, content, expected) => {
  const problems = await problemsOf("event-records/e-1.yaml", content);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

test.each([
  ["the same day", '"2026-05-02T10:00"', '"2026-05-02"'],
  ["the same month", '"2026-05-02"', '"2026-05"'],
  ["an hour later", '"2026-05-02T10:00"', '"2026-05-02T11:00"'],
])("an event may end on %s", async (_case, start, end) => {
  expect(await problemsOf("event-records/e-1.yaml", `${EVENT}start: ${start}\nend: ${end}\ntimeZone: Asia/Baku\n`)).toEqual([]);
});

test.each([
  ["a file beside the topics", "a-c.yaml", /^a-c.yaml: .*move it/],
  ["a file below a topic", "union/deep/a-c.yaml", /^union\/deep\/a-c.yaml: .*move it/],
  ["a folder named like a file", "union/a-c.yaml/notes.txt", /^union\/a-c.yaml: is a folder/],
  ["a topic named like a file", "law.yaml/notes.txt", /^law.yaml: is a folder/],
])("%s is told", async (_case, file, expected) => {
  const problems = await problemsOf(file, GOOD);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

test("a file that cannot be read, and a glossary that is none, are told and take nothing else down", async () => {
  const folder = await folderWith(GOOD);
  await symlink(path.join(folder, "nowhere"), path.join(folder, "union", "a-z.yaml"));
  await rm(path.join(folder, "glossary.tsv"));
  const gone = await readKnowledge(folder);
  expect(gone.entries).toHaveLength(1);
  expect(gone.problems.map(describeProblem)).toEqual([
    expect.stringMatching(/^union\/a-z.yaml: is not there/),
    expect.stringMatching(/^glossary.tsv: is not there/),
  ]);
  await mkdir(path.join(folder, "glossary.tsv"));
  expect((await readKnowledge(folder)).problems.map(describeProblem)).toContainEqual(
    expect.stringMatching(/^glossary.tsv: cannot be read \(EISDIR\)/),
  );
});

test("a folder that is not there, or is a file, is told with the setting to change", async () => {
  const folder = await folderWith(GOOD);
  const lines = async (place: string) => (await readKnowledge(place)).problems.map(describeProblem).join("\n");
  expect(await lines(path.join(folder, "nowhere"))).toContain("KNOWLEDGE_DIR");
  expect(await lines(path.join(folder, "union", "a-b.yaml"))).toContain("ENOTDIR");
});
