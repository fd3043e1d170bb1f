import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { Sockets } from "./sockets.ts";
import type { State } from "./state.ts";

export type Kind = "events_api" | "slash_commands" | "interactive";
export type Body = Readonly<Record<string, unknown>>;

export interface Attempt {
  readonly at: number;
  readonly by: "http" | "socket";
  readonly retry: number;
  /** What was answered: a status over HTTP, 200 for an acknowledged envelope; absent where nothing was. */
  status?: number;
  afterMs?: number;
}

/** Something Slack has to tell the app, until it is acknowledged or given up. */
export interface Delivery {
  readonly kind: Kind;
  readonly body: Body;
  readonly attempts: Attempt[];
  /** What the acknowledgement carried. */
  answer?: unknown;
  acknowledged: boolean;
  readonly done: Promise<void>;
}

export interface Mischief {
  /** How often everything is sent, acknowledged or not. */
  copies: number;
  /** Seconds by which the signed time differs from now. */
  clock: number;
  /** Signs with a secret of somebody else. */
  forged: boolean;
  /** Sends what came in between in another order. */
  reordered: boolean;
}

export interface Deliveries extends AsyncDisposable {
  readonly all: readonly Delivery[];
  readonly mischief: Mischief;
  /** Absent: only Socket Mode. */
  requestUrl: string | undefined;
  /** How long an acknowledgement may take, and when events are sent again (Slack: 3 s; at once, after 1 and 5 minutes). */
  ackWithinMs: number;
  retryAfterMs: readonly number[];
  send(kind: Kind, body: Body): Delivery;
  /** Once more, as somebody would who listened: the same request, byte for byte. */
  replay(delivery: Delivery): Promise<Attempt>;
  /** Sends a request of this form, signed. */
  post(kind: Kind, body: Body, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

interface Signed {
  readonly text: string;
  readonly headers: Record<string, string>;
}

export function createDeliveries(state: State, signingSecret: string, sockets: Sockets): Deliveries {
  const all: Delivery[] = [];
  const held: (() => void)[] = [];
  const gone = new AbortController();
  const mischief: Mischief = { copies: 1, clock: 0, forged: false, reordered: false };
  const sent = new WeakMap<Delivery, Signed>();

  const sign = (kind: Kind, body: Body, more: Readonly<Record<string, string>>): Signed => {
    const text = encode(kind, body);
    const time = String(Math.floor(Date.now() / 1000) + mischief.clock);
    const secret = mischief.forged ? "somebody else's" : signingSecret;
    const signature = `v0=${createHmac("sha256", secret).update(`v0:${time}:${text}`).digest("hex")}`;
    const type = kind === "events_api" ? "application/json" : "application/x-www-form-urlencoded";
    const headers = { "content-type": type, "x-slack-request-timestamp": time, "x-slack-signature": signature, ...more };
    return { text, headers };
  };
  const request = ({ text, headers }: Signed) =>
    fetch(deliveries.requestUrl ?? "", {
      method: "POST",
      body: text,
      headers,
      signal: AbortSignal.any([gone.signal, AbortSignal.timeout(deliveries.ackWithinMs)]),
    });

  const byHttp = async (delivery: Delivery, retry: number): Promise<{ status: number; answer: unknown } | undefined> => {
    const again: Record<string, string> =
      retry === 0 ? {} : { "x-slack-retry-num": String(retry), "x-slack-retry-reason": "http_error" };
    const signed = sign(delivery.kind, delivery.body, again);
    sent.set(delivery, signed);
    try {
      const response = await request(signed);
      return { status: response.status, answer: parse(await response.text()) };
    } catch {
      return undefined;
    }
  };
  const bySocket = (delivery: Delivery, retry: number) =>
    sockets.send(
      {
        envelope_id: randomUUID(),
        type: delivery.kind,
        payload: delivery.body,
        accepts_response_payload: delivery.kind !== "events_api",
        ...(delivery.kind === "events_api" ? { retry_attempt: retry, retry_reason: retry === 0 ? "" : "timeout" } : {}),
      },
      deliveries.ackWithinMs,
    );

  const attempt = async (delivery: Delivery, retry: number): Promise<boolean> => {
    const by = deliveries.requestUrl === undefined ? "socket" : "http";
    const one: Attempt = { at: Date.now(), by, retry };
    delivery.attempts.push(one);
    const outcome = by === "http" ? await byHttp(delivery, retry) : await bySocket(delivery, retry);
    if (outcome === undefined) return false;
    one.status = outcome.status;
    one.afterMs = Date.now() - one.at;
    if (outcome.status !== 200) return false;
    delivery.answer ??= outcome.answer;
    delivery.acknowledged = true;
    state.happened.emit("delivery");
    return true;
  };

  const run = async (delivery: Delivery): Promise<void> => {
    // Events wait for somebody to listen; whoever presses a button meanwhile is told that the app does not answer.
    while (delivery.kind === "events_api" && deliveries.requestUrl === undefined && sockets.open() === 0 && !gone.signal.aborted)
      await Promise.race([once(state.happened, "connected"), pause(20)]);
    for (let copy = 1; copy < mischief.copies; copy += 1) await attempt(delivery, 0);
    for (let retry = 0; !gone.signal.aborted && !(await attempt(delivery, retry)); retry += 1) {
      const wait = deliveries.retryAfterMs[retry];
      if (delivery.kind !== "events_api" || wait === undefined) break;
      await pause(wait, undefined, { signal: gone.signal }).catch(() => {});
    }
    state.happened.emit("delivery");
  };

  const deliveries: Deliveries = {
    all,
    mischief,
    requestUrl: undefined,
    ackWithinMs: 3000,
    retryAfterMs: [50, 500, 2000],
    send(kind, body) {
      let start = () => {};
      const started = new Promise<void>((resolve) => (start = resolve));
      const delivery: Delivery = { kind, body, attempts: [], acknowledged: false, done: started.then(() => run(delivery)) };
      all.push(delivery);
      if (!mischief.reordered) {
        start();
        return delivery;
      }
      held.unshift(start);
      // Whatever is sent in the same moment arrives backwards.
      setTimeout(() => {
        for (const next of held.splice(0)) next();
      }, 20);
      return delivery;
    },
    async replay(delivery) {
      const signed = sent.get(delivery);
      const one: Attempt = { at: Date.now(), by: signed === undefined ? "socket" : "http", retry: 0 };
      if (signed !== undefined) one.status = (await request(signed)).status;
      else if (await bySocket(delivery, 0)) one.status = 200;
      return one;
    },
    post: (kind, body, headers = {}) => request(sign(kind, body, headers)),
    async [Symbol.asyncDispose]() {
      gone.abort();
      await Promise.allSettled(all.map(({ done }) => done));
    },
  };
  return deliveries;
}

/** As it travels over HTTP: events as JSON, commands as a form, everything pressed as JSON in a form. */
function encode(kind: Kind, body: Body): string {
  if (kind === "events_api") return JSON.stringify(body);
  if (kind === "interactive") return new URLSearchParams({ payload: JSON.stringify(body) }).toString();
  return new URLSearchParams(body as Record<string, string>).toString();
}

function parse(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
