import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

export interface RedisServer {
  readonly url: string;
  /** Kills it, as a crash would; what it held is gone. */
  kill(): Promise<void>;
  /** Starts it again in the same place, after `kill`. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const INSTALL = "apt-get update && apt-get install -y redis-server";
const STARTS_WITHIN_MS = 10_000;

/**
 * Starts a real redis-server that keeps nothing on disk, on a free port of this machine alone.
 * A missing server is installed where that is possible and a failure where it is not: a test that was skipped proves nothing.
 */
export async function startRedisServer(): Promise<RedisServer> {
  const binary = findBinary() ?? install();
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "imece-redis-"));
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  let server = await launch(binary, args);
  // The server must not outlive a test run that was cut short.
  const end = () => server.kill("SIGKILL");
  process.once("exit", end);
  const kill = async () => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, "exit");
    end();
    await ended;
  };

  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    async restart() {
      server = await launch(binary, args);
    },
    async stop() {
      process.removeListener("exit", end);
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(binary: string, args: readonly string[]) {
  const server = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"] });
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("redis-server did not start in time.")), STARTS_WITHIN_MS);
    let said = "";
    server.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      if (!said.includes("Ready to accept connections")) return;
      clearTimeout(late);
      resolve();
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`redis-server ended with ${code}:\n${said}`)));
  });
  return server;
}

function findBinary(): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(path.delimiter), "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];
  return folders.map((folder) => path.join(folder, "redis-server")).find((file) => existsSync(file));
}

function install(): string {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    // RUNLEVEL=1 keeps the package from starting the system's own server, which nobody asked for.
    const env = { ...process.env, RUNLEVEL: "1", DEBIAN_FRONTEND: "noninteractive" };
    try {
      execFileSync("/bin/sh", ["-c", INSTALL], { env, stdio: "ignore" });
    } catch {
      // Told below, with what to do about it.
    }
  }
  const binary = findBinary();
  if (binary !== undefined) return binary;
  throw new Error(`The tests need a redis-server. Install one: ${INSTALL}   (macOS: brew install redis)`);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("This machine gives no port.");
  return address.port;
}
