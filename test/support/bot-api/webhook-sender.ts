import type { Update } from "./shapes.ts";
import type { State } from "./state.ts";

/** How the sender misbehaves, as the real one may: each update several times, and out of order. */
export interface Mischief {
  copies: number;
  reordered: boolean;
  /** Further processes behind the same address: whatever is posted goes to each in turn. */
  readonly alsoTo: string[];
}

export interface WebhookSender extends AsyncDisposable {
  readonly mischief: Mischief;
  /** Status codes in the order they were answered. */
  readonly statuses: number[];
  /** Posts one update now, with the right secret or another; gives the status. */
  post(update: Update, secret?: string): Promise<number>;
}

const RETRY_MS = 100;
const AT_ONCE = 40;
const RANDOM = { seed: 20_261_124 };

/** Posts what is pending to the webhook, and again until it is answered with 2xx. */
export function createWebhookSender(state: State): WebhookSender {
  const mischief: Mischief = { copies: 1, reordered: false, alsoTo: [] };
  const statuses: number[] = [];
  const ended = new AbortController();
  const running = new Set<Promise<void>>();
  let waiting: Update[] = [];
  let posted = 0;

  const post = async (update: Update, secret = state.webhook?.secret): Promise<number> => {
    const headers = {
      "content-type": "application/json",
      ...(secret === undefined ? {} : { "x-telegram-bot-api-secret-token": secret }),
    };
    const body = JSON.stringify(update);
    const targets = [state.webhook?.url ?? "", ...mischief.alsoTo];
    posted += 1;
    const answer = await fetch(targets[posted % targets.length] ?? "", { method: "POST", headers, body, signal: ended.signal });
    await answer.arrayBuffer();
    statuses.push(answer.status);
    return answer.status;
  };

  const sendUntilTaken = async (update: Update): Promise<void> => {
    while (!ended.signal.aborted) {
      const status = await post(update).catch(() => 0);
      if (status >= 200 && status < 300) return;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  };

  const fill = () => {
    if (state.webhook === undefined || ended.signal.aborted) return;
    const fresh = state.pending.splice(0).flatMap((update) => Array.from({ length: mischief.copies }, () => update));
    waiting.push(...fresh);
    if (mischief.reordered) waiting = shuffled(waiting);
    while (running.size < AT_ONCE && waiting.length > 0) {
      const next = waiting.shift();
      if (next === undefined) break;
      const sending = sendUntilTaken(next).finally(() => {
        running.delete(sending);
        fill();
      });
      running.add(sending);
    }
  };
  state.happened.on("update", fill);
  state.happened.on("webhook", fill);

  return {
    mischief,
    statuses,
    post,
    async [Symbol.asyncDispose]() {
      ended.abort();
      await Promise.allSettled(running);
    },
  };
}

/** The same disorder in every run. */
function shuffled<T>(list: readonly T[]): T[] {
  const result = [...list];
  for (let at = result.length - 1; at > 0; at -= 1) {
    RANDOM.seed = (RANDOM.seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = RANDOM.seed % (at + 1);
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}
