import { fork, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createRandom } from "#commands/fit/random.ts";
import type { LedgerCounts } from "#core/ledger.ts";
import type { Store } from "#core/ports.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { openRedisStore } from "#store/redis/open.ts";
import type { Report, Told, Wish } from "../bench/bot-api-process.ts";
import { startRedisServer } from "./redis-server.ts";
import { SECRET_KEY } from "./store.ts";

const RUN = "crashing";
const ENDS_WITHIN_MS = 180_000;

export interface Crashes {
  readonly store: "redis" | "embedded";
  readonly recipients: number;
  readonly rate: number;
  readonly seed: number;
  readonly workers: number;
  readonly blocked: number;
  readonly lostReplies: number;
  /** Times that a worker is killed, that Redis is, that a worker is stopped past its lease, and that ten calls are refused. */
  readonly kills: number;
  readonly redisKills: number;
  readonly freezes: number;
  readonly bursts: number;
  readonly leaseMs: number;
}

export interface Crashed {
  readonly counts: LedgerCounts;
  /** Chats that got it more than once. */
  readonly duplicates: number;
  /** Recipients who neither got it nor are told of rightly: not sent and not failed with their reason, or sent to nobody. */
  readonly losses: number;
  /** Of the uncertain. */
  readonly arrived: number;
  /** Uncertain that no call was ever made for: armed, and killed before the request left. */
  readonly neverAsked: number;
  readonly refused: number;
  readonly seconds: number;
}

/** The fake Bot API in a process of its own. */
export async function startBotApiProcess(wish: Wish) {
  const child = fork(path.resolve(import.meta.dirname, "../bench/bot-api-process.ts"), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const tell = (told: Told) => void child.send(told);
  const ask = async <T>(told: Told): Promise<T> => {
    const answered = once(child, "message");
    tell(told);
    const [answer] = (await answered) as [T];
    return answer;
  };
  const { root, token, chats } = await ask<{ root: string; token: string; chats: number[] }>({ do: "begin", wish });
  return {
    settings: { API: root, TOKEN: token, CHATS: `${chats[0]},${chats.length}` },
    root,
    token,
    refuse: (times: number) => tell({ do: "refuse", times }),
    count: () => ask<number>({ do: "count" }),
    report: () => ask<Report>({ do: "report" }),
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await once(child, "exit");
    },
  };
}

export function startWorker(settings: Readonly<Record<string, string>>): ChildProcess {
  const program = path.resolve(import.meta.dirname, "../bench/bulk-worker.ts");
  return spawn(process.execPath, [program], {
    env: { PATH: process.env["PATH"], ...settings },
    stdio: ["ignore", "ignore", "ignore"],
  });
}

/** Lets a run be delivered while everything around it dies, and counts who got it. */
export async function crash(asked: Crashes): Promise<Crashed> {
  const random = createRandom(asked.seed);
  const { recipients, blocked, lostReplies, seed, rate, leaseMs } = asked;
  await using api = await startBotApiProcess({ people: recipients, blocked, lostReplies, seed });
  const redis = asked.store === "redis" ? await startRedisServer({ keeps: true }) : undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "imece-crash-"));
  const place: Record<string, string> = redis === undefined ? { FOLDER: folder } : { REDIS: redis.url };
  const settings = { ...api.settings, ...place, RUN, RATE: String(rate), LEASE: String(leaseMs) };
  const began = performance.now();

  // A worker that ends otherwise than by ending the run is started again, as its keeper would.
  let over = false;
  let done = 0;
  const workers: ChildProcess[] = [];
  const start = (at: number): void => {
    const worker = startWorker(settings);
    workers[at] = worker;
    worker.once("exit", (code) => {
      if (code === 0) done += 1;
      else if (!over) setTimeout(() => !over && start(at), 50);
    });
  };
  for (let at = 0; at < asked.workers; at += 1) start(at);
  const anyWorker = () => workers[Math.floor(random() * workers.length)];

  const trouble: Record<string, () => Promise<void>> = {
    kill: async () => void anyWorker()?.kill("SIGKILL"),
    async redis() {
      await redis?.kill();
      await pause(100 + random() * 300);
      await redis?.restart();
    },
    async freeze() {
      const worker = anyWorker();
      worker?.kill("SIGSTOP");
      // Beside the others: they go on, and so do the other troubles.
      setTimeout(() => worker?.kill("SIGCONT"), leaseMs + 1500);
    },
    burst: async () => api.refuse(10),
  };
  const troubles = [
    ...Array.from({ length: asked.kills }, () => "kill"),
    ...Array.from({ length: asked.redisKills }, () => "redis"),
    ...Array.from({ length: asked.freezes }, () => "freeze"),
    ...Array.from({ length: asked.bursts }, () => "burst"),
  ]
    .map((name) => ({ name, at: random() }))
    .toSorted((a, b) => a.at - b.at);
  try {
    const end = Date.now() + ENDS_WITHIN_MS;
    for (const { name, at } of troubles) {
      while ((await api.count()) < at * recipients * 0.95 && Date.now() < end) await pause(10);
      await trouble[name]?.();
    }
    while (done < asked.workers && Date.now() < end) await pause(50);
    over = true;
    const seconds = (performance.now() - began) / 1000;
    const exits = workers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    await Promise.all(exits.map((worker) => (worker.kill("SIGKILL"), once(worker, "exit"))));
    const options = { secretKey: SECRET_KEY, retentionMs: 86_400_000 };
    await using store = await (redis === undefined
      ? openEmbeddedStore({ folder, ...options })
      : openRedisStore({ url: redis.url, ...options }));
    return { ...(await compare(store, recipients, await api.report())), seconds };
  } finally {
    over = true;
    for (const worker of workers) worker.kill("SIGKILL");
    await redis?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(store: Store, recipients: number, report: Report): Promise<Omit<Crashed, "seconds">> {
  const chats = async (ended: "sent" | "failed" | "uncertain") =>
    (await store.ledger.list(RUN, ended, undefined, recipients)).map(({ address }) => address.chat);
  const [sent, failed, uncertain] = await Promise.all([chats("sent"), chats("failed"), chats("uncertain")]);
  const got = new Map(report.got);
  const blocked = new Set(report.blocked);
  const asked = new Set(report.asked);
  const ended = new Set([...sent, ...failed, ...uncertain]).size;
  const wronglySent = sent.filter((chat) => !got.has(chat)).length;
  const wronglyFailed = failed.filter((chat) => !blocked.has(chat) || got.has(chat)).length;
  return {
    counts: await store.ledger.counts(RUN),
    duplicates: report.got.filter(([, times]) => times > 1).length,
    losses: recipients - ended + wronglySent + wronglyFailed,
    arrived: uncertain.filter((chat) => got.has(chat)).length,
    neverAsked: uncertain.filter((chat) => !asked.has(chat)).length,
    refused: report.refused,
  };
}
