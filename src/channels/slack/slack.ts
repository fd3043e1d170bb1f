import { setTimeout as pause } from "node:timers/promises";
import { callingOnce } from "#channels/slack/admission.ts";
import { createBolt, type Arrival } from "#channels/slack/bolt.ts";
import { createClient, textOf, type Client } from "#channels/slack/client.ts";
import { deliverSlack } from "#channels/slack/deliver.ts";
import { whatToLookAt, wrongToken } from "#channels/slack/ends.ts";
import { createHttpRoute } from "#channels/slack/http.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import type { Self } from "#channels/slack/parse.ts";
import type { SlackParts } from "#channels/slack/parts.ts";
import { CHANNEL, isDirect, ONLY_YOU } from "#channels/slack/place.ts";
import { createMemory } from "#channels/slack/recent.ts";
import { final } from "#channels/slack/post.ts";
import { directChannel } from "#channels/slack/privately.ts";
import { receiveSlack, type Save } from "#channels/slack/receive.ts";
import { receiveBySockets } from "#channels/slack/sockets.ts";
import { createWorkspace } from "#channels/slack/workspace.ts";
import { createLanes } from "#core/lanes.ts";
import { createPatience } from "#core/patience.ts";
import type { Channel, Handle } from "#core/ports.ts";
import type { Route } from "#core/route.ts";
import type { Workspace } from "#core/workspace.ts";
import { createButtons } from "#presses/buttons.ts";

export interface SlackOptions extends Pick<SlackParts, "words" | "defaultLanguage" | "log" | "now" | "languageOf" | "home"> {
  readonly token: string;
  readonly apiUrl?: string | undefined;
  /** Socket Mode, or HTTP at `/slack/events`. */
  readonly by: { readonly appToken: string } | { readonly signingSecret: string };
  /** What buttons are signed with. */
  readonly secrets: { readonly secretKey: string; readonly previousKey?: string | undefined };
  /** Ends receiving. */
  readonly signal: AbortSignal;
  /** Told the workspace by its id before anything is received; what it throws ends the start (all are welcome). */
  readonly admit?: ((workspace: string) => Promise<void>) | undefined;
}

export interface Slack extends Channel {
  /** What HTTP needs of the HTTP server; none with Socket Mode. */
  readonly routes: readonly Route[];
  /** The staff's side of it. */
  readonly workspace: Workspace;
  /** Whether it receives. */
  healthy(): boolean;
}

const FIRST_PAUSE_MS = 500;

/**
 * The bot on Slack. `start` returns once the signal has ended it and everything that was taken is done.
 * @throws BotError from `start`: `slack.token` where a token is wrong, and whatever `admit` throws.
 */
export function createSlack(options: SlackOptions): Slack {
  const { by, log, signal } = options;
  const ungated = createClient(options);
  const admission = Promise.withResolvers<void>();
  const parts: SlackParts = {
    ...options,
    client: options.admit === undefined ? ungated : callingOnce(admission.promise, ungated),
    buttons: createButtons(options.secrets),
    memory: createMemory(),
  };
  const lanes = createLanes(LIMITS.conversationsAtOnce);
  const underWay = new Set<Promise<void>>();
  let self: (Self & { readonly bot: string }) | undefined;
  let events: ReturnType<typeof createBolt> | undefined;
  let open = 0;

  const keep = (work: Promise<void>): void => {
    const kept: Promise<void> = work.catch(() => {}).finally(() => underWay.delete(kept));
    underWay.add(kept);
  };
  // Taken one after another in a conversation, each only until it is saved: what is owed goes out in its own order.
  const saveWith =
    (handle: Handle): Save =>
    (address, incoming) =>
      lanes.run(JSON.stringify(address), () => {
        const { promise, resolve, reject } = Promise.withResolvers<void>();
        keep(handle(address, incoming, resolve).then(() => resolve(), reject));
        return promise;
      });

  return {
    name: CHANNEL,
    looksUp: true,
    routes: "signingSecret" in by ? [createHttpRoute({ ...by, events: () => events, now: options.now })] : [],
    workspace: createWorkspace(parts, () => self),
    healthy: () => ("signingSecret" in by ? events !== undefined : open > 0),

    async start(handle) {
      self = await whoAmI(ungated, log, signal);
      if (self === undefined) return;
      await options.admit?.(self.team);
      admission.resolve();
      const own = self;
      const save = saveWith(handle);
      const take = async (arrival: Arrival) => {
        const taking = receiveSlack(parts, own, save, arrival);
        keep(taking);
        await taking;
      };
      events = createBolt(options.token, options.apiUrl, own, take);
      try {
        log.receiving("signingSecret" in by ? "webhook" : "socket");
        if ("appToken" in by)
          await receiveBySockets({ ...by, apiUrl: options.apiUrl, events, log, signal, open: (now) => (open = now) });
        else if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      } finally {
        events = undefined;
        while (underWay.size > 0) await Promise.all(underWay);
      }
    },

    deliver: (to, reply, delivery) => deliverSlack(parts, to, reply, delivery),
    chatOf: (address) =>
      isDirect(address) && address.thread !== ONLY_YOU ? { is: "own", id: address.chat } : { is: "shared", botOpens: true },
    async ownChat({ person }) {
      const opened = await directChannel(parts, person);
      return typeof opened === "string" ? { channel: CHANNEL, chat: opened, person } : final(opened);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

/** Asks Slack who the bot is until it is answered; `undefined` where the signal came first. */
async function whoAmI(
  client: Client,
  log: SlackParts["log"],
  signal: AbortSignal,
): Promise<(Self & { readonly bot: string }) | undefined> {
  const patience = createPatience(FIRST_PAUSE_MS);
  while (!signal.aborted) {
    const called = await client.call("auth.test", {});
    if (called.ok) {
      const { result } = called;
      return { user: textOf(result, "user_id"), team: textOf(result, "team_id"), bot: textOf(result, "bot_id") };
    }
    if (called.why === "token") throw wrongToken();
    const { waitMs, tell } = patience.failed();
    if (tell) log.callFailed("auth.test", called.code, whatToLookAt(called.code));
    await pause(called.why === "slow-down" ? called.retryAfterMs : waitMs, undefined, { signal }).catch(() => {});
  }
  return undefined;
}
