import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "#core/ports.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { AYSE, MINUTE, saveTurn, saying } from "../contracts/store-samples.ts";
import { turnsDuring } from "../support/turns.ts";

const secretKey = "a secret key for tests, and long enough";
const retentionMs = 1000 * MINUTE;
let folder = "";
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "imece-embedded-")), "made", "where missing");
});
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(path.dirname(path.dirname(folder)), { recursive: true, force: true });
});

/** Another process that opens the folder and keeps it open. */
async function openElsewhere() {
  const module = new URL("../../src/store/embedded/open.ts", import.meta.url).href;
  const source = `
    import { openEmbeddedStore } from ${JSON.stringify(module)};
    const store = await openEmbeddedStore(${JSON.stringify({ folder, secretKey, retentionMs })});
    const address = ${JSON.stringify(AYSE)};
    const loaded = await store.conversations.load(address);
    await store.conversations.save(address, { ...loaded, incomingId: "in", owed: [${JSON.stringify(saying("kept"))}] });
    // A lock that is only held by luck goes with what is collected here.
    setTimeout(() => { for (let n = 0; n < 5; n += 1) gc(); setTimeout(() => console.log("open"), 50); }, 20);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--expose-gc", "--input-type=module", "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

test("a second process is told plainly, and a killed one neither blocks nor loses what it saved", async () => {
  const child = await openElsewhere();
  const refused = openEmbeddedStore({ folder, secretKey, retentionMs });
  await expect(refused).rejects.toMatchObject({ code: "store.locked", message: expect.stringContaining("DATA_DIR") });

  child.kill("SIGKILL");
  await once(child, "exit");
  await using store = await openEmbeddedStore({ folder, secretKey, retentionMs });
  expect(await store.debts.claim(AYSE, "one", MINUTE, Date.now())).toMatchObject({ id: "in#0", attempts: 0 });
});

test("a second opening in the same process is refused too, until the first is closed", async () => {
  const store = await openEmbeddedStore({ folder, secretKey, retentionMs });
  await expect(openEmbeddedStore({ folder, secretKey, retentionMs })).rejects.toMatchObject({ code: "store.locked" });
  await store[Symbol.asyncDispose]();
  await (await openEmbeddedStore({ folder, secretKey, retentionMs }))[Symbol.asyncDispose]();
});

test("a refused opening leaves nothing open", async () => {
  await (await openEmbeddedStore({ folder, secretKey, retentionMs }))[Symbol.asyncDispose]();
  const wrong = openEmbeddedStore({ folder, secretKey: "another secret key for tests, as long", retentionMs });
  await expect(wrong).rejects.toMatchObject({ code: "store.sealed" });
  await (await openEmbeddedStore({ folder, secretKey, retentionMs }))[Symbol.asyncDispose]();
});

test.each([
  ["a save", 1, (store: Store) => saveTurn(store, { ...AYSE, person: "new" }, "in", [])],
  ["the sweep of a bot that nobody writes to", 0, (store: Store, time: number) => store.debts.owing(time, 1)],
])("what expired is purged from the file by %s, and not only passed over", async (_, kept, purging) => {
  let time = Date.now();
  await using store = await openEmbeddedStore({ folder, secretKey, retentionMs, now: () => time });
  await saveTurn(store, AYSE, "in", [saying("old")]);
  await store.debts.claim(AYSE, "one", MINUTE, time);
  await store.records.put("questions", "q", { value: 1, over: 0, index: { state: "open" } });
  await store.conversations.markEnded(AYSE, "in", MINUTE);
  await store.ledger.expand("run", [{ address: AYSE, language: "tr" }], 0);
  time += 2 * retentionMs;
  await purging(store, time);
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(path.join(folder, "imece.sqlite"));
  const count = (table: string) => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.["n"];
  const tables = ["conversations", "persons", "debts", "records", "record_names", "ended", "runs", "deliveries"];
  expect(tables.map(count)).toEqual([kept, kept, 0, 0, 0, 0, 0, 0]);
  db.close();
});

test("after an erasure not even the sealed bytes are left in the folder", async () => {
  await using store = await openEmbeddedStore({ folder, secretKey, retentionMs });
  await saveTurn(store, AYSE, "in", [saying("a".repeat(3000))]);
  const { DatabaseSync } = await import("node:sqlite");
  const db = new DatabaseSync(path.join(folder, "imece.sqlite"));
  const sealed = String(db.prepare("SELECT value FROM debts").get()?.["value"]).slice(0, 60);
  db.close();
  const found = () => readdirSync(folder).filter((file) => readFileSync(path.join(folder, file)).includes(sealed));
  expect(found()).not.toEqual([]);
  for (const each of store.personalData) await each.erase(AYSE.channel, AYSE.person);
  expect(found()).toEqual([]);
});

test("a pace that was stopped and halved is whole again in time", async () => {
  let time = Date.now();
  await using store = await openEmbeddedStore({ folder, secretKey, retentionMs, now: () => time });
  const allowed = { perSecond: 10, burst: 1 };
  await store.pace.stopFor("telegram", 10);
  time += 10;
  expect(await store.pace.take("telegram", allowed)).toBe(0);
  expect(await store.pace.take("telegram", allowed)).toBe(200);
  time += 60_000;
  expect(await store.pace.take("telegram", allowed)).toBe(0);
  expect(await store.pace.take("telegram", allowed)).toBe(100);
});

test("whoever goes through many records or rows leaves a turn to everything else after each page", async () => {
  await using store = await openEmbeddedStore({ folder, secretKey, retentionMs });
  const { ledger, records } = store;
  const people = Array.from({ length: 60 }, (_, n) => ({ ...AYSE, person: `p${n}` }));
  for (const { person } of people) await records.put("people", person, { value: person, over: 0, index: { all: "yes" } });
  await ledger.expand(
    "run",
    people.map((address) => ({ address, language: "tr" as const })),
    0,
  );
  await ledger.close("run");

  let found = 0;
  const turnsOfRecords = await turnsDuring(async () => {
    for (let after: string | undefined; found < 60; found += 10)
      after = (await records.list("people", { by: "page", name: "all", value: "yes", after, limit: 10 })).at(-1)?.id;
  });
  expect(turnsOfRecords).toBeGreaterThanOrEqual(5);
  let row: string | undefined;
  const turnsOfRows = await turnsDuring(async () => {
    for (let page = 0; page < 6; page += 1) row = (await ledger.list("run", "unsent", row, 10)).at(-1)?.row;
  });
  expect(row).toBeDefined();
  expect(turnsOfRows).toBeGreaterThanOrEqual(5);
});

test("a clock that was set back neither holds up what goes out in bulk nor lets it burst", async () => {
  let now = Date.parse("2026-11-24T09:00:00Z");
  await using store = await openEmbeddedStore({ folder, secretKey, retentionMs, now: () => now });
  const take = () => store.pace.take("telegram", { perSecond: 2, burst: 2 });
  expect(await take()).toBe(0);
  now -= 3_600_000;
  const wait = await take();
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(500);
  now += wait;
  expect(await take()).toBe(0);
  expect(await take()).toBeGreaterThan(0);
  await store.pace.stopFor("telegram", 1000);
  now -= 3_600_000;
  expect(await take()).toBe(1000);
  now += 1000;
  expect(await take()).toBe(0);
  expect(await take()).toBeGreaterThan(500);
});
