import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import fitted from "#knowledge/fitted.json" with { type: "json" };
import { buildIndex } from "#knowledge/index.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { createMatcher, documentOf, judge } from "#knowledge/search.ts";

test("the worked example of docs/understanding.md is what happens", async () => {
  const page = await readFile(new URL("../../docs/understanding.md", import.meta.url), "utf8");
  const question = /\*\*`([^`]+)`\*\*/.exec(page)?.[1] ?? "";
  const { entries, glossary } = await loadKnowledge(new URL("../../knowledge", import.meta.url).pathname);
  const index = buildIndex(entries.filter((entry) => !entry.smallTalk).map(documentOf));
  const { verdict, confidence, candidates } = judge(index, createMatcher(index, glossary)(question));
  const told = page.slice(page.indexOf("Here `genel-kurul"), page.indexOf("## What is built"));
  expect(verdict).toBe("sure");
  expect([...told.matchAll(/`([a-z-]+)`/g)].map(([, id]) => id)).toEqual(candidates.slice(0, 2).map(({ id }) => id));
  const [first, second, third] = candidates.map(({ score }) => score.toFixed(1));
  expect(told.replace(/\s+/g, " ")).toContain(`both at ${first}, before the third at ${third}`);
  expect(second).toBe(first);
  expect(told.replace(/\s+/g, " ")).toContain(
    `chance is ${confidence.toFixed(1)}: above the cut of ${fitted.confidence.cuts.sure.toFixed(1)}`,
  );
});
