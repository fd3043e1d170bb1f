import { App, AuthorizationError, SocketModeReceiver, type AckFn, type Receiver } from "@slack/bolt";
import { clientOptions, SILENT } from "#channels/slack/client.ts";
import type { Self } from "#channels/slack/parse.ts";

/** Answers what Slack sent, once: with nothing, with what is to be shown, or with what is wrong with a form. */
export type Acknowledge = (answer?: object) => Promise<void>;

/** Something Slack has to tell, as it came and whatever it came by. */
export interface Arrival {
  readonly body: Readonly<Record<string, unknown>>;
  /** How often it was sent before. */
  readonly retry: number;
  readonly acknowledge: Acknowledge;
}

/** Takes an arrival; acknowledged at the latest when this returns, and not at all where it throws. */
export type Take = (arrival: Arrival) => Promise<void>;

type ReceiverEvent = Parameters<App["processEvent"]>[0];
interface Events {
  processEvent(event: ReceiverEvent): Promise<void>;
}

/**
 * Bolt between a receiver and what takes arrivals. Bolt acknowledges an event before its listener has run, so that a crash in between
 * loses it; here the acknowledgement is in the hands of whoever takes it. Bolt leaves out what the bot itself did, and the payloads of
 * other workspaces.
 */
export function createBolt(token: string, apiUrl: string | undefined, self: Self & { readonly bot: string }, take: Take): Events {
  let bolt: Events | undefined;
  const receiver: Receiver = { init: (app) => void (bolt = app), start: async () => {}, stop: async () => {} };
  const app = new App({
    receiver,
    logger: SILENT,
    clientOptions: clientOptions(apiUrl),
    authorize: async ({ teamId }) => {
      if (teamId !== self.team) throw new Error("of another workspace");
      return { botToken: token, botId: self.bot, botUserId: self.user, teamId: self.team };
    },
    convoStore: false,
  });
  app.use(async ({ body, context }) => {
    const { acknowledge } = context as unknown as { acknowledge: Acknowledge };
    await take({ body: { ...body }, retry: context.retryNum ?? 0, acknowledge });
  });
  app.error(async (error) => {
    // What another workspace sends is not ours to take, and would not be the next time.
    if (!(error instanceof AuthorizationError)) throw error;
  });

  return {
    async processEvent(event) {
      let acknowledged = false;
      const acknowledge: Acknowledge = async (answer) => {
        if (acknowledged) return;
        acknowledged = true;
        await (event.ack as AckFn<object>)(answer);
      };
      const early = async () => {};
      await bolt?.processEvent({ ...event, ack: early, customProperties: { acknowledge } });
      await acknowledge();
    },
  };
}

/** One connection of Socket Mode. It does not reconnect by itself: Bolt's client ends the process where that fails. */
export function createConnection(appToken: string, apiUrl: string | undefined, events: Events): SocketModeReceiver {
  const connection = new SocketModeReceiver({
    appToken,
    logger: SILENT,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl) },
    // What was not taken is not acknowledged, and comes again.
    processEventErrorHandler: async () => false,
  });
  connection.init(events as App);
  return connection;
}
