import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runProgram } from "../support/program.ts";
import { SECRET_KEY } from "../support/store.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";

const folder = mkdtempSync(path.join(tmpdir(), "imece-pipe-"));
let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const LINES = "esmed nedir\nqwxz plfk 0532 123 45 67\n/verilerim\n";

test.each([
  ["the embedded store", () => ({ DATA_DIR: path.join(folder, "data") })],
  ["Redis", () => ({ REDIS_URL: server.url, SECRET_KEY })],
])(
  "piped lines are all answered over %s, then the process ends, and its log tells no word, number or key",
  async (_, variables) => {
    const { out, log, code } = await runProgram("main.ts", {
      folder,
      lines: LINES,
      variables: { LOG_LEVEL: "debug", ...variables() },
    });
    expect(code).toBe(0);
    expect(out).toContain("Kaynak:");
    expect(out).toContain("verilerim.json");
    expect(log).not.toMatch(/qwxz|0532|esmed nedir/);
    expect(log).not.toContain(SECRET_KEY);
  },
  60_000,
);

test("a configuration that cannot work ends in plain words, without a stack and without the secret", async () => {
  const { log, code } = await runProgram("main.ts", { folder, variables: { DEFAULT_LOCALE: "de", SECRET_KEY: "geheim" } });
  expect(code).toBe(1);
  expect(log).toContain("DEFAULT_LOCALE");
  expect(log).not.toMatch(/geheim|^\s+at /m);
}, 60_000);
