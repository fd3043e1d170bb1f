import { randomUUID } from "node:crypto";
import { createBot, type BotParts } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { startSweep } from "#bot/sweep.ts";
import { createSlack, type Slack, type SlackOptions } from "#channels/slack/slack.ts";
import { homeSections } from "#core/home.ts";
import type { Store } from "#core/ports.ts";
import { createWords } from "#i18n/words.ts";
import { createLog } from "#ops/log.ts";
import { openHttp } from "#ops/http.ts";
import { SETTINGS, knowledge } from "./knowledge.ts";
import type { Slack as FakeSlack } from "./slack/server.ts";
import { SECRET_KEY } from "./store.ts";

export const words = await createWords(new URL("../../locales/", import.meta.url), { service: "TÜRKİYE KOOP · İmece" });
const RETENTION_MS = 90 * 86_400_000;

export interface RunningBot extends AsyncDisposable {
  readonly slack: Slack;
  /** Settled when receiving has ended. */
  readonly ended: Promise<void>;
  settleOwed(): Promise<number>;
}

export interface RunOptions {
  readonly by?: "socket" | "http";
  readonly now?: () => number;
  readonly log?: SlackOptions["log"];
  readonly admit?: SlackOptions["admit"];
  /** What was announced. */
  readonly announced?: BotParts["announced"];
}

/** The channel's options for the fake Slack. */
export function slackOptions(api: FakeSlack, signal: AbortSignal, options: RunOptions = {}): SlackOptions {
  return {
    token: api.botToken,
    apiUrl: api.apiUrl,
    by: options.by === "http" ? { signingSecret: api.signingSecret } : { appToken: api.appToken },
    secrets: { secretKey: SECRET_KEY },
    words,
    defaultLanguage: "tr",
    log: options.log ?? createLog("silent"),
    now: options.now ?? (() => Date.now()),
    signal,
    admit: options.admit,
    languageOf: async () => undefined,
    home: async () => [],
  };
}

/** The whole bot of this process, wired as `main.ts` does, over a store and the fake Slack; returns once it receives. */
export async function runSlackBot(store: Store, api: FakeSlack, options: RunOptions = {}): Promise<RunningBot> {
  const { now = () => Date.now() } = options;
  const base = await knowledge();
  const log = createLog("silent");
  const stop = new AbortController();
  const slack = createSlack({
    ...slackOptions(api, stop.signal, options),
    languageOf: async (person) => (await store.conversations.load({ channel: "slack", chat: person, person })).person.language,
    home: async (_person, language) => homeSections(base, SETTINGS, language, now()),
  });
  const channel = () => slack;
  const bot = createBot({
    ...store,
    announced: options.announced,
    knowledge: () => base,
    settings: SETTINGS,
    channel,
    runEffect: createRunEffect({ ...store, channel, now, retentionMs: RETENTION_MS }),
    log,
    now,
    holder: randomUUID(),
  });
  const http = options.by === "http" ? await openHttp(0, slack.routes, () => {}) : undefined;
  if (http) api.deliveries.requestUrl = `http://127.0.0.1:${http.port}/slack/events`;
  const sweep = startSweep(bot, 200, log);
  const ended = slack.start(bot.handle);
  ended.catch(() => {});
  await api.until(() => slack.healthy() && (http !== undefined || api.sockets.open() >= 2));
  return {
    slack,
    ended,
    settleOwed: () => bot.settleOwed(),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended.catch(() => {});
      await sweep[Symbol.asyncDispose]();
      await http?.[Symbol.asyncDispose]();
    },
  };
}
