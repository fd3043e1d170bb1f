import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { startSweep } from "#bot/sweep.ts";
import { createConsole } from "#channels/console/console.ts";
import { openStore, secretsOf, type Secrets } from "#commands/open-store.ts";
import { runCommand } from "#commands/run-command.ts";
import type { Config } from "#config.ts";
import { readConfig } from "#config.ts";
import type { Channel, Store } from "#core/ports.ts";
import { createWords, type Words } from "#i18n/words.ts";
import { createEntries } from "#desk/entries.ts";
import { openLiveKnowledge } from "#knowledge/live.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { createLog, type Log } from "#ops/log.ts";

const DAY_MS = 86_400_000;
const SWEEP_MS = 2000;
/** How soon what another process published is taken up. */
const LOOK_MS = 500;

/** What the stores and the channels are given alike. */
interface House {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly words: Words;
  readonly log: Log;
  readonly now: () => number;
  readonly retentionMs: number;
}

/** Reads the configuration, opens what it needs, wires it, and closes it again. */
async function run(config: Config): Promise<void> {
  const now = () => Date.now();
  const words = await createWords(new URL("../locales/", import.meta.url), { service: config.serviceName });
  // Reading the knowledge takes a moment, in which a person sees nothing else.
  if (process.stdin.isTTY && process.stdout.isTTY)
    process.stdout.write(`${words({ key: "console.opening" }, config.settings.defaultLanguage)}\n\n`);
  const files = await loadKnowledge(config.knowledgeDir);
  const log = createLog(config.logLevel);
  const retentionMs = config.settings.retentionDays * DAY_MS;
  const house: House = { config, secrets: await secretsOf(config), words, log, now, retentionMs };
  await using store = await openStore(config, house.secrets, now, (fault) => log.storeFault(fault));
  const rules = () => ({ approvers: [], problemsOf: problemsOfEntry });
  const entries = createEntries({ records: store.records, rules, readEntry, now });
  const live = await openLiveKnowledge(files, entries, () => nextTurn());
  await using channel = await openChannel(house, store);

  const channelOf = (name: string) => (name === channel.name ? channel : undefined);
  const bot = createBot({
    ...store,
    // On the console there is one person, and a pipe may hold many lines.
    limit: config.telegram === undefined ? undefined : { most: 30, lastsMs: 60_000 },
    knowledge: () => live.current(),
    settings: config.settings,
    channel: channelOf,
    runEffect: createRunEffect({ ...store, channel: channelOf, now, retentionMs }),
    log,
    now,
    holder: randomUUID(),
  });

  // On the console it comes before anything is asked. Elsewhere it goes out beside what comes in: a chat that is slow to take it must
  // not keep the others waiting.
  if (config.telegram === undefined) await bot.settleOwed();
  await using _sweep = startSweep(bot, SWEEP_MS, log);
  const look = async () => (await entries.settleOwed()) + Number(await live.refresh());
  await using _looks = startSweep({ settleOwed: look }, LOOK_MS, log);
  await channel.start(bot.handle);
}

/** The console where there is no token; otherwise Telegram, with the HTTP server for health and webhook. */
async function openChannel({ config, secrets, words, log, now }: House, store: Store): Promise<Channel> {
  if (config.telegram === undefined) return createConsole({ input: process.stdin, output: process.stdout, words });
  const { createTelegram } = await import("#channels/telegram/telegram.ts");
  const { healthRoute, openHttp } = await import("#ops/http.ts");
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const { token, apiRoot, webhook } = config.telegram;
  const telegram = createTelegram({
    token: token.reveal(),
    apiRoot,
    webhook: webhook === undefined ? undefined : { url: webhook.url, secret: webhook.secret.reveal() },
    secrets,
    words,
    defaultLanguage: config.settings.defaultLanguage,
    log,
    now,
    signal: stop.signal,
  });
  const storeWorks = () => store.records.get("health", "probe").then(() => true);
  const routes = [healthRoute([storeWorks, () => telegram.healthy()]), ...telegram.routes];
  const http = await openHttp(config.port, routes, (error) => log.httpFailed(error));
  log.listening(http.port);
  return { ...telegram, [Symbol.asyncDispose]: () => http[Symbol.asyncDispose]() };
}

await runCommand((environment) => run(readConfig(environment)));
