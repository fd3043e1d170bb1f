import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { startBotApi } from "../support/bot-api/server.ts";
import { freePort } from "../support/free-port.ts";
import { startRedisServer } from "../support/redis-server.ts";
import { writeChapter } from "./page.ts";

// Updates through the webhook, each answered by a message to the fake Bot API, beside a bare grammY bot that sends them back: in one run, on
// one machine that also holds the sender and the fake, so that only the ratio says something.

const CHATS = 100;
const EACH = 20;
const WARM = 200;
const AT_ONCE = 32;
const SECRET = "only-for-measuring-0123456789";
const SECRET_KEY = "only for measuring, and long enough to be one";

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function measure(program: string, settings: Readonly<Record<string, string>>, processes: number): Promise<Measured> {
  await using api = await startBotApi();
  const people = Array.from({ length: CHATS }, () => api.person());
  const updates = Array.from({ length: EACH }, () => people.map((person) => person.says("esmed ne zaman kuruldu"))).flat();
  const warm = Array.from({ length: WARM }, () => api.person().says("esmed ne zaman kuruldu"));
  // They are posted from here, and not by the fake.
  api.state.pending = [];

  const ports: number[] = [];
  while (ports.length < processes) ports.push(await freePort());
  const started = ports.map((port) => {
    const env = {
      PATH: process.env["PATH"],
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/telegram`,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
      PORT: String(port),
      SECRET_KEY,
      ...settings,
    };
    return spawn(process.execPath, [program], { env, stdio: ["ignore", "ignore", "inherit"] });
  });
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  let posted = 0;
  const post = async (update: object): Promise<number> => {
    const body = JSON.stringify(update);
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
      "x-telegram-bot-api-secret-token": SECRET,
    };
    posted += 1;
    const asked = request({ port: ports[posted % processes], path: "/telegram", method: "POST", agent, headers }).end(body);
    const [answer] = (await once(asked, "response")) as [import("node:http").IncomingMessage];
    answer.resume();
    await once(answer, "end");
    return answer.statusCode ?? 0;
  };
  const postAll = async (all: readonly object[]): Promise<number[]> => {
    const times: number[] = [];
    const rest = all.values();
    const next = async () => {
      for (const update of rest) {
        const from = performance.now();
        const status = await post(update);
        if (status !== 200) throw new Error(`An update was answered with ${status}.`);
        times.push(performance.now() - from);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    return times;
  };

  try {
    const [first] = warm;
    for (let ready = 0; ready < processes;) ready = (await post(first ?? {}).catch(() => 0)) === 200 ? ready + 1 : 0;
    await postAll(warm);
    const before = api.callsOf("sendMessage").length;
    const began = performance.now();
    const times = (await postAll(updates)).toSorted((a, b) => a - b);
    const perSecond = updates.length / ((performance.now() - began) / 1000);
    const sent = api.callsOf("sendMessage").length - before;
    if (sent !== updates.length) throw new Error(`${updates.length} updates were answered ${sent} times.`);
    const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
    return { perSecond, p50: at(0.5), p99: at(0.99) };
  } finally {
    agent.destroy();
    for (const child of started) {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
  }
}

// Figures of a machine that is busy with other things say little.
const [load = 0] = loadavg();
const redis = await startRedisServer();
const folder = mkdtempSync(path.join(tmpdir(), "imece-bench-"));
const echo = await measure("test/bench/echo.ts", {}, 1);
const rows: [string, Measured][] = [
  ["a bare grammY bot that sends back what it gets", echo],
  ["İmece, embedded store", await measure("src/main.ts", { DATA_DIR: folder, LOG_LEVEL: "error" }, 1)],
  ["İmece, Redis, one process", await measure("src/main.ts", { REDIS_URL: redis.url, LOG_LEVEL: "error" }, 1)],
];
await redis.stop();
const fresh = await startRedisServer();
rows.push(["İmece, Redis, two processes", await measure("src/main.ts", { REDIS_URL: fresh.url, LOG_LEVEL: "error" }, 2)]);
await fresh.stop();
rmSync(folder, { recursive: true });

const table = rows.map(([name, { perSecond, p50, p99 }]) => {
  const ratio = (perSecond / echo.perSecond).toFixed(2);
  return `| ${name} | ${Math.round(perSecond)} | ${ratio} | ${p50.toFixed(1)} | ${p99.toFixed(1)} |`;
});
const lines = [
  `Written by \`npm run bench:webhook\`: ${CHATS * EACH} updates of ${CHATS} chats, ${AT_ONCE} at once, each answered with a message before its update is. The sender and`,
  "the fake Bot API share the machine's processors with the bot, so compare the ratios.",
  "",
  "| bot | updates/s | ratio | p50 ms | p99 ms |",
  "| --- | --- | --- | --- | --- |",
  ...table,
  "",
  `Load of the machine before it began: ${load.toFixed(1)} on ${availableParallelism()} processors; Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}.`,
];
await writeChapter("Webhook", lines);
