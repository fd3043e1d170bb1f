import { readFile, writeFile } from "node:fs/promises";

const PAGE = new URL("../../docs/performance.md", import.meta.url);

/** Puts a chapter, title and all, in place of the one of that title in docs/performance.md, or at its end; and prints it. */
export async function writeChapter(title: string, lines: readonly string[]): Promise<void> {
  const chapter = [`## ${title}`, "", ...lines].join("\n").trimEnd();
  const [head = "", ...chapters] = (await readFile(PAGE, "utf8")).trimEnd().split("\n## ");
  const written = chapters.map((each) => `## ${each}`.trimEnd());
  const place = written.findIndex((each) => each.startsWith(`## ${title}\n`));
  if (place === -1) written.push(chapter);
  else written[place] = chapter;
  await writeFile(PAGE, `${[head.trimEnd(), ...written].join("\n\n")}\n`);
  process.stdout.write(`${chapter}\n`);
}
