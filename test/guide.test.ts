import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), "utf8");

test("the guide for staff names buttons and fields in the words that stand on them", async () => {
  const locales = await Promise.all(["bot", "desk", "staff"].map((name) => read(`locales/tr/${name}.json`)));
  const labels = new Set(locales.flatMap((file) => Object.values(JSON.parse(file) as Record<string, string>)));
  const guide = await read("docs/danisma-masasi.md");
  const named = [...guide.matchAll(/\*\*([^*]+)\*\*/g)].flatMap(([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(20);
  // The field's label goes on with the time zone.
  const known = (name: string) => labels.has(name) || labels.has(`${name} (Türkiye saati)`);
  expect(named.filter((name) => !known(name))).toEqual([]);
});
