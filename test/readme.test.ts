import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { read, talk } from "./support/talk.ts";

test("the README shows what one session really prints", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const shown = /## A conversation[\s\S]*?```\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
  const typed = [...shown.matchAll(/^> (.*)$/gm)].map(([, line = ""]) => line);
  expect(typed.length).toBeGreaterThan(4);
  const printed = talk(...typed).map((turn, position) => `> ${typed[position]}\n${read(turn)}`);
  expect(shown, "copy what is printed now into README.md").toBe(printed.join("\n"));
});
