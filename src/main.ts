import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { createBot } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { startSweep } from "#bot/sweep.ts";
import { createConsole } from "#channels/console/console.ts";
import { openStore, secretsOf, type Secrets } from "#commands/open-store.ts";
import { runCommand } from "#commands/run-command.ts";
import type { Config, TelegramConfig } from "#config.ts";
import { readConfig } from "#config.ts";
import type { SlackConfig } from "#config/slack.ts";
import { homeSections } from "#core/home.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
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
  const stop = new AbortController();
  await using open = await openChannels(house, store, () => live.current(), stop.signal);

  const onConsole = config.telegram === undefined && config.slack === undefined;
  const channelOf = (name: string) => open.channels.find((channel) => channel.name === name);
  const bot = createBot({
    ...store,
    // On the console there is one person, and a pipe may hold many lines.
    limit: onConsole ? undefined : { most: 30, lastsMs: 60_000 },
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
  if (onConsole) await bot.settleOwed();
  else for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  await using _sweep = startSweep(bot, SWEEP_MS, log);
  const look = async () => (await entries.settleOwed()) + Number(await live.refresh());
  await using _looks = startSweep({ settleOwed: look }, LOOK_MS, log);
  // Where one platform cannot go on, the process ends as a whole and is started again: half a bot would be missed by nobody in time.
  const started = open.channels.map((channel) => channel.start(bot.handle));
  try {
    await Promise.all(started);
  } finally {
    stop.abort();
    await Promise.allSettled(started);
  }
}

interface OpenChannels extends AsyncDisposable {
  readonly channels: readonly Channel[];
}

/** The console where there is no token; otherwise Telegram and Slack, with one HTTP server for health and what they receive by it. */
async function openChannels(
  house: House,
  store: Store,
  knowledge: () => KnowledgeBase,
  signal: AbortSignal,
): Promise<OpenChannels> {
  const { config, words, log } = house;
  if (config.telegram === undefined && config.slack === undefined) {
    const channel = createConsole({ input: process.stdin, output: process.stdout, words });
    return { channels: [channel], [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose]() };
  }
  const { healthRoute, openHttp } = await import("#ops/http.ts");
  const channels = [
    ...(config.telegram === undefined ? [] : [await openTelegram(house, config.telegram, signal)]),
    ...(config.slack === undefined ? [] : [await openSlack(house, config.slack, store, knowledge, signal)]),
  ];
  const storeWorks = () => store.records.get("health", "probe").then(() => true);
  const routes = [
    healthRoute([storeWorks, ...channels.map((channel) => () => channel.healthy())]),
    ...channels.flatMap((channel) => channel.routes),
  ];
  const http = await openHttp(config.port, routes, (error) => log.httpFailed(error));
  log.listening(http.port);
  return { channels, [Symbol.asyncDispose]: () => http[Symbol.asyncDispose]() };
}

async function openTelegram({ config, secrets, words, log, now }: House, telegram: TelegramConfig, signal: AbortSignal) {
  const { createTelegram } = await import("#channels/telegram/telegram.ts");
  const { token, apiRoot, webhook } = telegram;
  return createTelegram({
    token: token.reveal(),
    apiRoot,
    webhook: webhook === undefined ? undefined : { url: webhook.url, secret: webhook.secret.reveal() },
    secrets,
    words,
    defaultLanguage: config.settings.defaultLanguage,
    log,
    now,
    signal,
  });
}

async function openSlack(house: House, slack: SlackConfig, store: Store, knowledge: () => KnowledgeBase, signal: AbortSignal) {
  const { createSlack } = await import("#channels/slack/slack.ts");
  const { config, secrets, words, log, now } = house;
  const { token, apiUrl, by } = slack;
  return createSlack({
    token: token.reveal(),
    apiUrl,
    by: "appToken" in by ? { appToken: by.appToken.reveal() } : { signingSecret: by.signingSecret.reveal() },
    secrets,
    words,
    defaultLanguage: config.settings.defaultLanguage,
    log,
    now,
    signal,
    // A person is the same in every conversation of theirs.
    languageOf: async (person) => (await store.conversations.load({ channel: "slack", chat: person, person })).person.language,
    home: async (_person, language) => homeSections(knowledge(), config.settings, language, now()),
  });
}

await runCommand((environment) => run(readConfig(environment)));
