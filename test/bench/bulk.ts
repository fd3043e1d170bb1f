import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Recipient } from "#core/ledger.ts";
import type { Store } from "#core/ports.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { startBotApi } from "../support/bot-api/server.ts";
import { startBotApiProcess, startWorker } from "../support/crash.ts";
import { deliverTo, partsOver, RUN } from "../support/run.ts";
import { startRedisServer } from "../support/redis-server.ts";
import { SECRET_KEY } from "../support/store.ts";
import { runTelegramBot } from "../support/telegram-bot.ts";

// What writing down, holding and settling many recipients costs; whether four workers keep the pace; whether a reply waits behind a broadcast.

const SIZES = [1000, 10_000, 100_000];
const RATE = 25;
const BURST = 5;
const ANSWERS = 40;
const PAGE = new URL("../../docs/performance.md", import.meta.url);
const options = { secretKey: SECRET_KEY, retentionMs: 86_400_000 };

async function cost(name: string, size: number, store: Store, bytes: () => Promise<number>): Promise<string> {
  const everybody = Array.from({ length: size }, (_, at): Recipient => {
    const person = String(100_000_000 + at);
    return { address: { channel: "telegram", chat: person, person }, language: "tr" };
  });
  const before = await bytes();
  const began = performance.now();
  for (let at = 0; at < size; at += 500) await store.ledger.expand("run", everybody.slice(at, at + 500), 0);
  const expanded = performance.now();
  const held = (await bytes()) - before;
  // Enough to tell the speed, and the same number for every size.
  const rows = 1000;
  const from = performance.now();
  const lane = async (holder: string) => {
    for (let done = 0; done < rows / 10; done += 5) {
      const claimed = await store.ledger.claim("run", holder, 5, 1);
      for (const { row } of claimed === "fenced" ? [] : claimed) {
        await store.ledger.arm("run", holder, row, 1);
        await store.ledger.settle("run", holder, row, { is: "sent", reference: "123456" });
      }
    }
  };
  await Promise.all(Array.from({ length: 10 }, (_, at) => lane(`holder-${at}`)));
  const perSecond = rows / ((performance.now() - from) / 1000);
  if ((await store.ledger.counts("run")).sent !== rows) throw new Error("Not every row was settled.");
  const expand = expanded - began;
  return `| ${name} | ${size} | ${(expand / 1000).toFixed(2)} | ${((expand / size) * 1000).toFixed(0)} | ${(held / 1e6).toFixed(2)} | ${Math.round(held / size)} | ${Math.round(perSecond)} |`;
}

