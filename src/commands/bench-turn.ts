import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { renderConsole } from "#channels/console/render.ts";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { runCommand } from "#commands/run-command.ts";
import { readConfig } from "#config.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Channel, Store } from "#core/ports.ts";
import type { Settings } from "#core/step.ts";
import type { Words } from "#i18n/words.ts";
import { createWords } from "#i18n/words.ts";
import { createKnowledgeBase } from "#knowledge/base.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { createLog } from "#ops/log.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { openRedisStore } from "#store/redis/open.ts";

// A whole turn (load, take, save, drain, render) on both stores in one run, with the store's bare round trip beside it.
// Redis is the one at REDIS_URL, or the bench says that it was left out.

const TURNS = 1_000;
const WARM = 100;
const SIDE_BY_SIDE = 32;
const RETENTION_MS = 86_400_000;
const SECRET_KEY = "only for measuring, and long enough to be one";
const QUESTIONS = [
  "esmed nedir",
  "genel kurul ne zaman toplanir",
  "yaklaşan etkinlikler",
  "when was ESMED founded",
  "altın kaç lira",
];

interface Base {
  readonly settings: Settings;
  readonly knowledge: KnowledgeBase;
  readonly words: Words;
}

await runCommand(async (environment) => {
  parseArgs({ options: {} });
  const started = performance.now();
  const config = readConfig({ ...environment, REDIS_URL: undefined });
  const knowledge = createKnowledgeBase(await loadKnowledge(config.knowledgeDir));
  const words = await createWords(new URL("../../locales/", import.meta.url), { service: config.serviceName });
  const base = { settings: config.settings, knowledge, words };
  const ready = performance.now() - started;
  const lines = [
    "| store | bare load ms (p50) | turns/s, one after another | p50 ms | p99 ms | turns/s, 32 chats side by side |",
    "| --- | --- | --- | --- | --- | --- |",
  ];

  const folder = await mkdtemp(path.join(tmpdir(), "imece-bench-"));
  lines.push(
    await measure(
      base,
      "embedded",
      await openEmbeddedStore({ folder, secretKey: SECRET_KEY, now: Date.now, retentionMs: RETENTION_MS }),
    ),
  );
  await rm(folder, { recursive: true });
  const url = environment["REDIS_URL"];
  if (url === undefined) process.stderr.write("REDIS_URL is not set: Redis is left out.\n");
  else
    lines.push(
      await measure(
        base,
        "Redis",
        await openRedisStore({ url, secretKey: SECRET_KEY, now: Date.now, retentionMs: RETENTION_MS }),
      ),
    );

  const memory = Math.round(process.memoryUsage().rss / 1_048_576);
  const page = [
    "# Performance",
    "",
    "Written by `npm run bench:turn` (with `REDIS_URL` set). A turn is load, take, save, drain and render for the console, over the whole knowledge base.",
    "Compare within one table; times depend on the machine.",
    "",
    ...lines,
    "",
    `Knowledge and index ready after ${Math.round(ready)} ms; resident memory at the end ${memory} MB; Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}.`,
    "",
  ].join("\n");
  const file = new URL("../../docs/performance.md", import.meta.url);
  // Other measurements have chapters of their own.
  const [, ...chapters] = (await readFile(file, "utf8")).split("\n## ");
  await writeFile(file, [page, ...chapters].join("\n## "));
  process.stdout.write(page);
});

async function measure({ settings, knowledge, words }: Base, name: string, opened: Store): Promise<string> {
  await using store = opened;
  const channel: Channel = {
    name: "bench",
    start: async () => {},
    deliver: async (_to, reply) => ({ ok: true, reference: String(renderConsole(reply, words, false).length) }),
    [Symbol.asyncDispose]: async () => {},
  };
  const bot = createBot({
    ...store,
    knowledge: () => knowledge,
    settings,
    channel: () => channel,
    runEffect: createRunEffect({ ...store, channel: () => channel, now: Date.now, retentionMs: RETENTION_MS }),
    log: createLog("error"),
    now: Date.now,
    holder: "bench",
  });
  const ask = (number: number, chat: string) =>
    bot.handle(
      { channel: "bench", chat, person: chat },
      { id: `${chat}-${number}`, kind: "message", text: QUESTIONS[number % QUESTIONS.length] ?? "" },
    );

  for (let number = 0; number < WARM; number += 1) await ask(number, "warm");
  const bare: number[] = [];
  for (let number = 0; number < WARM; number += 1) {
    const start = performance.now();
    await store.conversations.load({ channel: "bench", chat: "warm", person: "warm" });
    bare.push(performance.now() - start);
  }
  const times: number[] = [];
  const begin = performance.now();
  for (let number = 0; number < TURNS; number += 1) {
    const start = performance.now();
    await ask(number, `chat-${number % 50}`);
    times.push(performance.now() - start);
  }
  const alone = TURNS / ((performance.now() - begin) / 1000);
  const together = performance.now();
  await Promise.all(
    Array.from({ length: SIDE_BY_SIDE }, async (_, chat) => {
      for (let number = 0; number < TURNS / SIDE_BY_SIDE; number += 1) await ask(number, `side-${chat}`);
    }),
  );
  const beside = TURNS / ((performance.now() - together) / 1000);
  const cells = [name, at(bare, 0.5), Math.round(alone), at(times, 0.5), at(times, 0.99), Math.round(beside)];
  return `| ${cells.join(" | ")} |`;
}

function at(times: readonly number[], share: number): string {
  return (times.toSorted((a, b) => a - b)[Math.floor(times.length * share)] ?? 0).toFixed(2);
}
