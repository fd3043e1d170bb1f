import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe } from "vitest";
import type { Store } from "#core/ports.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import type { StoreOptions } from "#store/inside.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { startRedisServer, type RedisServer } from "./redis-server.ts";

export const SECRET_KEY = "a secret key for tests, and long enough";

/** One empty place to keep things in. Opening it twice opens the same place again. */
export interface Place {
  open(options?: Partial<StoreOptions>): Promise<Store>;
  /** Every key and every value as it lies there, a line each; what the store keeps for itself is left out. */
  scan(): Promise<readonly string[]>;
  /** Makes every stored value of this kind unreadable. */
  spoil(kind: "conversation" | "person" | "debt" | "recipient"): Promise<void>;
}

/** Runs a suite over both stores. `place()` answers the current test's own; what a test opens is closed after it. */
export function describeStores(name: string, suite: (place: () => Place) => void): void {
  describe(`${name}, embedded`, () => {
    let folder = "";
    const opened = closing(() => {
      if (folder !== "") rmSync(folder, { recursive: true, force: true });
      folder = "";
    });
    suite(() => {
      folder ||= mkdtempSync(path.join(tmpdir(), "imece-store-"));
      return embeddedPlace(folder, opened);
    });
  });

  describe(`${name}, Redis`, () => {
    let server: RedisServer | undefined;
    let raw: Redis | undefined;
    beforeAll(async () => {
      server = await startRedisServer();
      raw = new Redis(server.url);
    }, 180_000);
    afterAll(async () => {
      raw?.disconnect();
      await server?.stop();
    });
    const opened = closing(async () => {
      await raw?.flushall();
    });
    suite(() => {
      if (server === undefined || raw === undefined) throw new Error("Ask for the place inside a test.");
      return redisPlace(server.url, raw, opened);
    });
  });
}

type Keep = (store: Store) => Store;

function closing(after: () => void | Promise<void>): Keep {
  const stores: Store[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store[Symbol.asyncDispose]();
    await after();
  });
  return (store) => {
    stores.push(store);
    return store;
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;
const USUAL: StoreOptions = { secretKey: SECRET_KEY, retentionMs: 90 * DAY_MS };

function embeddedPlace(folder: string, keep: Keep): Place {
  const withDatabase = <T>(work: (db: DatabaseSync) => T): T => {
    const db = new DatabaseSync(path.join(folder, "imece.sqlite"));
    try {
      return work(db);
    } finally {
      db.close();
    }
  };
  return {
    open: async (options) => keep(await openEmbeddedStore({ ...USUAL, ...options, folder })),
    scan: async () =>
      withDatabase((db) => {
        const tables = db
          .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('settings', 'sqlite_sequence')")
          .all();
        return tables.flatMap(({ name }) =>
          db
            .prepare(`SELECT * FROM "${String(name)}"`)
            .all()
            .map((row) => `${String(name)} ${JSON.stringify(row)}`),
        );
      }),
    spoil: async (kind) =>
      withDatabase((db) => {
        if (kind === "recipient") db.exec("UPDATE deliveries SET recipient = 'spoilt'");
        else db.exec(`UPDATE ${kind}s SET value = 'spoilt'`);
      }),
  };
}

// The hashing key names nobody; neither does a list of collections.
const OWN_KEYS = new Set(["imece:hashing-key", "imece:collections"]);

function redisPlace(url: string, raw: Redis, keep: Keep): Place {
  return {
    open: async (options) => keep(await openRedisStore({ ...USUAL, ...options, url })),
    async scan() {
      const keys = (await raw.keys("*")).filter((key) => !OWN_KEYS.has(key)).toSorted();
      return Promise.all(keys.map(async (key) => `${key} ${JSON.stringify(await readAny(raw, key))}`));
    },
    async spoil(kind) {
      const pattern = { conversation: "*}:conversation:*", person: "*}:person", debt: "*}:debts:*", recipient: "*}:whom" }[kind];
      for (const key of await raw.keys(pattern)) {
        const spoilt = (field: string) => kind === "recipient" || field === "value" || field.endsWith(":value");
        const fields = (await raw.hkeys(key)).filter(spoilt);
        for (const field of fields) await raw.hset(key, field, "spoilt");
      }
    },
  };
}

async function readAny(raw: Redis, key: string): Promise<unknown> {
  switch (await raw.type(key)) {
    case "hash":
      return raw.hgetall(key);
    case "list":
      return raw.lrange(key, 0, -1);
    case "set":
      return raw.smembers(key);
    case "zset":
      return raw.zrange(key, "0", "-1", "WITHSCORES");
    default:
      return raw.get(key);
  }
}
