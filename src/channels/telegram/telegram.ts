import { setTimeout as pause } from "node:timers/promises";
import { createButtons } from "#presses/buttons.ts";
import { createClient } from "#channels/telegram/client.ts";
import { deliverTelegram } from "#channels/telegram/deliver.ts";
import { conflict, whatToLookAt, wrongToken } from "#channels/telegram/ends.ts";
import type { CallFault } from "#channels/telegram/fault.ts";
import { createLanes } from "#core/lanes.ts";
import { createPatience } from "#core/patience.ts";
import { LIMITS } from "#channels/telegram/limits.ts";
import type { Self } from "#channels/telegram/parse.ts";
import type { TelegramLog, TelegramParts } from "#channels/telegram/parts.ts";
import { poll } from "#channels/telegram/poll.ts";
import { createMemory } from "#channels/telegram/recent.ts";
import { apologise, receiveUpdate } from "#channels/telegram/receive.ts";
import { register } from "#channels/telegram/register.ts";
import { chatOf, WANTED, type Update } from "#channels/telegram/update.ts";
import { createWebhookRoute } from "#channels/telegram/webhook.ts";
import type { Channel, Handle } from "#core/ports.ts";
import type { Route } from "#core/route.ts";
import type { Words } from "#i18n/words.ts";
import type { Language } from "#text/language.ts";

export interface TelegramOptions {
  readonly token: string;
  readonly apiRoot?: string | undefined;
  /** Absent: long polling. */
  readonly webhook?: { readonly url: string; readonly secret: string } | undefined;
  /** What buttons are signed with. */
  readonly secrets: { readonly secretKey: string; readonly previousKey?: string | undefined };
  readonly words: Words;
  readonly defaultLanguage: Language;
  readonly log: TelegramLog;
  readonly now: () => number;
  /** Whether bulk may be paid for to go faster. */
  readonly paidBroadcast?: boolean | undefined;
  /** Ends receiving. */
  readonly signal: AbortSignal;
}

export interface Telegram extends Channel {
  /** What the webhook needs of the HTTP server. */
  readonly routes: readonly Route[];
  /** Whether it receives. */
  healthy(): boolean;
}

const FIRST_PAUSE_MS = 500;
/** A poll takes half a minute at most; three without an answer are a fault. */
const SILENT_MS = 100_000;

/**
 * The bot on Telegram. `start` returns once the signal has ended it and everything that was taken is done.
 * @throws BotError from `start`: `telegram.conflict` where another process receives with the token, `telegram.token` where it is wrong.
 */
export function createTelegram(options: TelegramOptions): Telegram {
  const { log, signal, now, webhook } = options;
  const client = createClient({ ...options, timeoutSeconds: LIMITS.callSeconds });
  const parts: TelegramParts = { ...options, client, buttons: createButtons(options.secrets), memory: createMemory() };
  const lanes = createLanes(LIMITS.chatsAtOnce);
  let receive: ((update: Update) => Promise<void>) | undefined;
  let self: Self = { id: 0, username: "" };
  let heard = 0;
  const apology = (update: Update) => apologise(parts, self, update);

  const receiveByWebhook = async () => {
    const { url = "", secret = "" } = webhook ?? {};
    const settings = { url, secret_token: secret, allowed_updates: WANTED };
    await untilAnswered(options, "setWebhook", () => client.call("setWebhook", settings));
    log.receiving("webhook");
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    receive = undefined;
    await lanes.idle();
  };

  const receiveByPolling = async (take: (update: Update) => Promise<void>) => {
    await untilAnswered(options, "deleteWebhook", () => client.call("deleteWebhook", {}));
    log.receiving("polling");
    heard = now();
    const patient = createClient({ ...options, timeoutSeconds: LIMITS.pollSeconds + LIMITS.callSeconds });
    await poll({ client: patient, lanes, receive: take, apologise: apology, log, signal, answered: () => (heard = now()) });
  };

  return {
    name: "telegram",
    routes:
      webhook === undefined
        ? []
        : [
            createWebhookRoute({
              path: new URL(webhook.url).pathname,
              secret: webhook.secret,
              receiver: () => receive,
              apologise: apology,
              log,
            }),
          ],
    healthy: () => (webhook === undefined ? now() - heard < SILENT_MS : receive !== undefined),

    async start(handle: Handle) {
      const me = await untilAnswered(options, "getMe", () => client.call("getMe", {}));
      if (me === undefined) return;
      self = { id: me.id, username: me.username };
      const take = (update: Update) => receiveUpdate(parts, self, update, handle);
      const registering = register(parts);
      receive = (update) => lanes.run(chatOf(update), () => take(update));
      try {
        await (webhook === undefined ? receiveByPolling(take) : receiveByWebhook());
      } finally {
        receive = undefined;
        await registering;
      }
    },

    deliver: (to, reply, delivery) => deliverTelegram(parts, to, reply, delivery),
    chatOf: ({ chat, person }) => (chat === person ? { is: "own", id: chat } : { is: "shared", link: linkTo(self) }),
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Opens a person's own chat with the bot; a word for it stands at the end. */
function linkTo({ username }: Self): string | undefined {
  return username === "" ? undefined : `https://t.me/${username}?start=`;
}

/** Calls what the bot cannot start without, until it is answered; `undefined` where the signal came first. */
async function untilAnswered<T>(
  { log, signal }: TelegramOptions,
  method: string,
  call: () => Promise<{ ok: true; result: T } | ({ ok: false } & CallFault)>,
): Promise<T | undefined> {
  const patience = createPatience(FIRST_PAUSE_MS);
  while (!signal.aborted) {
    const called = await call();
    if (called.ok) return called.result;
    if (called.why === "token") throw wrongToken();
    if (called.why === "conflict") throw conflict();
    const { waitMs, tell } = patience.failed();
    if (tell) log.callFailed(method, called.code, whatToLookAt(called.code));
    await pause(called.why === "slow-down" ? called.retryAfterMs : waitMs, undefined, { signal }).catch(() => {});
  }
  return undefined;
}
