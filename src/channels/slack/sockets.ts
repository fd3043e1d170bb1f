import { setTimeout as pause } from "node:timers/promises";
import { createConnection } from "#channels/slack/bolt.ts";
import { whatToLookAt, wrongAppToken } from "#channels/slack/ends.ts";
import { faultOfCall } from "#channels/slack/fault.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import type { SlackLog } from "#channels/slack/parts.ts";
import { createPatience, type Patience } from "#core/patience.ts";

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
const HELLO_WITHIN_MS = 15_000;

/**
 * Receives over connections that open anew whenever they end: Slack refreshes each every few hours, and while one is away another
 * receives.
 * @throws BotError `slack.token` where the app token is not accepted.
 */
export async function receiveBySockets(parts: SocketParts): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([parts.signal, over.signal]);
  // What one of them tells need not be told by the other as well.
  const together = createPatience(FIRST_PAUSE_MS);
  let open = 0;
  const count = (change: 1 | -1) => {
    open += change;
    parts.open(open);
  };
  const kept = Array.from({ length: LIMITS.connections }, () => keepOpen({ ...parts, signal }, count, together));
  try {
    await Promise.all(kept);
  } finally {
    over.abort();
    await Promise.allSettled(kept);
  }
}

async function keepOpen(
  { appToken, apiUrl, events, log, signal }: SocketParts,
  count: (change: 1 | -1) => void,
  together: Patience,
): Promise<void> {
  const own = createPatience(FIRST_PAUSE_MS);
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
      own.answered();
      together.answered();
      count(1);
      if (signal.aborted) end();
      await ended;
      count(-1);
    } catch (error) {
      const fault = faultOfCall(error);
      if (fault.why === "token") throw wrongAppToken();
      const { waitMs } = own.failed();
      if (!signal.aborted && together.failed().tell)
        log.callFailed("apps.connections.open", fault.code, whatToLookAt(fault.code));
      await pause(fault.why === "slow-down" ? fault.retryAfterMs : waitMs, undefined, { signal }).catch(() => {});
    } finally {
      clearTimeout(late);
      signal.removeEventListener("abort", end);
      // A start that was given up may have come about meanwhile.
      end();
    }
  }
}
