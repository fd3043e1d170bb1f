import { randomUUID } from "node:crypto";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { createConsole } from "#channels/console/console.ts";
import type { Config } from "#config.ts";
import { readConfig } from "#config.ts";
import { BotError } from "#core/errors.ts";
import type { Store } from "#core/ports.ts";
import { createWords } from "#i18n/words.ts";
import { createKnowledgeBase } from "#knowledge/base.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { createLog } from "#ops/log.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { secretFrom } from "#store/secret-file.ts";

const DAY_MS = 86_400_000;
const SWEEP_MS = 5_000;

/** Reads the configuration, opens what it needs, wires it, and closes it again. */
async function run(config: Config): Promise<void> {
  const now = () => Date.now();
  const words = await createWords(new URL("../locales/", import.meta.url), { service: config.serviceName });
  // Reading the knowledge takes a moment, in which a person sees nothing else.
  if (process.stdin.isTTY && process.stdout.isTTY)
    process.stdout.write(`${words({ key: "console.opening" }, config.settings.defaultLanguage)}\n\n`);
  const knowledge = createKnowledgeBase(await loadKnowledge(config.knowledgeDir));
  const log = createLog(config.logLevel);
  await using store = await openStore(config, now);
  await using channel = createConsole({ input: process.stdin, output: process.stdout, words });

  const channelOf = (name: string) => (name === channel.name ? channel : undefined);
  const retentionMs = config.settings.retentionDays * DAY_MS;
  const bot = createBot({
    ...store,
    knowledge: () => knowledge,
    settings: config.settings,
    channel: channelOf,
    runEffect: createRunEffect({ ...store, channel: channelOf, now, retentionMs }),
    log,
    now,
    holder: randomUUID(),
  });

  await bot.settleOwed();
  const sweep = setInterval(() => void bot.settleOwed().catch((error: unknown) => log.stopping(error)), SWEEP_MS);
  try {
    await channel.start(bot.handle);
  } finally {
    clearInterval(sweep);
  }
}

async function openStore(config: Config, now: () => number): Promise<Store> {
  const retentionMs = config.settings.retentionDays * DAY_MS;
  const previousKey = config.secretKeyPrevious?.reveal();
  const previous = previousKey === undefined ? {} : { previousKey };
  if (config.redisUrl === undefined || config.secretKey === undefined) {
    const secretKey = config.secretKey?.reveal() ?? (await secretFrom(config.dataDir));
    return openEmbeddedStore({ folder: config.dataDir, secretKey, ...previous, now, retentionMs });
  }
  const { openRedisStore } = await import("#store/redis/open.ts");
  return openRedisStore({ url: config.redisUrl.reveal(), secretKey: config.secretKey.reveal(), ...previous, now, retentionMs });
}

try {
  process.loadEnvFile();
} catch {
  // There need not be a .env file.
}
try {
  await run(readConfig(process.env));
} catch (error) {
  if (!(error instanceof BotError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
