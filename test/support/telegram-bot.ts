import { randomUUID } from "node:crypto";
import { createBot, type BotParts } from "#bot/bot.ts";
import { createRunEffect } from "#bot/effects.ts";
import { startSweep } from "#bot/sweep.ts";
import { createTelegram, type Telegram, type TelegramOptions } from "#channels/telegram/telegram.ts";
import type { Store } from "#core/ports.ts";
import type { Limit } from "#core/rate.ts";
import type { StaffRoom } from "#core/staff.ts";
import type { Desk } from "#desk/desk.ts";
import { createLog } from "#ops/log.ts";
import { openHttp, type HttpServer } from "#ops/http.ts";
import type { BotApi } from "./bot-api/server.ts";
import { freePort } from "./free-port.ts";
import { createTestDesk, SETTINGS_WITH_DESK } from "./desk.ts";
import { SETTINGS, knowledge } from "./knowledge.ts";
import { SECRET_KEY } from "./store.ts";
import { words } from "./words.ts";

const RETENTION_MS = 90 * 86_400_000;

export interface RunningBot extends AsyncDisposable {
  readonly telegram: Telegram;
  /** Settled when receiving has ended. */
  readonly ended: Promise<void>;
  /** Where it listens, with a webhook. */
  readonly http: HttpServer | undefined;
  readonly desk: Desk | undefined;
  settleOwed(): Promise<number>;
}

export interface RunOptions {
  /** The webhook's secret; absent: long polling. */
  readonly webhookSecret?: string;
  readonly now?: () => number;
  readonly limit?: Limit;
  readonly log?: TelegramOptions["log"];
  /** What was announced. */
  readonly announced?: BotParts["announced"];
  /** The staff's room of a desk; absent: there is no desk. */
  readonly room?: StaffRoom;
}

/** The whole bot of this process, wired as `main.ts` does, over a store and the fake Bot API. */
export async function runTelegramBot(store: Store, api: BotApi, options: RunOptions = {}): Promise<RunningBot> {
  const { webhookSecret, now = () => Date.now() } = options;
  const base = await knowledge();
  const log = createLog("silent");
  const stop = new AbortController();
  const port = webhookSecret === undefined ? 0 : await freePort();
  const telegram = createTelegram({
    token: api.token,
    apiRoot: api.root,
    webhook: webhookSecret === undefined ? undefined : { url: `http://127.0.0.1:${port}/telegram`, secret: webhookSecret },
    secrets: { secretKey: SECRET_KEY },
    words,
    defaultLanguage: "tr",
    log: options.log ?? log,
    now,
    signal: stop.signal,
  });
  const channel = () => telegram;
  const desk = options.room && createTestDesk(store, options.room, (address, incoming) => bot.handle(address, incoming), now);
  const bot = createBot({
    ...store,
    limit: options.limit,
    announced: options.announced,
    knowledge: () => base,
    settings: desk === undefined ? SETTINGS : SETTINGS_WITH_DESK,
    channel,
    runEffect: createRunEffect({ ...store, channel, now, retentionMs: RETENTION_MS, desk }),
    log,
    now,
    holder: randomUUID(),
  });
  const http = webhookSecret === undefined ? undefined : await openHttp(port, telegram.routes, () => {});
  const sweep = startSweep(bot, 200, log);
  const ended = telegram.start(bot.handle);
  ended.catch(() => {});
  return {
    telegram,
    ended,
    http,
    desk,
    settleOwed: () => bot.settleOwed(),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended.catch(() => {});
      await sweep[Symbol.asyncDispose]();
      await desk?.[Symbol.asyncDispose]();
      await http?.[Symbol.asyncDispose]();
    },
  };
}
