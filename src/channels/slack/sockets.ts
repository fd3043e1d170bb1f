import { setTimeout as pause } from "node:timers/promises";
import { createConnection } from "#channels/slack/bolt.ts";
import { wrongAppToken } from "#channels/slack/ends.ts";
import { faultOfCall } from "#channels/slack/fault.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import type { SlackLog } from "#channels/slack/parts.ts";

type Events = Parameters<typeof createConnection>[2];

export interface SocketParts {
  readonly appToken: string;
  readonly apiUrl?: string | undefined;
  readonly events: Events;
  readonly log: SlackLog;
  readonly signal: AbortSignal;
  /** Told how many connections receive. */
  readonly open: (count: number) => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const HELLO_WITHIN_MS = 15_000;

/**
 * Receives over connections that open anew whenever they end: Slack refreshes each every few hours, and while one is away another
 * receives.
 * @throws BotError `slack.token` where the app token is not accepted.
 */
export async function receiveBySockets(parts: SocketParts): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([parts.signal, over.signal]);
  let open = 0;
  const count = (change: 1 | -1) => {
    open += change;
    parts.open(open);
  };
  const kept = Array.from({ length: LIMITS.connections }, () => keepOpen({ ...parts, signal }, count));
  try {
    await Promise.all(kept);
  } finally {
    over.abort();
    await Promise.allSettled(kept);
  }
}

async function keepOpen({ appToken, apiUrl, events, log, signal }: SocketParts, count: (change: 1 | -1) => void): Promise<void> {
  let wait = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const connection = createConnection(appToken, apiUrl, events);
    const { client } = connection;
    const ended = new Promise<void>((resolve) => client.once("disconnected", () => resolve()));
    const end = () => void client.disconnect();
    signal.addEventListener("abort", end, { once: true });
    const late = setTimeout(end, HELLO_WITHIN_MS);
    try {
      await connection.start();
      clearTimeout(late);
      wait = FIRST_PAUSE_MS;
      count(1);
      if (signal.aborted) end();
      await ended;
      count(-1);
    } catch (error) {
      const fault = faultOfCall(error);
      if (fault.why === "token") throw wrongAppToken();
      if (!signal.aborted) log.callFailed("apps.connections.open", fault.code);
      await pause(fault.why === "slow-down" ? fault.retryAfterMs : wait, undefined, { signal }).catch(() => {});
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
    } finally {
      clearTimeout(late);
      signal.removeEventListener("abort", end);
      // A start that was given up may have come about meanwhile.
      end();
    }
  }
}
