import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** What each room may import. A room that is not listed is a mistake; `main.ts` and `commands/` wire everything. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  core: ["text"],
  // The calendar file goes to the core with the snapshot of the knowledge.
  knowledge: ["core", "text", "events", "calendar"],
  events: ["core", "text"],
  desk: ["core", "text"],
  announcements: ["core", "text"],
  // What staff do in their workspace, whichever platform that is: between two ports, so that the desk knows no channel and no channel the desk.
  staff: ["core", "text"],
  bot: ["core", "text", "ops", "desk", "announcements", "reminders", "calendar"],
  store: ["core", "text"],
  // The store's connection and records are handed in.
  jobs: ["core", "text"],
  reminders: ["core", "text"],
  calendar: ["core", "text", "events"],
  i18n: ["core", "text"],
  ops: ["core", "text"],
  presses: ["core", "text"],
  config: ["core"],
  channels: ["core", "text", "i18n", "presses"],
};
/** Rooms that need no package. */
const PURE = new Set(["text", "core", "events", "staff"]);
/** Rooms whose functions are told the time: the same arguments give the same answer. */
const TIMELESS = new Set([...PURE, "knowledge", "desk", "announcements"]);
const FREE = new Set(["main.ts", "commands", "config.ts"]);
const LONGEST_FILE = 200;

const source = path.resolve(import.meta.dirname, "../src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const read = (file: string) => readFileSync(path.join(source, file), "utf8");
// Statements begin a line; `import("…")` may stand anywhere.
const IMPORT = /^(?:import|export)\s(?:[^"';]*?\sfrom\s)?\s*"([^"]+)"|\bimport\(\s*"([^"]+)"/gm;
const CLOCK_OR_CHANCE =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\brandom(?:UUID|Bytes|Int)\b/;

/** What a file imports: files of ours by their place in `src`, everything else by its name. */
function importsOf(
  file: string,
  content: string,
): { readonly written: string; readonly target: string; readonly ours: boolean }[] {
  return [...content.matchAll(IMPORT)].map(([, statement, call]) => {
    const written = statement ?? call ?? "";
    if (written.startsWith("#")) return { written, target: written.slice(1), ours: true };
    if (!written.startsWith(".")) return { written, target: written, ours: false };
    return { written, target: path.relative(source, path.resolve(source, path.dirname(file), written)), ours: true };
  });
}

/** What is wrong with the imports of a file. */
function faultsOf(file: string, content: string): string[] {
  const room = file.split(path.sep)[0] ?? "";
  if (FREE.has(room)) return [];
  const allowed = ROOMS[room];
  if (!allowed) return [`${file}: the room ${room} is not in the table: add it with what it may import`];
  return importsOf(file, content).flatMap(({ written, target, ours }) => {
    if (!ours) return PURE.has(room) ? [`${file} imports ${written}: ${room} is pure and needs no package`] : [];
    const other = target.split("/")[0] ?? "";
    // Data and not code: the keys of the texts are a type.
    if (/^\.\.\/locales\/.*\.json$/.test(target)) return [];
    if (other === room || allowed.includes(other)) return [];
    return [`${file} imports ${written}: ${room} may import ${allowed.join(", ") || "nothing"}`];
  });
}

test("every room imports only what its place in the house allows", () => {
  expect(files.flatMap((file) => faultsOf(file, read(file)))).toEqual([]);
  expect(files.length).toBeGreaterThan(40);
  expect(files.flatMap((file) => importsOf(file, read(file))).length).toBeGreaterThan(200);
});

test.each([
  ["core/turn.ts", 'import { a } from "#bot/bot.ts";'],
  ["core/turn.ts", 'import { a } from "../bot/bot.ts";'],
  ["core/flows/answer.ts", 'import type { A } from "../../store/keys.ts";'],
  ["core/turn.ts", 'export { a } from "../../test/support/store.ts";'],
  ["core/turn.ts", 'import "zod";'],
  ["text/fold.ts", 'const a = await import("node:fs");'],
  ["text/fold.ts", 'import {\n  a,\n  b,\n} from "node:fs";'],
  ["nowhere/a.ts", ""],
])("the fence stands: %s may not hold %j", (file, content) => {
  expect(faultsOf(file, content)).toHaveLength(1);
});

test("pure rooms ask no clock and leave nothing to chance", () => {
  const timeless = files.filter((file) => TIMELESS.has(file.split(path.sep)[0] ?? ""));
  expect(timeless.length).toBeGreaterThan(30);
  const faults = timeless
    .filter((file) => CLOCK_OR_CHANCE.test(read(file)))
    .map((file) => `${file}: let it be told the time, or the number`);
  expect(faults).toEqual([]);
  for (const written of ["Date.now()", "new Date()", "new Date( )", "Math.random()", "now = Date.now"])
    expect(CLOCK_OR_CHANCE.test(written)).toBe(true);
  expect(CLOCK_OR_CHANCE.test("new Date(Date.UTC(2026, 1, 1))")).toBe(false);
});

test("a channel never imports its sibling", () => {
  const faults = files
    .filter((file) => file.startsWith("channels"))
    .flatMap((file) => {
      const own = file.split(path.sep)[1];
      return importsOf(file, read(file))
        .filter(({ target, ours }) => ours && target.startsWith("channels/") && target.split("/")[1] !== own)
        .map(({ written }) => `${file} imports ${written}`);
    });
  expect(faults).toEqual([]);
});

test("letters are lowered in one place, and a file can be read at a sitting", () => {
  const faults: string[] = [];
  for (const file of files) {
    const content = read(file);
    if (/\.to(?:Lower|Upper)Case\(/.test(content))
      faults.push(`${file}: use fold() or lower(): toLowerCase() is wrong for Turkish`);
    if (content.includes("toLocaleLowerCase") && file !== path.join("text", "fold.ts"))
      faults.push(`${file}: use lower() from text/fold.ts`);
    const lines = content.split("\n").length;
    if (lines > LONGEST_FILE) faults.push(`${file} has ${lines} lines: does it hold one thing?`);
  }
  expect(faults).toEqual([]);
});
