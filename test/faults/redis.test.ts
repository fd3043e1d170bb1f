import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { Redis } from "ioredis";
import type { StoreOptions } from "#store/inside.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { saveTurn, saying } from "../contracts/store-samples.ts";
import { ADDRESS, botOver, createWindow, message } from "../support/bot.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";
import { SECRET_KEY } from "../support/store.ts";

const NEW_KEY = "another secret key for tests, as long";
let server: RedisServer;
let raw: Redis;
beforeAll(async () => {
  server = await startRedisServer();
  raw = new Redis(server.url).on("error", () => {});
}, 180_000);
afterAll(async () => {
  raw.disconnect();
  await server.stop();
});
afterEach(async () => {
  await raw.flushall();
});

const open = (options: Partial<StoreOptions> = {}) =>
  openRedisStore({ url: server.url, secretKey: SECRET_KEY, retentionMs: 1e9, ...options });

test("while Redis is dead a turn is answered without memory, and when it is back the same bot takes the next one", async () => {
  await using store = await open();
  const window = createWindow();
  const bot = botOver(store, window);
  await bot.handle(ADDRESS, message("a", "esmed nedir"));
  await server.kill();
  await bot.handle(ADDRESS, message("b", "esmed nedir"));
  expect(window.shown).toHaveLength(2);
  await expect(bot.settleOwed()).rejects.toMatchObject({ code: "store.unavailable" });
  await server.restart();

  const remembered = () =>
    store.conversations.load(ADDRESS).then(
      ({ conversation }) => conversation.taken,
      () => [],
    );
  for (let tries = 0; (await remembered()).length === 0; tries += 1)
    await bot.handle(ADDRESS, message(`c${tries}`, "esmed nedir"));
  expect(await remembered()).not.toContain("b");
  expect(await bot.settleOwed()).toBe(0);
});

test("while the key is changed one process at a time, the old one drops and overwrites nothing", async () => {
  await using before = await open();
  const told: string[] = [];
  await using old = await open({ report: ({ code }) => told.push(code) });
  await saveTurn(before, ADDRESS, "a", []);
  await using changed = await open({ secretKey: NEW_KEY, previousKey: SECRET_KEY });
  // The new process took a turn and died before its reply was out.
  await saveTurn(changed, ADDRESS, "b", [saying("sealed with the new key")]);

  const oldWindow = createWindow();
  const oldBot = botOver(old, oldWindow);
  await oldBot.settleOwed();
  await expect(oldBot.handle(ADDRESS, message("c", "esmed nedir"))).rejects.toMatchObject({ code: "store.sealed" });
  expect(oldWindow.shown).toEqual([]);

  const newWindow = createWindow();
  const newBot = botOver(changed, newWindow, { now: () => Date.now() + 60_000 });
  await newBot.settleOwed();
  expect(JSON.stringify(newWindow.shown)).toContain("sealed with the new key");
  await newBot.handle(ADDRESS, message("c", "esmed nedir"));
  expect((await changed.conversations.load(ADDRESS)).conversation.taken).toEqual(["c"]);
});

test("changed by the recipe, two processes understand each other at every step", async () => {
  const window = createWindow();
  let asked = 0;
  const steps: Partial<StoreOptions>[] = [
    { secretKey: SECRET_KEY },
    { secretKey: SECRET_KEY, previousKey: NEW_KEY },
    { secretKey: NEW_KEY, previousKey: SECRET_KEY },
    { secretKey: NEW_KEY },
  ];
  for (const [at, step] of steps.entries()) {
    // One is started again already, the other is still as it was.
    await using other = await open(steps[Math.max(0, at - 1)]);
    await using renewed = await open(step);
    for (const store of [renewed, other, renewed]) {
      asked += 1;
      await botOver(store, window).handle(ADDRESS, message(`m${asked}`, "esmed nedir"));
    }
    await renewed.records.put("questions", `q${at}`, { value: at, over: 0 });
    expect(await other.records.get("questions", `q${at}`)).toMatchObject({ value: at });
  }
  expect(window.shown).toHaveLength(asked);
});
