import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { createDeliveries, type Deliveries } from "./deliveries.ts";
import { createFaults, type Faults, type Trouble } from "./faults.ts";
import { METHODS, type Payload } from "./methods.ts";
import { createPeople, type People } from "./people.ts";
import { respond } from "./response-urls.ts";
import { Refusal, type Call, type Message } from "./shapes.ts";
import { createSockets, type Sockets } from "./sockets.ts";
import { BOT_USER, createState, type State } from "./state.ts";

/** A Slack on this machine: strict where Slack is strict, and troubled where a test asks for it. */
export interface Slack extends AsyncDisposable, People {
  /** For `slackApiUrl`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** What is written to speak to the bot in a channel. */
  readonly mention: string;
  readonly state: State;
  readonly faults: Faults;
  readonly deliveries: Deliveries;
  readonly sockets: Sockets;
  /** Every call in the order it arrived; `response_url` and `upload` stand for those addresses. */
  readonly calls: readonly Call[];
  callsOf(method: string): readonly Call[];
  /** What the bot wrote in a channel for all to see, in a thread or outside of any. */
  shown(channel: string, thread?: string): readonly Message[];
  /** What the bot showed to one person alone. */
  shownOnlyTo(user: string): readonly Message[];
  /** Waits until this is so. */
  until(what: () => boolean, withinMs?: number): Promise<void>;
}

/** What the bot asks for in its manifest, and what tests take away. */
export const SCOPES = [
  "app_mentions:read",
  "channels:history",
  "channels:read",
  "chat:write",
  "commands",
  "files:write",
  "groups:history",
  "mpim:history",
  "groups:read",
  "im:history",
  "im:write",
  "usergroups:read",
  "users:read",
] as const;

