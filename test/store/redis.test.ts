import { createServer } from "node:net";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Ledger } from "#core/ledger.ts";
import type { Store } from "#core/ports.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { createScripts } from "#store/redis/scripts.ts";
import { AYSE, drain, MINUTE, saveTurn, saying } from "../contracts/store-samples.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";

const secretKey = "a secret key for tests, and long enough";
const retentionMs = 1000 * MINUTE;
let server: RedisServer;
let raw: Redis;
beforeAll(async () => {
  server = await startRedisServer();
  raw = new Redis(server.url);
}, 180_000);
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});
afterEach(async () => {
  await raw.flushall();
});

const open = (url = server.url) => openRedisStore({ url, secretKey, retentionMs });
const owner = { channel: AYSE.channel, person: AYSE.person };

const RUN = "duyuru01";
const to = (person: string) => ({ address: { ...AYSE, person }, language: "tr" as const });

/** A run with a row in each kind of state. */
async function fillRun({ ledger }: Store) {
  await ledger.expand(RUN, ["1", "2", "3", "4"].map(to), 0);
  for (const row of await claimed(ledger, "one", 2)) {
    await ledger.arm(RUN, "one", row, 0);
    await ledger.settle(RUN, "one", row, { is: "uncertain" });
  }
  await ledger.claim(RUN, "one", 1, 0);
}

async function claimed(ledger: Ledger, holder: string, most: number): Promise<string[]> {
  for (;;) {
    const rows = await ledger.claim(RUN, holder, most, Date.now());
    if (rows !== "fenced") return rows.map(({ row }) => row);
    await pause(50);
  }
}

test("every key goes by itself, but for the hashing key", async () => {
  await using store = await open();
  await saveTurn(store, AYSE, "in", [saying("1")]);
  await store.debts.claim(AYSE, "one", MINUTE, Date.now());
  await store.records.put("questions", "q", { value: 1, over: 0, owner, index: { state: "open" }, due: 1 });
  await store.conversations.markEnded(AYSE, "in", MINUTE);
  await store.records.put("questions", "long", { value: 1, over: 0, owner, expiresAt: Date.now() + 5 * retentionMs });
  await fillRun(store);
  await store.pace.take("telegram", { perSecond: 1, burst: 1 });
  await store.pace.stopFor("slack", 1);
  const keys = await raw.keys("*");
  expect(keys.length).toBeGreaterThan(20);
  const kept = [];
  for (const key of keys) if ((await raw.pttl(key)) < 0) kept.push(key);
  expect(kept).toEqual(["imece:hashing-key"]);
  expect(await raw.pttl("imece:{r:questions}:expiry")).toBeGreaterThan(4 * retentionMs);
});

test("all of a person lies in one slot, and all of a collection", async () => {
  await using store = await open();
  await saveTurn(store, AYSE, "in-1", [saying("1")]);
  await saveTurn(store, { ...AYSE, chat: "a group" }, "in-2", [saying("2")]);
  await store.debts.claim(AYSE, "one", MINUTE, Date.now());
  await store.records.put("questions", "q", { value: 1, over: 0, owner, index: { state: "open" }, due: 1 });
  await fillRun(store);
  const keys = await raw.keys("*{*");
  const slots = new Set(keys.map((key) => /\{(.*?)\}/.exec(key)?.[1]));
  expect([...slots].filter((slot) => slot?.startsWith("p:"))).toHaveLength(1);
  expect([...slots].filter((slot) => slot?.startsWith("b:"))).toEqual([`b:${RUN}`]);
  expect(slots.size).toBe(4);
});

