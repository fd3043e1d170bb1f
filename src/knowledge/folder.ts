import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { GlossaryTerm } from "#knowledge/glossary.ts";
import { parseGlossary } from "#knowledge/glossary.ts";
import type { Problem } from "#knowledge/load.ts";

const GLOSSARY_FILE = "glossary.tsv";
const YAML = /\.ya?ml$/;

/** The files of a knowledge folder that hold an entry or event, in order: `<topic>/<name>.yaml`. Those in a wrong place are told. */
export async function yamlFiles(folder: string, problems: Problem[]): Promise<string[]> {
  const found: string[] = [];
  for (const place of await listOrTell(folder, "", problems)) {
    if (!place.isDirectory()) {
      if (YAML.test(place.name)) misplaced(place.name, problems);
      continue;
    }
    if (YAML.test(place.name)) problems.push({ file: place.name, field: "", message: IS_FOLDER });
    for (const each of await listOrTell(folder, place.name, problems)) {
      const file = `${place.name}/${each.name}`;
      if (each.isDirectory()) await tellInside(folder, file, problems);
      else if (YAML.test(each.name)) found.push(file);
    }
  }
  if (found.length === 0 && problems.length === 0) {
    problems.push({
      file: folder,
      field: "",
      message: "no entry was found; set KNOWLEDGE_DIR to the folder that holds the topics",
    });
  }
  return found;
}

/** The text of a file, or `undefined` where it cannot be read, which is told. */
export async function readOrTell(folder: string, file: string, problems: Problem[]): Promise<string | undefined> {
  try {
    return await readFile(path.join(folder, file), "utf8");
  } catch (error) {
    problems.push({ file, field: "", message: unreadable(error) });
    return undefined;
  }
}

/** The terms of `glossary.tsv`; none where it is missing or cannot be read, which is told. */
export async function readGlossary(folder: string, problems: Problem[]): Promise<readonly GlossaryTerm[]> {
  const content = await readOrTell(folder, GLOSSARY_FILE, problems);
  return content === undefined ? [] : parseGlossary(content, GLOSSARY_FILE, problems);
}

const IS_FOLDER = "is a folder: name it by a topic, without .yaml";

async function tellInside(folder: string, place: string, problems: Problem[]): Promise<void> {
  if (YAML.test(place))
    problems.push({ file: place, field: "", message: "is a folder, and only files are read: move what it holds" });
  for (const each of await listOrTell(folder, place, problems)) {
    if (each.isDirectory()) await tellInside(folder, `${place}/${each.name}`, problems);
    else if (YAML.test(each.name)) misplaced(`${place}/${each.name}`, problems);
  }
}

function misplaced(file: string, problems: Problem[]): void {
  problems.push({ file, field: "", message: "is not read where it lies: move it right into the folder of its topic" });
}

async function listOrTell(folder: string, place: string, problems: Problem[]): Promise<Dirent[]> {
  try {
    const listed = await readdir(path.join(folder, place), { withFileTypes: true });
    return listed.filter(({ name }) => !name.startsWith(".")).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    // A folder that is not there at all is told as one that holds no entry.
    if (place !== "" || codeOf(error) !== "ENOENT")
      problems.push({ file: place === "" ? folder : place, field: "", message: unreadable(error) });
    return [];
  }
}

function unreadable(error: unknown): string {
  const code = codeOf(error);
  if (code === "ENOENT") return "is not there: put it back, or remove the link that leads to it";
  return `cannot be read (${code}): check its permissions, and that it is a file`;
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown";
}