async function costs(): Promise<string[]> {
  const rows: string[] = [];
  for (const size of SIZES) {
    const redis = await startRedisServer({ keeps: true });
    const raw = new Redis(redis.url);
    const memory = async () => Number(/used_memory:(\d+)/.exec(await raw.info("memory"))?.[1]);
    const store = await openRedisStore({ url: redis.url, ...options });
    rows.push(await cost("Redis", size, store, memory));
    await store[Symbol.asyncDispose]();
    raw.disconnect();
    await redis.stop();
  }
  for (const size of SIZES) {
    const folder = mkdtempSync(path.join(tmpdir(), "imece-bulk-"));
    const store = await openEmbeddedStore({ folder, ...options });
    const { DatabaseSync } = await import("node:sqlite");
    const db = new DatabaseSync(path.join(folder, "imece.sqlite"));
    const pages = async () =>
      Number(db.prepare("PRAGMA page_count").get()?.["page_count"]) * Number(db.prepare("PRAGMA page_size").get()?.["page_size"]);
    rows.push(await cost("embedded", size, store, pages));
    db.close();
    await store[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  }
  return rows;
}

/** The most that came within any second. */
function mostInASecond(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to += 1) {
    while ((sorted[to] ?? 0) - (sorted[from] ?? 0) >= 1000) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
}

async function pace(): Promise<string> {
  const redis = await startRedisServer({ keeps: true });
  const allowed = RATE + BURST - 1;
  await using api = await startBotApiProcess({ people: 500, blocked: 0, lostReplies: 0, seed: 1, perSecond: 30 });
  const settings = { ...api.settings, REDIS: redis.url, RUN: "pace", RATE: String(RATE), LEASE: "30000" };
  const began = performance.now();
  const workers = [1, 2, 3, 4].map(() => startWorker(settings));
  await Promise.all(workers.map((worker) => once(worker, "exit")));
  const seconds = (performance.now() - began) / 1000;
  const { times, refused } = await api.report();
  await redis.stop();
  return `| ${times.length} | 4 | ${RATE} | ${BURST} | ${mostInASecond(times)} | ${allowed} | ${refused} | ${seconds.toFixed(0)} |`;
}

/** How long members wait for an answer, one after another; the broadcast is worked on by the very process that answers. */
async function answers(broadcast: boolean): Promise<number[]> {
  const redis = await startRedisServer({ keeps: true });
  await using api = await startBotApi();
  const many = Array.from({ length: broadcast ? 10_000 : 0 }, () => api.person());
  for (const { chat } of many) api.state.chats.set(chat.id, chat);
  const audience = many.map(({ chat: { id } }): Recipient => {
    return { address: { channel: "telegram", chat: String(id), person: String(id) }, language: "tr" };
  });
  const person = api.person();
  await using store = await openRedisStore({ url: redis.url, ...options });
  await using bot = await runTelegramBot(store, api);
  await api.until(() => api.callsOf("getUpdates").length > 0, 60_000);
  const stop = new AbortController();
  const paceOf = () => ({ perSecond: RATE, burst: BURST });
  const broadcasting = deliverTo(partsOver(store, bot.telegram, { paceOf, signal: stop.signal }), audience);
  const bulk = () => api.callsOf("sendMessage").length;
  if (broadcast) await api.until(() => bulk() > 50, 60_000);
  const times: number[] = [];
  for (let asked = 0; asked < ANSWERS + 5; asked += 1) {
    const before = api.shown(person.chat.id).length;
    const from = performance.now();
    person.says("esmed ne zaman kuruldu");
    await api.until(() => api.shown(person.chat.id).length > before, 20_000);
    // The first ones warm the process up.
    if (asked >= 5) times.push(performance.now() - from);
    await pause(100);
  }
  const { pending } = await store.ledger.counts(RUN);
  if (broadcast && (bulk() < 100 || pending === 0)) throw new Error("The broadcast was not under way.");
  stop.abort();
  await broadcasting;
  await redis.stop();
  return times.toSorted((a, b) => a - b);
}

const [load = 0] = loadavg();
const costRows = await costs();
const paceRow = await pace();
const alone = await answers(false);
const beside = await answers(true);
const at = (times: readonly number[], share: number) => times[Math.floor(times.length * share)] ?? 0;
const answerRow = (name: string, times: readonly number[]) =>
  `| ${name} | ${at(times, 0.5).toFixed(0)} | ${at(times, 0.9).toFixed(0)} | ${(at(times, 0.5) / at(alone, 0.5)).toFixed(2)} |`;
const chapter = [
  "## Messages to many",
  "",
  "Written by `npm run bench:bulk`. Writing a run down, and claim, arm and settle with ten holders of one process side by side, five rows a claim; Redis with",
  "`appendfsync always`, the embedded store with `synchronous=FULL`. What it costs rises in a straight line with the number of recipients, as far as was measured.",
  "",
  "| store | recipients | written down in s | µs each | MB | bytes each | claim+arm+settle/s |",
  "| --- | --- | --- | --- | --- | --- | --- |",
  ...costRows,
  "",
  "Four processes on one run over Redis, against a fake Bot API that counts and refuses more than 30 messages within any second:",
  "",
  "| messages | processes | rate | burst | most within a second | allowed | refused (429) | s |",
  "| --- | --- | --- | --- | --- | --- | --- | --- |",
  paceRow,
  "",
  `${ANSWERS} questions one after another to the bot over Redis, alone and in the midst of a broadcast to 10,000 at ${RATE} a second that the same process works on:`,
  "",
  "| | p50 ms | p90 ms | ratio (p50) |",
  "| --- | --- | --- | --- |",
  answerRow("alone", alone),
  answerRow("beside a broadcast", beside),
  "",
  `Load of the machine before it began: ${load.toFixed(1)} on ${availableParallelism()} processors; Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}.`,
  "",
].join("\n");
const page = await readFile(PAGE, "utf8");
const [before = "", own] = page.split("## Messages to many");
const after = own === undefined ? "" : (/\n## [\s\S]*$/.exec(own)?.[0] ?? "");
await writeFile(PAGE, `${before.trimEnd()}\n\n${chapter}${after}`);
process.stdout.write(chapter);
