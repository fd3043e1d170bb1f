import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { WebSocket, WebSocketServer } from "ws";
import { APP, type State } from "./state.ts";

const MOST_CONNECTIONS = 10;

export interface Envelope {
  readonly envelope_id: string;
  readonly type: string;
  readonly payload: unknown;
  readonly [more: string]: unknown;
}

/** Socket Mode: connections by ticket, a hello, envelopes that are acknowledged by their id. */
export interface Sockets {
  /** How many are connected. */
  open(): number;
  /** Sends an envelope over the next connection; `undefined` where it was not acknowledged in time or the connection ended. */
  send(envelope: Envelope, withinMs: number): Promise<{ status: number; answer: unknown } | undefined>;
  /** Asks every connection, or the oldest alone, to connect anew, as Slack does every few hours. */
  refresh(which: "all" | "oldest"): void;
  /** Cuts every connection without a word. */
  cut(): void;
  /** What is neither JSON nor an envelope, for those who read it. */
  garble(text: string): void;
  close(): void;
}

export function createSockets(server: Server, state: State): Sockets {
  const sockets = new WebSocketServer({ noServer: true });
  const connections: WebSocket[] = [];
  const waiting = new Map<string, (answer: unknown) => void>();
  let turn = 0;

  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const ticket = new URL(request.url ?? "", "http://localhost").searchParams.get("ticket") ?? "";
    // A ticket lets in once.
    if (!state.tickets.delete(ticket) || connections.length >= MOST_CONNECTIONS) return void socket.destroy();
    sockets.handleUpgrade(request, socket, head, (connection) => {
      connection.setMaxListeners(0);
      connections.push(connection);
      connection.on("message", (data) => acknowledge((data as Buffer).toString("utf8")));
      connection.on("error", () => {});
      connection.on("close", () => {
        connections.splice(connections.indexOf(connection), 1);
        state.happened.emit("closed");
      });
      connection.send(JSON.stringify({ type: "hello", num_connections: connections.length, connection_info: { app_id: APP } }));
      state.happened.emit("connected");
    });
  });

  const acknowledge = (data: string) => {
    const { envelope_id, payload } = JSON.parse(data) as { envelope_id?: string; payload?: unknown };
    waiting.get(envelope_id ?? "")?.(payload);
  };

  return {
    open: () => connections.length,
    async send(envelope, withinMs) {
      turn += 1;
      const connection = connections[turn % connections.length];
      if (connection === undefined) return undefined;
      const over = new AbortController();
      const ended = once(connection, "close", { signal: over.signal }).then(() => undefined);
      const late = pause(withinMs, undefined, { signal: over.signal });
      const answered = new Promise<{ status: number; answer: unknown }>((resolve) => {
        waiting.set(envelope.envelope_id, (answer) => resolve({ status: 200, answer }));
      });
      connection.send(JSON.stringify(envelope));
      try {
        return await Promise.race([answered, ended, late]);
      } finally {
        waiting.delete(envelope.envelope_id);
        over.abort();
        await Promise.allSettled([ended, late]);
      }
    },
    refresh(which) {
      const asked = which === "all" ? [...connections] : connections.slice(0, 1);
      for (const each of asked) each.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested" }));
    },
    cut: () => connections.forEach((each) => each.terminate()),
    garble: (text) => connections.forEach((each) => each.send(text)),
    close() {
      for (const each of connections) each.terminate();
      sockets.close();
    },
  };
}
