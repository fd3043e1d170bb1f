import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseTelegram, type Parsed } from "#channels/telegram/parse.ts";
import { readUpdate } from "#channels/telegram/update.ts";

const SELF = { id: 700_000_001, username: "imece_sinama_bot" };
const folder = path.join(import.meta.dirname, "updates");

interface Sample {
  readonly update: unknown;
  readonly means: Parsed;
}

const files = readdirSync(folder);

test.each(files)("reads %s", (file) => {
  const { update, means } = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Sample;
  const known = readUpdate(update);
  expect(known).toBeDefined();
  if (known) expect(parseTelegram(known, SELF)).toEqual(means);
});

test("the samples are there", () => expect(files.length).toBeGreaterThan(20));

test.each([undefined, null, 7, "update", {}, { update_id: "1" }, { update_id: 1, message: { text: "kimden?" } }])(
  "what is no update is not taken for one: %j",
  (value) => expect(readUpdate(value)).toBeUndefined(),
);
