import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { BotApi } from "./bot-api/server.ts";
import { SECRET_KEY } from "./store.ts";

/** The program as an operator runs it: a process of its own. */
export interface BotProcess extends AsyncDisposable {
  /** Everything it has printed. */
  output(): string;
  /** Events of its log, by name. */
  logged(event: string): readonly Record<string, unknown>[];
  readonly health: string;
  kill(signal: NodeJS.Signals): void;
  /** Stops it where it is, as if time stood still, until it is killed or continued. Gives the ports at which bytes lie that it has not read. */
  freeze(): Promise<ReadonlySet<number>>;
  /** The exit code; `null` where a signal ended it. */
  readonly ended: Promise<number | null>;
}

const STARTS_WITHIN_MS = 60_000;

/** Starts `src/main.ts` against the fake Bot API and waits until it listens. */
export async function startBotProcess(api: BotApi, settings: Readonly<Record<string, string>>): Promise<BotProcess> {
  const child = spawn(process.execPath, ["src/main.ts"], {
    env: {
      PATH: process.env["PATH"],
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      PORT: "0",
      SECRET_KEY,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
  const ended = once(child, "close").then(([code]) => code as number | null);
  const lines = () =>
    output.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Record<string, unknown>] : []));
  const logged = (event: string) => lines().filter((line) => line["event"] === event);
  const kill = (signal: NodeJS.Signals) => void child.kill(signal);

  const until = Date.now() + STARTS_WITHIN_MS;
  while (logged("listening").length === 0) {
    if (child.exitCode !== null || Date.now() > until) {
      kill("SIGKILL");
      throw new Error(`The bot did not start:\n${output}`);
    }
    await pause(20);
  }
  return {
    output: () => output,
    logged,
    health: `http://127.0.0.1:${String(logged("listening")[0]?.["port"])}/health`,
    kill,
    async freeze() {
      kill("SIGSTOP");
      while (!(await readFile(`/proc/${child.pid}/stat`, "utf8")).includes(") T ")) await pause(1);
      return unreadPorts();
    },
    ended,
    async [Symbol.asyncDispose]() {
      kill("SIGKILL");
      await ended;
    },
  };
}

/** Ports of this machine whose sockets hold bytes that nobody has read yet, as Linux tells them. */
async function unreadPorts(): Promise<ReadonlySet<number>> {
  const [, ...sockets] = (await readFile("/proc/net/tcp", "utf8")).trim().split("\n");
  const unread = sockets.flatMap((line) => {
    const [, local = "", , , queues = ""] = line.trim().split(/\s+/);
    const waiting = parseInt(queues.split(":")[1] ?? "0", 16);
    return waiting > 0 ? [parseInt(local.split(":")[1] ?? "0", 16)] : [];
  });
  return new Set(unread);
}
