import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { readBody } from "./body.ts";
import { createFaults, type Faults, type Trouble } from "./faults.ts";
import { METHODS, notFound, type Payload } from "./methods.ts";
import { createPeople, type People } from "./people.ts";
import { Refusal, type Call, type Message } from "./shapes.ts";
import { createState, takePlace, type State } from "./state.ts";
import { createPoller, setWebhook, webhookInfo } from "./updates.ts";
import { createWebhookSender, type WebhookSender } from "./webhook-sender.ts";

/** A Bot API on this machine: strict where Telegram is strict, and troubled where a test asks for it. */
export interface BotApi extends AsyncDisposable, People {
  /** For `apiRoot`. */
  readonly root: string;
  readonly token: string;
  readonly state: State;
  readonly faults: Faults;
  readonly webhook: WebhookSender;
  /** Every call in the order it arrived. */
  readonly calls: readonly Call[];
  callsOf(method: string): readonly Call[];
  /** What the bot wrote in a chat and has not deleted. */
  shown(chat: number): readonly Message[];
  /** Waits until this is so. */
  until(what: () => boolean, withinMs?: number): Promise<void>;
}

const TOKEN = "700000001:AAF-bu_bir_sinama_belirtecidir_0123456";

export async function startBotApi({ token = TOKEN, port = 0 } = {}): Promise<BotApi> {
  const state = createState({ id: Number(token.split(":")[0]), is_bot: true, first_name: "İmece", username: "imece_sinama_bot" });
  const faults = createFaults();
  const poller = createPoller(state);
  const calls: Call[] = [];

  const perform = async (method: string, payload: Payload, gone: AbortSignal): Promise<unknown> => {
    if (method === "getUpdates") return poller.getUpdates(payload, gone);
    if (method === "setWebhook") return setWebhook(state, payload);
    if (method === "deleteWebhook") return setWebhook(state, {});
    if (method === "getWebhookInfo") return webhookInfo(state);
    const known = METHODS[method];
    if (known === undefined) throw notFound();
    if (method === "sendMessage") takePlace(state, payload["allow_paid_broadcast"] === true);
    return known(state, payload);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    const [, given = "", method = ""] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? "") ?? [];
    const payload = await readBody(request);
    const call: Call = { method, payload, at: Date.now(), port: request.socket.remotePort ?? 0, accepted: false };
    calls.push(call);
    const trouble = faults.take(method, payload["chat_id"]);
    if (trouble?.kind === "reset-before") return void request.socket.destroy();
    if (trouble?.kind === "slow") await pause(trouble.beforeMs);
    const outcome = await outcomeOf(async () => {
      if (given !== token) throw new Refusal(401, "Unauthorized");
      refuseFor(trouble);
      const result = await perform(method, payload, gone.signal);
      call.accepted = true;
      return result;
    });
    if (call.accepted) state.happened.emit("call");
    if (trouble?.kind === "slow") await pause(trouble.afterMs);
    if (trouble?.kind === "reset-after") return void request.socket.destroy();
    if (trouble?.kind === "hang-after") return;
    call.status = trouble?.kind === "html-502" ? 502 : outcome.status;
    response.statusCode = call.status;
    response.setHeader("content-type", "application/json");
    response.once("finish", () => (call.flushed = true));
    response.end(bodyFor(trouble) ?? JSON.stringify(outcome.body));
    state.happened.emit("call");
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const webhook = createWebhookSender(state);

  return {
    ...createPeople(state),
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    state,
    faults,
    webhook,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    shown: (chat) => (state.messages.get(chat) ?? []).filter((message) => message.from?.id === state.bot.id),
    async until(what, withinMs = 10_000) {
      const end = Date.now() + withinMs;
      while (!what()) {
        if (Date.now() > end) throw new Error(`This did not happen within ${withinMs} ms: ${what.toString()}`);
        await Promise.race([once(state.happened, "call"), pause(20)]);
      }
    },
    async [Symbol.asyncDispose]() {
      await webhook[Symbol.asyncDispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}

function refuseFor(trouble: Trouble | undefined): void {
  if (trouble?.kind === "refuse") throw new Refusal(trouble.code, trouble.description, trouble.parameters);
  if (trouble?.kind === "html-502") throw new Refusal(502, "Bad Gateway");
}

function bodyFor(trouble: Trouble | undefined): string | undefined {
  if (trouble?.kind === "html-502") return "<html><h1>502 Bad Gateway</h1></html>";
  return trouble?.kind === "bad-json-after" ? '{"ok":true,"resu' : undefined;
}

async function outcomeOf(work: () => Promise<unknown>): Promise<{ status: number; body: object }> {
  try {
    return { status: 200, body: { ok: true, result: await work() } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, parameters } = error;
    return { status: code, body: { ok: false, error_code: code, description: message, ...(parameters && { parameters }) } };
  }
}
