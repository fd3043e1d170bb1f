import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const ask = (input: string) =>
  spawnSync(process.execPath, ["src/commands/ask.ts", "--jsonl"], { cwd: process.cwd(), input, encoding: "utf8" });

test.each([
  ['{"id":"1","text":"esmed nedir"}\n{"id":"2"}', "Line 2, field text: a text is needed"],
  ["\n{", "Line 2: not JSON"],
  ["5", "Line 1: one object is needed"],
  ['{"id":"1","text":"a","today":"dün"}', "Line 1, field today: a day is needed"],
])("a bad line in %j is named on one line, without a trace", (input, message) => {
  const { status, stderr } = ask(input);
  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("lines are answered in order, empty ones left out", () => {
  const { status, stdout } = ask('{"id":"a","text":"esmed nedir","lang":"en"}\n\n{"id":"b","text":"2025"}\n');
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(lines).toMatchObject([
    { id: "a", outcome: "answer", entry: "esmed-nedir", lang: "en" },
    { id: "b", outcome: "events" },
  ]);
});
