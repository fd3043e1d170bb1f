import { mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { openStore, secretsOf } from "#commands/open-store.ts";
import type { Config } from "#config.ts";
import { TOPICS } from "#core/entry.ts";
import { createEntries } from "#desk/entries.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { entryToYaml } from "#knowledge/write.ts";

/**
 * Writes what staff published into a folder, one file an entry, for review; gives a line for each. What is retired is only named:
 * whoever reviews removes its file.
 * @throws BotError where the store cannot be opened: with the embedded one, while the bot runs.
 */
export async function exportEntries(config: Config, folder: string): Promise<string[]> {
  const now = () => Date.now();
  await using store = await openStore(config, await secretsOf(config), now, () => {});
  const rules = () => ({ approvers: [], problemsOf: problemsOfEntry });
  const { entries, retired } = await createEntries({ records: store.records, rules, readEntry, now }).read();
  const lines: string[] = [];
  for (const entry of entries) {
    const file = path.join(folder, entry.topic, `${entry.id}.yaml`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, entryToYaml(entry));
    lines.push(`written  ${file}`);
    for (const topic of TOPICS.filter((each) => each !== entry.topic)) {
      const other = path.join(folder, topic, `${entry.id}.yaml`);
      if (await stat(other).catch(() => undefined)) lines.push(`moved    ${other}: remove it, the entry is of another topic now`);
    }
  }
  lines.push(...retired.map((id) => `retired  ${id}: remove its file, and what refers to it`));
  return lines;
}
