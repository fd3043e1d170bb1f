import { randomUUID } from "node:crypto";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { startSweep } from "#bot/sweep.ts";
import { createConsole } from "#channels/console/console.ts";
import { runCommand } from "#commands/run-command.ts";
import type { Config } from "#config.ts";
import { readConfig } from "#config.ts";
import type { BotError } from "#core/errors.ts";
import type { Store } from "#core/ports.ts";
import { createWords } from "#i18n/words.ts";
import { createKnowledgeBase } from "#knowledge/base.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { createLog, type Log } from "#ops/log.ts";
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
  const retentionMs = config.settings.retentionDays * DAY_MS;
  await using store = await openStore(config, now, retentionMs, log);
  await using channel = createConsole({ input: process.stdin, output: process.stdout, words });

  const channelOf = (name: string) => (name === channel.name ? channel : undefined);
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
  await using _sweep = startSweep(bot, SWEEP_MS, log);
  await channel.start(bot.handle);
}

async function openStore(config: Config, now: () => number, retentionMs: number, log: Log): Promise<Store> {
  const previousKey = config.secretKeyPrevious?.reveal();
  const previous = previousKey === undefined ? {} : { previousKey };
  const all = { ...previous, now, retentionMs, report: (fault: BotError) => log.storeFault(fault) };
  if (config.redisUrl === undefined || config.secretKey === undefined) {
    const secretKey = config.secretKey?.reveal() ?? (await secretFrom(config.dataDir));
    return openEmbeddedStore({ folder: config.dataDir, secretKey, ...all });
  }
  const { openRedisStore } = await import("#store/redis/open.ts");
  return openRedisStore({ url: config.redisUrl.reveal(), secretKey: config.secretKey.reveal(), ...all });
}

await runCommand((environment) => run(readConfig(environment)));