test("each script is safe to run twice, as when a connection is lost before the answer", async () => {
  const scripts = createScripts(raw);
  const save = () =>
    scripts.save(["c", "p", "s", "q", "d"], ["in", 0, 7, "v", "a", 0, 8, "w", 1000, 2000, "C", "x", "one", "y", "two"]);
  expect([await save(), await save()]).toEqual(["saved", "saved"]);
  expect(await raw.lrange("q", 0, -1)).toEqual(["x", "y"]);

  const claim = () => scripts.claim(["l", "q", "d"], ["holder", "token", 5, 10]);
  expect([await claim(), await claim()]).toEqual([
    ["x", "one", "0"],
    ["x", "one", "0"],
  ]);
  expect(await raw.hget("d", "x:attempts")).toBe("1");

  const postpone = () => scripts.postpone(["l", "d"], ["holder", "x", 0, 1, 0]);
  await raw.hset("d", "x:attempts", 2);
  expect([await postpone(), await postpone()]).toEqual([1, 1]);
  expect(await raw.hget("d", "x:attempts")).toBe("1");

  const settle = () => scripts.settle(["l", "q", "d"], ["holder", "x"]);
  expect([await settle(), await settle()]).toEqual([1, 1]);
  expect(await raw.lrange("q", 0, -1)).toEqual(["y"]);

  const put = () => scripts.putRecord(["r", "i", "u", "e", "n"], ["id", "token", 0, 3, "v", 2000, 1000, "", "a b"]);
  expect([await put(), await put()]).toEqual(["saved", "saved"]);
  expect(await raw.zrange("i", "0", "-1")).toEqual(["a.id", "b.id"]);
});

test("each script over a run is safe to run twice", async () => {
  const scripts = createScripts(raw);
  const run = ["m", "r", "w", "t", "f", "e"];
  const twice = async (ask: () => Promise<unknown>) => [await ask(), await ask()];
  expect(await twice(() => scripts.expandRun(run, [0, 1e6, 1, "x", "whom x", "y", "whom y", "z", "whom z"]))).toEqual([3, 0]);
  const taken = ["x", "whom x", "0"];
  expect(await twice(() => scripts.claimRows(run, ["one", "token", 5, 1]))).toEqual([taken, taken]);
  expect(await raw.zcard("t")).toBe(2);
  const armed = "S|one|0|token";
  expect(await twice(() => scripts.armRow(run, ["one", "x", "token", 5]))).toEqual([armed, armed]);
  expect(await scripts.armRow(run, ["one", "x", "other", 5])).toBeNull();
  expect(await twice(() => scripts.settleRow(run, ["one", "x", "D|m", 0]))).toEqual(["D|m", "D|m"]);
  await scripts.claimRows(run, ["one", "next", 5, 1]);
  expect(await twice(() => scripts.settleRow(run, ["one", "y", "P", 9]))).toEqual(["P|0", "P|0"]);
  await scripts.claimRows(run, ["one", "third", 5, 1]);
  await scripts.armRow(run, ["one", "z", "token", 5]);
  expect(await twice(() => scripts.sweepRun(run, [5, 5, 9]))).toEqual([
    [1, ""],
    [0, ""],
  ]);
  const known = ["one", 5, 1e6, "x", "D|m", "y", "P|0", "z", "U|one|0"];
  expect(await twice(() => scripts.reassertRows(run, known))).toEqual([1, 1]);
  expect(await twice(() => scripts.resendRows(run, [5, 1e6, "z", 0]))).toEqual([1, 0]);
  expect(await twice(() => scripts.eraseRow(run, ["z"]))).toEqual([1, 0]);
  expect(await twice(() => scripts.keepRun(run, [2e6]))).toEqual([1, 1]);
  expect(await twice(() => scripts.closeRun(run, [9]))).toEqual([1, 0]);
  const counted = await raw.hgetall("m");
  expect(counted).toMatchObject({ "n:P": "0", "n:C": "0", "n:S": "0", "n:D": "1", "n:U": "0", "n:X": "1", "n:N": "1" });
});

test("a pace that was stopped and halved is whole again in time", async () => {
  await using store = await open();
  const wait = async () => {
    while ((await store.pace.take("telegram", { perSecond: 4, burst: 1 })) > 0) await pause(5);
    return store.pace.take("telegram", { perSecond: 4, burst: 1 });
  };
  await store.pace.stopFor("telegram", 1);
  expect(await wait()).toBeGreaterThan(400);
  await raw.hset("imece:pace:telegram", "stopped", Date.now() - 60_000);
  expect(await wait()).toBeLessThanOrEqual(250);
});

