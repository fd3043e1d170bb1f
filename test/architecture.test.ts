import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** What each room may import. A room that is not listed is a mistake; `main.ts` and `commands/` wire everything. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  core: ["text"],
  knowledge: ["core", "text", "events"],
  events: ["core", "text"],
  bot: ["core", "text", "ops"],
  store: ["core", "text"],
  i18n: ["core", "text"],
  ops: ["core", "text"],
  channels: ["core", "text", "i18n"],
};
const PURE = new Set(["text", "core", "events"]);
const FREE = new Set(["main.ts", "commands"]);
const LONGEST_FILE = 200;

const source = path.resolve(import.meta.dirname, "../src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const IMPORT = /(?:from|import)(?:\s+|\s*\(\s*)"([^"]+)"/g;

test("every room imports only what its place in the house allows", () => {
  const faults: string[] = [];
  let read = 0;
  for (const file of files) {
    const room = file.split(path.sep)[0] ?? "";
    const content = readFileSync(path.join(source, file), "utf8");
    for (const [, target = ""] of content.matchAll(IMPORT)) {
      read += 1;
      if (FREE.has(room) || room === "config.ts") continue;
      const allowed = ROOMS[room];
      if (!allowed) {
        faults.push(`${file}: the room ${room} is not in the table: add it with what it may import`);
        continue;
      }
      if (target.startsWith("#")) {
        const other = target.slice(1).split("/")[0] ?? "";
        if (other !== room && !allowed.includes(other))
          faults.push(`${file} imports ${target}: ${room} may import ${allowed.join(", ") || "nothing"}`);
      } else if (PURE.has(room) && !target.startsWith("../")) {
        faults.push(`${file} imports ${target}: ${room} is pure and needs no package`);
      }
    }
  }
  expect(faults).toEqual([]);
  expect(files.length).toBeGreaterThan(40);
  expect(read).toBeGreaterThan(100);
});

test("a channel never imports its sibling", () => {
  const faults = files
    .filter((file) => file.startsWith("channels"))
    .flatMap((file) => {
      const own = file.split(path.sep)[1];
      return [...readFileSync(path.join(source, file), "utf8").matchAll(/"#channels\/([^/]+)\//g)]
        .filter(([, other]) => other !== own)
        .map(() => file);
    });
  expect(faults).toEqual([]);
});

test("letters are lowered in one place, and a file can be read at a sitting", () => {
  const faults: string[] = [];
  for (const file of files) {
    const content = readFileSync(path.join(source, file), "utf8");
    if (/\.to(?:Lower|Upper)Case\(/.test(content))
      faults.push(`${file}: use fold() or lower(): toLowerCase() is wrong for Turkish`);
    if (content.includes("toLocaleLowerCase") && file !== path.join("text", "fold.ts"))
      faults.push(`${file}: use lower() from text/fold.ts`);
    const lines = content.split("\n").length;
    if (lines > LONGEST_FILE) faults.push(`${file} has ${lines} lines: does it hold one thing?`);
  }
  expect(faults).toEqual([]);
});
