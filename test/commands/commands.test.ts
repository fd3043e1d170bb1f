import { copyFileSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { runProgram } from "../support/program.ts";

const folder = mkdtempSync(path.join(tmpdir(), "imece-commands-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a configuration that cannot work is told on plain lines by a command too", async () => {
  const { log, code } = await runProgram("commands/ask.ts", { folder, args: ["x"], variables: { DEFAULT_LOCALE: "de" } });
  expect(code).toBe(1);
  expect(log).toContain("DEFAULT_LOCALE");
  expect(log).not.toMatch(/^\s+at /m);
}, 60_000);

test("a command reads the .env file, and one that cannot be read is told", async () => {
  const own = path.join(folder, "own");
  mkdirSync(own);
  writeFileSync(path.join(own, ".env"), "DEFAULT_LOCALE=de\n");
  expect((await runProgram("commands/ask.ts", { folder: own, args: ["x"] })).log).toContain("DEFAULT_LOCALE");
  rmSync(path.join(own, ".env"));
  mkdirSync(path.join(own, ".env"));
  const { log, code } = await runProgram("commands/ask.ts", { folder: own, args: ["x"] });
  expect([code, log]).toEqual([1, expect.stringMatching(/^The file \.env cannot be read.*\n$/)]);
}, 60_000);

test("a knowledge folder that is not there is told plainly", async () => {
  const variables = { KNOWLEDGE_DIR: path.join(folder, "nowhere") };
  const { log, code } = await runProgram("commands/knowledge.ts", { folder, variables });
  expect([code, log]).toEqual([1, expect.stringMatching(/^There is no folder .*nowhere: set KNOWLEDGE_DIR.*\n$/)]);
}, 60_000);

test("checking the knowledge changes no file; writing is asked for", async () => {
  const kept = path.join(folder, "knowledge");
  mkdirSync(path.join(kept, "service"), { recursive: true });
  copyFileSync("knowledge/glossary.tsv", path.join(kept, "glossary.tsv"));
  const schema = path.join(kept, "entry.schema.json");
  writeFileSync(schema, "{}");
  const given = { folder, variables: { KNOWLEDGE_DIR: kept } };
  expect((await runProgram("commands/knowledge.ts", given)).out).toMatch(/error {4}entry\.schema\.json: .*npm run fix/);
  expect(readFileSync(schema, "utf8")).toBe("{}");
  await runProgram("commands/knowledge.ts", { ...given, args: ["--write"] });
  expect(JSON.parse(readFileSync(schema, "utf8"))).toHaveProperty("properties");
}, 60_000);

test("ask answers once on the terminal", async () => {
  const { out, code } = await runProgram("commands/ask.ts", { folder, args: ["esmed", "nedir"] });
  expect([code, out]).toEqual([0, expect.stringContaining("Kaynak:")]);
}, 60_000);

test("ask --jsonl answers each line as a fresh conversation, in order, and passes over none that it can read", async () => {
  const lines = [
    { id: "1", text: "esmed nedir", lang: null },
    { id: "2", text: "When was ESMED founded?", lang: "de" },
    { id: "context", text: "peki ne zaman kuruldu", context: "esmed nedir", lang: { any: 1 } },
    { id: "before", text: "peki ne zaman kuruldu", context: "esmed nedir" },
    { id: "4", text: "Was ist das", today: "soon" },
    { id: 5, text: "esmed nedir" },
    { id: "6", text: "merhaba", lang: "en", today: "2026-11-24" },
  ].map((line) => JSON.stringify(line));
  lines.splice(1, 0, "not json", "");
  const { out, log, code } = await runProgram("commands/ask.ts", { folder, args: ["--jsonl"], lines: lines.join("\n") });
  const answers = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(answers.map(({ id }) => id)).toEqual(["1", "2", "context", "before", "6"]);
  expect(answers[0]).toMatchObject({ outcome: "answer", entry: "esmed-nedir", lang: "tr", candidates: expect.any(Array) });
  expect(answers[1]).toMatchObject({ outcome: "answer", entry: "esmed-ne-zaman-kuruldu", lang: "en" });
  expect(answers[2]).toMatchObject({ outcome: answers[3]?.["outcome"], lang: "tr" });
  expect(answers[4]).toMatchObject({ outcome: "chat", lang: "en", candidates: [] });
  expect(log.trim().split("\n")).toEqual([
    "Line 2: not JSON.",
    expect.stringMatching(/^Line 7, field today: /),
    expect.stringMatching(/^Line 8, field id: /),
  ]);
  expect(code).toBe(1);
}, 60_000);

test.each(["commands/ask.ts", "commands/bench.ts", "commands/bench-turn.ts"])(
  "%s tells a misspelt option",
  async (program) => {
    const { log, code } = await runProgram(program, { folder, args: ["--jsonlines"] });
    expect(code).toBe(1);
    expect(log).toContain("Unknown option '--jsonlines'");
    expect(log).not.toMatch(/^\s+at /m);
  },
  60_000,
);

test("a question set with a file missing is told with its path", async () => {
  const suites = path.join(folder, "suites");
  mkdirSync(path.join(suites, "own"), { recursive: true });
  const { log, code } = await runProgram("commands/bench.ts", { folder, args: ["--suites", suites] });
  expect([code, log]).toEqual([1, expect.stringMatching(/own.corpus\.jsonl cannot be read: give the path/)]);
  expect(log).not.toMatch(/^\s+at /m);
}, 60_000);
