import { freePort } from "./free-port.ts";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Kills it, as a crash would; what it held is gone, unless it keeps it. */
  kill(): Promise<void>;
  /** Stops it where it is: it takes connections and answers nothing, until it goes on. */
  freeze(): void;
  goOn(): void;
  /** Starts it again in the same place, after `kill`. */
  restart(): Promise<void>;
  /** Copies what it keeps; what is answered sets a killed one back to it. */
  copy(): () => void;
  stop(): Promise<void>;
}

const INSTALL = "apt-get update && apt-get install -y redis-server";
const STARTS_WITHIN_MS = 10_000;

/** More of what a server is started with: `sentinel` makes it watch others, `config` is its file. */
interface ServerOptions {
  /** Keeps what it holds through a crash. */
  readonly keeps?: boolean;
  readonly replicaOf?: number;
  readonly sentinel?: string;
}

/**
 * Starts a real redis-server that keeps nothing on disk unless it is told to, on a free port of this machine alone.
 * A missing server is installed where that is possible and a failure where it is not: a test that was skipped proves nothing.
 */
export async function startRedisServer({ keeps = false, replicaOf, sentinel }: ServerOptions = {}): Promise<RedisServer> {
  const binary = findBinary() ?? install();
  const port = await freePort();
  const folder = mkdtempSync(path.join(tmpdir(), "imece-redis-"));
  const place = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", folder, "--repl-diskless-sync-delay", "0"];
  const config = path.join(folder, "sentinel.conf");
  if (sentinel !== undefined) writeFileSync(config, sentinel);
  const args =
    sentinel === undefined
      ? [
          ...place,
          "--save",
          "",
          "--appendonly",
          keeps ? "yes" : "no",
          // What was acknowledged is on the disk.
          "--appendfsync",
          "always",
          ...(replicaOf === undefined ? [] : ["--replicaof", "127.0.0.1", `${replicaOf}`]),
        ]
      : [config, "--sentinel", ...place];
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
    port,
    kill,
    freeze: () => void server.kill("SIGSTOP"),
    goOn: () => void server.kill("SIGCONT"),
    async restart() {
      server = await launch(binary, args);
    },
    copy() {
      const kept = mkdtempSync(path.join(tmpdir(), "imece-redis-copy-"));
      cpSync(folder, kept, { recursive: true });
      return () => {
        rmSync(folder, { recursive: true });
        renameSync(kept, folder);
      };
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
      if (!/Ready to accept connections|Sentinel ID is/.test(said)) return;
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
