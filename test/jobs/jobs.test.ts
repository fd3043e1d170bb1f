import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Jobs } from "#core/ledger.ts";
import { createBullJobs } from "#jobs/bullmq.ts";
import { createEmbeddedJobs } from "#jobs/embedded.ts";
import type { JobsParts } from "#jobs/record.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { connect, connectToWait } from "#store/redis/connection.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { jobsContract, type JobsPlace } from "../contracts/jobs.contract.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";
import { SECRET_KEY } from "../support/store.ts";

const OPTIONS = { secretKey: SECRET_KEY, retentionMs: 90 * 86_400_000 };
const usual = { now: () => Date.now(), failed: () => {} };

/** Closes the store after its jobs. */
function owning(jobs: Jobs, store: AsyncDisposable): Jobs {
  return {
    ...jobs,
    async [Symbol.asyncDispose]() {
      await jobs[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

describe("due work, embedded", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "imece-jobs-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const place: JobsPlace = {
    async open(change) {
      const store = await openEmbeddedStore({ ...OPTIONS, folder });
      return owning(createEmbeddedJobs({ ...usual, everyMs: 20, records: store.records, ...change }), store);
    },
    async scan() {
      const db = new DatabaseSync(path.join(folder, "imece.sqlite"));
      const rows = db.prepare("SELECT * FROM records").all();
      db.close();
      return JSON.stringify(rows);
    },
  };
  jobsContract(() => place);
});

describe("due work, BullMQ", () => {
  let server: RedisServer;
  let raw: Redis;
  beforeAll(async () => {
    server = await startRedisServer();
    raw = new Redis(server.url);
  }, 180_000);
  afterAll(async () => {
    raw.disconnect();
    await server.stop();
  });
  afterEach(async () => {
    await raw.flushall();
  });

  const open = async (change: Partial<JobsParts> = {}) => {
    const store = await openRedisStore({ ...OPTIONS, url: server.url });
    const jobs = createBullJobs({
      ...usual,
      records: store.records,
      nameOf: (id) => store.nameForLog(id),
      queueConnection: await connect(server.url),
      workerConnection: () => connectToWait(server.url),
      leaseMs: 1000,
      ...change,
    });
    return owning(jobs, store);
  };
  const place: JobsPlace = {
    open,
    async scan() {
      const keys = (await raw.keys("*")).filter((key) => key !== "imece:collections").toSorted();
      const values = keys.map(async (key) => {
        switch (await raw.type(key)) {
          case "hash":
            return raw.hgetall(key);
          case "zset":
            return raw.zrange(key, "0", "-1");
          case "list":
            return raw.lrange(key, 0, -1);
          case "stream":
            return raw.xrange(key, "-", "+");
          default:
            return raw.get(key);
        }
      });
      return JSON.stringify([keys, await Promise.all(values)]);
    },
  };
  jobsContract(() => place);

  test("a job that puts itself off is done, though the queue fails just as it does", async () => {
    await using jobs = await open({ firstRetryMs: 100 });
    const done: string[] = [];
    let tell = () => {};
    const all = new Promise<void>((resolve) => (tell = resolve));
    await jobs.schedule({ name: "remind", id: "1", about: "first" }, Date.now());
    const add = vi.spyOn(Queue.prototype, "add").mockRejectedValueOnce(new Error("Command timed out"));
    await jobs.work("remind", async ({ name, id, about }) => {
      done.push(about);
      if (about === "first") await jobs.schedule({ name, id, about: "put off" }, Date.now() + 200);
      else tell();
    });
    await all;
    expect(done).toEqual(["first", "put off"]);
    add.mockRestore();
  });

  test("two processes do each job once, and all keys of it lie in one slot", async () => {
    await using first = await open();
    await using second = await open();
    const done: string[] = [];
    let tell = () => {};
    const all = new Promise<void>((resolve) => (tell = resolve));
    const run = async ({ about }: { about: string }) => {
      done.push(about);
      if (done.length === 40) tell();
    };
    await first.work("remind", run);
    await second.work("remind", run);
    const ids = Array.from({ length: 40 }, (_, n) => `${n}`);
    await Promise.all(ids.map((id) => first.schedule({ name: "remind", id, about: id }, Date.now() + 200)));
    await all;
    expect(done.toSorted()).toEqual(ids.toSorted());
    const slots = new Set(
      (await raw.keys("*remind*")).filter((key) => !key.startsWith("imece:")).map((key) => /\{.*?\}/.exec(key)?.[0]),
    );
    expect([...slots]).toEqual(["{imece-jobs}"]);
  });

  test("while Redis is away scheduling is told so at once, and what was scheduled is done when it is back", async () => {
    const own = await startRedisServer({ keeps: true });
    const store = await openRedisStore({ ...OPTIONS, url: own.url });
    const jobs = createBullJobs({
      ...usual,
      records: store.records,
      nameOf: (id) => store.nameForLog(id),
      queueConnection: await connect(own.url),
      workerConnection: () => connectToWait(own.url),
    });
    let tell = (_about: string) => {};
    const done = new Promise<string>((resolve) => (tell = resolve));
    await jobs.work("remind", async ({ about }) => tell(about));
    await jobs.schedule({ name: "remind", id: "1", about: "kept" }, Date.now() + 1500);
    await own.kill();
    const began = Date.now();
    await expect(jobs.schedule({ name: "remind", id: "2", about: "never" }, Date.now())).rejects.toMatchObject({
      code: "store.unavailable",
    });
    expect(Date.now() - began).toBeLessThan(3000);
    await own.restart();
    expect(await done).toBe("kept");
    await jobs[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    await own.stop();
  });
});