export async function startSlack({ port = 0, scopes = SCOPES } = {}): Promise<Slack> {
  // Put together, so that no scanner takes them for somebody's.
  const botToken = ["xoxb", "1234567890", "sinamaBelirteciBot0123456789"].join("-");
  const appToken = ["xapp", "1", "A0IMECE01", "1234567890", "sinamabelirteciuygulama0123"].join("-");
  const signingSecret = "8f742231b10e8888abcd99yyyzzz85a5".replace(/[yz]/g, "0");
  const state = createState(scopes);
  const faults = createFaults();
  const calls: Call[] = [];
  let root = "";

  const perform = (method: string, payload: Payload, token: string): object => {
    if (method === "apps.connections.open") {
      if (token !== appToken) throw new Refusal(token.startsWith("xoxb") ? "not_allowed_token_type" : "invalid_auth");
      const ticket = randomUUID();
      state.tickets.add(ticket);
      return { url: `${root.replace("http", "ws")}/link/?ticket=${ticket}` };
    }
    if (token !== botToken) throw new Refusal(token === "" ? "not_authed" : "invalid_auth");
    const known = METHODS[method];
    if (known === undefined) throw new Refusal("unknown_method", { req_method: method });
    const missing = known.scopes?.(state, payload).find((scope) => !state.scopes.includes(scope));
    if (missing !== undefined) throw new Refusal("missing_scope", { needed: missing, provided: state.scopes.join(",") });
    const result = known.run(state, payload);
    return "upload_url" in result
      ? { ...result, upload_url: `${root}/${String(result.upload_url).replace("UPLOAD", "upload")}` }
      : result;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, area = "", name = ""] = /^\/(api|response|upload)\/([\w.-]+)/.exec(request.url ?? "") ?? [];
    const text = await read(request);
    const method = area === "api" ? name : area === "response" ? "response_url" : area;
    const payload = area === "upload" ? { file: name, content: text } : readPayload(request, text);
    const call: Call = { method, payload, at: Date.now(), accepted: false };
    calls.push(call);
    const place = payload["channel"] ?? payload["channel_id"] ?? state.responses.get(name)?.channel;
    const trouble = faults.take(method, place, payload);
    if (trouble?.kind === "reset-before") return void request.socket.destroy();
    if (trouble?.kind === "slow") await pause(trouble.beforeMs);
    const outcome = outcomeOf(trouble, () => {
      if (area === "response") return respond(state, name, payload);
      if (area === "upload") return upload(state, name, text);
      return perform(method, payload, (request.headers.authorization ?? "").replace(/^Bearer /, ""));
    });
    call.accepted = outcome.accepted;
    if (typeof outcome.body["error"] === "string") call.error = outcome.body["error"];
    if (call.accepted) state.happened.emit("call");
    if (trouble?.kind === "slow") await pause(trouble.afterMs);
    if (trouble?.kind === "reset-after") return void request.socket.destroy();
    if (trouble?.kind === "hang-after") return;
    call.status = outcome.status;
    call.answeredAt = Date.now();
    for (const [header, value] of Object.entries(outcome.headers)) response.setHeader(header, value);
    response.setHeader("x-oauth-scopes", state.scopes.join(","));
    const type = trouble?.kind === "html-502" ? "text/html" : area === "api" ? "application/json" : "text/plain";
    response.writeHead(outcome.status, { "content-type": type });
    if (trouble?.kind === "html-502") response.end("<html><body>502 Bad Gateway</body></html>");
    else
      response.end(
        trouble?.kind === "bad-json-after" ? '{"ok":true,"ts":' : area === "api" ? JSON.stringify(outcome.body) : "ok",
      );
    state.happened.emit("call");
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  const sockets = createSockets(server, state);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const deliveries = createDeliveries(state, signingSecret, sockets);
  const mine = ({ user }: Message) => user === BOT_USER;

  return {
    ...createPeople(state, deliveries, () => root),
    apiUrl: `${root}/api/`,
    botToken,
    appToken,
    signingSecret,
    mention: `<@${BOT_USER}>`,
    state,
    faults,
    deliveries,
    sockets,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    shown: (channel, thread) => (state.messages.get(channel) ?? []).filter((each) => mine(each) && each.thread_ts === thread),
    shownOnlyTo: (user) => state.ephemeral.filter((each) => each.only === user),
    async until(what, withinMs = 10_000) {
      const end = Date.now() + withinMs;
      while (!what()) {
        if (Date.now() > end) throw new Error(`This did not happen within ${withinMs} ms: ${what.toString()}`);
        await Promise.race([once(state.happened, "call"), once(state.happened, "delivery"), pause(20)]);
      }
    },
    async [Symbol.asyncDispose]() {
      sockets.close();
      await deliveries[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}

interface Outcome {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Readonly<Record<string, string>>;
  readonly accepted: boolean;
}

function outcomeOf(trouble: Trouble | undefined, work: () => object): Outcome {
  const refused = (status: number, error: string, headers: Readonly<Record<string, string>> = {}) => ({
    status,
    body: { ok: false, error },
    headers,
    accepted: false,
  });
  if (trouble?.kind === "too-many") {
    const { retryAfterSeconds } = trouble;
    return refused(429, "ratelimited", retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) });
  }
  if (trouble?.kind === "status") return refused(trouble.status, "internal_error");
  if (trouble?.kind === "html-502") return refused(502, "bad_gateway");
  try {
    if (trouble?.kind === "refuse") throw new Refusal(trouble.error, trouble.more);
    const body = { ok: true, ...work() };
    return { status: trouble?.kind === "status-after" ? trouble.status : 200, body, headers: {}, accepted: true };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const status = error.message === "used_url" || error.message === "expired_url" ? 404 : 200;
    return { ...refused(status, error.message), body: { ok: false, error: error.message, ...error.more } };
  }
}

function upload(state: State, id: string, content: string): object {
  const file = state.uploads.get(id);
  if (file === undefined) throw new Refusal("expired_url");
  file.content = content;
  return {};
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/")) return bytes.toString("utf8");
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  for (const [, value] of form) if (typeof value !== "string") return value.text();
  return "";
}

/** What a call carries: a form whose values may be JSON, or JSON itself. */
function readPayload(request: IncomingMessage, text: string): Payload {
  if (request.headers["content-type"]?.startsWith("application/json")) return JSON.parse(text) as Payload;
  return Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, plain(name, value)]));
}

const WORDS = new Set(["text", "initial_comment", "filename"]);

function plain(name: string, value: string): unknown {
  if (WORDS.has(name) || !/^[[{]|^(?:true|false)$/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