test("a server's clock that was set back neither holds up what goes out in bulk nor lets it burst", async () => {
  await using store = await open();
  const slow = { perSecond: 2, burst: 2 };
  const take = () => store.pace.take("telegram", slow);
  expect(await take()).toBe(0);
  // As if an hour had been agreed on before that lies ahead now.
  const shift = async (field: string) => {
    const at = Number(await raw.hget("imece:pace:telegram", field));
    await raw.hset("imece:pace:telegram", field, at + 3_600_000);
  };
  for (const field of ["next", "stopped", "seen"]) await shift(field);
  expect(await take()).toBeLessThanOrEqual(500);
  while ((await take()) > 0) await pause(20);
  expect(await take()).toBeGreaterThan(0);
  await store.pace.stopFor("telegram", 300);
  for (const field of ["next", "stopped", "seen"]) await shift(field);
  await store.pace.stopFor("telegram", 200);
  expect(await take()).toBeLessThanOrEqual(300);
  expect(await take()).toBeGreaterThan(0);
});

test("a crash between the mark and the save leaves a mark too many, which goes by itself", async () => {
  let time = Date.now();
  await using store = await openRedisStore({ url: server.url, secretKey, retentionMs, now: () => time });
  const stale = await store.conversations.load(AYSE);
  await saveTurn(store, AYSE, "in-1", []);
  await store.conversations.save(AYSE, { ...stale, incomingId: "in-2", owed: [saying("never")] });
  expect(await raw.zcard("imece:{owing}:due")).toBe(1);
  expect(await store.debts.owing(time, 10)).toEqual([]);
  expect(await raw.zcard("imece:{owing}:due")).toBe(1);
  time += MINUTE;
  expect(await store.debts.owing(time, 10)).toEqual([]);
  expect(await raw.keys("*owing*")).toEqual([]);
});

test("owing looks past hundreds that are held or settled", async () => {
  await using store = await open();
  const now = Date.now();
  const addresses = Array.from({ length: 250 }, (_, n) => ({ ...AYSE, person: `${n}` }));
  await Promise.all(addresses.map((address) => saveTurn(store, address, "in", [saying("1")])));
  await Promise.all(addresses.slice(0, 125).map((address) => store.debts.claim(address, "one", MINUTE, now)));
  await Promise.all(addresses.slice(125, 240).map((address) => drain(store.debts, address, "one", now)));
  const owing = await store.debts.owing(now, 100);
  expect(owing.map(({ person }) => Number(person)).toSorted((a, b) => a - b)).toEqual([
    240, 241, 242, 243, 244, 245, 246, 247, 248, 249,
  ]);
});

test("two processes share one hashing key, and see each other's conversations", async () => {
  const stores = await Promise.all(Array.from({ length: 8 }, () => open()));
  await saveTurn(stores[0]!, AYSE, "in", [saying("1")]);
  for (const store of stores) expect((await store.conversations.load(AYSE)).conversationVersion).toBeGreaterThan(0);
  for (const store of stores) await store[Symbol.asyncDispose]();
});

test("a server that forgot its scripts is given them again", async () => {
  await using store = await open();
  await saveTurn(store, AYSE, "in-1", []);
  await raw.script("FLUSH");
  expect(await saveTurn(store, AYSE, "in-2", [saying("1")])).toBe("saved");
});

test("a Redis that is away is told at once, without its password", async () => {
  const away = openRedisStore({ url: "redis://:s3cret-pass@127.0.0.1:1", secretKey, retentionMs });
  const error = await away.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "store.unavailable" });
  expect(String(error) + JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("s3cret");
  const refused = await open(server.url.replace("redis://", "redis://:s3cret-pass@")).catch((thrown: unknown) => thrown);
  expect(JSON.stringify(refused, Object.getOwnPropertyNames(refused))).not.toContain("s3cret");
});

test("a Redis that accepts and never answers is told within seconds", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const address = silent.address();
  const port = typeof address === "object" ? address?.port : 0;
  await expect(open(`redis://127.0.0.1:${port}`)).rejects.toMatchObject({ code: "store.unavailable" });
  silent.close();
}, 8000);

test.each(["http://localhost", "redis+sentinel://one,two", "", "redis+cluster://"])(
  "a URL of another form is refused: %j",
  async (url) => {
    await expect(open(url)).rejects.toMatchObject({ code: "config.invalid" });
  },
);

test("a Redis that goes away is told at the next command", async () => {
  const own = await startRedisServer();
  await using store = await open(own.url);
  await saveTurn(store, AYSE, "in-1", []);
  await own.stop();
  await expect(store.conversations.load(AYSE)).rejects.toMatchObject({ code: "store.unavailable" });
});
