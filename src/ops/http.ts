import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { BotError, faultOf } from "#core/errors.ts";
import type { Route } from "#core/route.ts";

export interface HttpServer extends AsyncDisposable {
  readonly port: number;
}

const READ_WITHIN_MS = 10_000;
/** A reverse proxy keeps its connections longer than Node would, and would meet closed ones. */
const KEEP_ALIVE_MS = 75_000;

/**
 * The one HTTP server: health, metrics, webhooks, calendars.
 * @throws BotError `config.invalid` where the port cannot be had.
 */
export async function openHttp(port: number, routes: readonly Route[], failed: (error: unknown) => void): Promise<HttpServer> {
  const server = createServer({ requestTimeout: READ_WITHIN_MS, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    answer(routes, request, response, () => !server.listening).catch((error: unknown) => {
      failed(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  server.listen(port);
  await once(server, "listening").catch((error: unknown) => {
    throw new BotError("config.invalid", `PORT ${port} cannot be opened (${faultOf(error).code}): choose another one.`);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeIdleConnections();
      const impatient = setTimeout(() => server.closeAllConnections(), READ_WITHIN_MS);
      await closed;
      clearTimeout(impatient);
    },
  };
}

/** The route that says whether the bot works, in one word and nothing more. */
export function healthRoute(checks: readonly (() => boolean | Promise<boolean>)[]): Route {
  return {
    method: "GET",
    path: "/health",
    async respond() {
      const results = await Promise.all(checks.map(async (check) => check()).map((result) => result.catch(() => false)));
      const healthy = results.every(Boolean);
      return { status: healthy ? 200 : 503, json: { status: healthy ? "ok" : "unavailable" } };
    },
  };
}

async function answer(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
  isClosing: () => boolean,
): Promise<void> {
  const [path = ""] = (request.url ?? "").split("?");
  const here = routes.filter((each) => each.path === path || (each.under === true && path.startsWith(each.path)));
  const asked = request.method === "HEAD" ? "GET" : request.method;
  const route = here.find(({ method }) => method === asked);
  if (route === undefined) {
    response.writeHead(here.length === 0 ? 404 : 405).end();
    return;
  }
  const {
    status,
    json,
    text,
    type = "application/json",
    headers = {},
  } = await route.respond({
    rest: path.slice(route.path.length),
    header: (name) => {
      const value = request.headers[name];
      return typeof value === "string" ? value : undefined;
    },
    body: (mostBytes) => readBody(request, mostBytes),
  });
  // A body that nobody read would be taken for the next request of the connection. While the server closes there shall be no next one.
  if (!request.complete || isClosing()) response.setHeader("connection", "close");
  const content = text ?? (json === undefined ? undefined : JSON.stringify(json));
  if (content !== undefined) {
    response.setHeader("content-type", type);
    response.setHeader("content-length", Buffer.byteLength(content));
  }
  response.writeHead(status, headers).end(request.method === "HEAD" ? undefined : content);
}

async function readBody(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  // Left open where reading ends early: the refusal still has to go back the same way.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > mostBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
