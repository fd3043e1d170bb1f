import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { secretFrom } from "#store/secret-file.ts";
import { AYSE, saveTurn, saying } from "../contracts/store-samples.ts";

let parent = "";
let folder = "";
beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), "imece-private-"));
  folder = path.join(parent, "data");
});
afterEach(() => rmSync(parent, { recursive: true }));

const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
const modes = () => Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(path.join(folder, name))]));

/** A first start: a key is made, a store opened and used. */
async function start(): Promise<void> {
  await using store = await openEmbeddedStore({ folder, secretKey: await secretFrom(folder), retentionMs: 1e9 });
  await saveTurn(store, AYSE, "in", [saying("1")]);
  expect(Object.keys(modes())).toEqual(expect.arrayContaining(["imece.sqlite", "imece.sqlite-wal", "owner.lock", "secret.key"]));
  expect(new Set(Object.values(modes()))).toEqual(new Set(["600"]));
  expect(modeOf(folder)).toBe("700");
}

test("the data folder and all in it are for their owner alone", async () => {
  await start();
});

test("what an earlier version left open to others is closed", async () => {
  await start();
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) if (name !== "secret.key") chmodSync(path.join(folder, name), 0o644);
  await start();
});

test("a folder that holds other things is not closed to their owners, our files are", async () => {
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  writeFileSync(path.join(folder, "theirs"), "");
  await using _store = await openEmbeddedStore({ folder, secretKey: await secretFrom(folder), retentionMs: 1e9 });
  expect(modeOf(folder)).toBe("755");
  expect(modes()).toMatchObject({ theirs: "644", "imece.sqlite": "600", "secret.key": "600" });
});

test("ten first starts at once agree on one key, and leave nothing else", async () => {
  const keys = await Promise.all(Array.from({ length: 10 }, () => secretFrom(folder)));
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]?.length).toBeGreaterThan(40);
  expect(await secretFrom(folder)).toBe(keys[0]);
  expect(readdirSync(folder)).toEqual(["secret.key"]);
});

test("an empty key that a crash left is made anew", async () => {
  mkdirSync(folder);
  writeFileSync(path.join(folder, "secret.key"), "");
  expect((await secretFrom(folder)).length).toBeGreaterThan(40);
  expect(readFileSync(path.join(folder, "secret.key"), "utf8")).toHaveLength(43);
});

test("a folder that cannot be made is told with the remedy", async () => {
  writeFileSync(folder, "a file stands here");
  await expect(secretFrom(folder)).rejects.toMatchObject({
    code: "store.unavailable",
    message: expect.stringContaining("DATA_DIR"),
  });
});
