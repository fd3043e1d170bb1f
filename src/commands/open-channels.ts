import { createConsole } from "#channels/console/console.ts";
import { keepToOne } from "#commands/store-owner.ts";
import type { Secrets } from "#commands/open-store.ts";
import type { Config, TelegramConfig } from "#config.ts";
import type { SlackConfig } from "#config/slack.ts";
import { homeSections } from "#core/home.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Channel, Store } from "#core/ports.ts";
import type { Route } from "#core/route.ts";
import type { Workspace } from "#core/workspace.ts";
import type { Words } from "#i18n/words.ts";
import type { Log } from "#ops/log.ts";
import { measured } from "#ops/measured.ts";
import type { Metrics } from "#ops/metrics.ts";

/** What the stores and the channels are given alike. */
export interface House {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly words: Words;
  readonly log: Log;
  readonly now: () => number;
  readonly retentionMs: number;
  /** Absent on the console, where nobody could read them. */
  readonly metrics?: Metrics | undefined;
}

export interface OpenChannels extends AsyncDisposable {
  readonly channels: readonly Channel[];
  /** Where staff work; absent where they have none. */
  readonly workspace?: Workspace | undefined;
}

/** The console where there is no token; otherwise Telegram and Slack, with one HTTP server for health, metrics, what they receive by it, and what is `further` to be found there. */
export async function openChannels(
  house: House,
  store: Store,
  knowledge: () => KnowledgeBase,
  signal: AbortSignal,
  further: readonly Route[] = [],
): Promise<OpenChannels> {
  const { config, words, log, metrics } = house;
  if (config.telegram === undefined && config.slack === undefined) {
    const channel = createConsole({ input: process.stdin, output: process.stdout, words });
    return { channels: [channel], [Symbol.asyncDispose]: () => channel[Symbol.asyncDispose]() };
  }
  const { healthRoute, openHttp } = await import("#ops/http.ts");
  const telegram = config.telegram && (await openTelegram(house, config.telegram, store, signal));
  const slack = config.slack && (await openSlack(house, config.slack, store, knowledge, signal));
  const channels = [telegram, slack].filter((channel) => channel !== undefined);
  const storeWorks = () => store.records.get("health", "probe").then(() => true);
  const routes = [
    healthRoute([storeWorks, ...channels.map((channel) => () => channel.healthy())]),
    ...(metrics === undefined ? [] : [metrics.route]),
    ...channels.flatMap((channel) => channel.routes),
    ...further,
  ];
  const http = await openHttp(config.port, routes, (error) => log.httpFailed(error));
  log.listening(http.port);
  const counted = metrics === undefined ? channels : channels.map((channel) => measured(channel, metrics));
  return { channels: counted, workspace: slack?.workspace, [Symbol.asyncDispose]: () => http[Symbol.asyncDispose]() };
}

async function openTelegram(house: House, telegram: TelegramConfig, store: Store, signal: AbortSignal) {
  const { config, secrets, words, log, now } = house;
  const { createTelegram } = await import("#channels/telegram/telegram.ts");
  const { token, apiRoot, webhook, paidBroadcast } = telegram;
  // A token begins with the bot's id: nothing that is owed leaves by another bot.
  await keepToOne(store.records, "telegram", token.reveal().split(":", 1).join(), now);
  return createTelegram({
    token: token.reveal(),
    apiRoot,
    webhook: webhook === undefined ? undefined : { url: webhook.url, secret: webhook.secret.reveal() },
    secrets,
    words,
    defaultLanguage: config.settings.defaultLanguage,
    log,
    now,
    paidBroadcast,
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
    admit: (workspace) => keepToOne(store.records, "slack", workspace, now),
    // A person is the same in every conversation of theirs.
    languageOf: async (person) => (await store.conversations.load({ channel: "slack", chat: person, person })).person.language,
    home: async (_person, language) => homeSections(knowledge(), config.settings, language, now()),
  });
}
