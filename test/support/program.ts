import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export interface Ended {
  readonly out: string;
  readonly log: string;
  readonly code: unknown;
}

interface Given {
  readonly args?: readonly string[];
  readonly lines?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** The folder it runs in: no `.env` of the developer's may come in. */
  readonly folder: string;
}

/** Runs one of our programs in a process of its own until it ends, with nothing of this environment but what is given. */
export async function runProgram(file: string, { args = [], lines = "", variables = {}, folder }: Given): Promise<Ended> {
  const program = path.resolve(import.meta.dirname, "../../src", file);
  const env = { PATH: process.env["PATH"] ?? "", KNOWLEDGE_DIR: path.resolve("knowledge"), ...variables };
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env, timeout: 50_000 });
  let out = "";
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (log += chunk));
  child.stdin.on("error", () => {}).end(lines);
  const [code] = await once(child, "close");
  return { out, log, code };
}
