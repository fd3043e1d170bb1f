import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { TEXT_VERSION } from "#core/flows/hand-over.ts";

/** What members confirm, by version. A changed text is another version: add it here with its day, and set TEXT_VERSION. */
const CONFIRMED: Readonly<Record<string, string>> = { "2026-11-24": "g4UQ_-wMXYEK" };
const TEXTS: readonly (readonly [string, string])[] = [
  ["bot.json", "passOn.preview"],
  ["bot.json", "passOn.masked"],
  ["desk.json", "handOver.call"],
  ["desk.json", "handOver.seen"],
];

test("the version recorded with a consent names the very wording that was shown", async () => {
  const shown: unknown[] = [];
  for (const language of ["tr", "en"]) {
    for (const [file, key] of TEXTS) {
      const texts = JSON.parse(await readFile(`locales/${language}/${file}`, "utf8")) as Record<string, string>;
      expect(texts[key]).toBeTypeOf("string");
      shown.push(texts[key]);
    }
  }
  const hash = createHash("sha256").update(JSON.stringify(shown)).digest("base64url").slice(0, 12);
  expect(hash).toBe(CONFIRMED[TEXT_VERSION]);
});
