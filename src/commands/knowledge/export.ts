import { mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { createAnnouncing, publishedWith } from "#commands/open-announcements.ts";
import { openStore, secretsOf } from "#commands/open-store.ts";
import type { Config } from "#config.ts";
import { TOPICS } from "#core/entry.ts";
import { createEntries } from "#desk/entries.ts";
import { createWords } from "#i18n/words.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { entryToYaml, eventToYaml } from "#knowledge/write.ts";

const EVENTS = "event-records";

/**
 * Writes what staff published into a folder, one file an entry or event, for review; gives a line for each. What is retired is only named:
 * whoever reviews removes its file.
 * @throws BotError where the store cannot be opened: with the embedded one, while the bot runs.
 */
export async function exportEntries(config: Config, folder: string): Promise<string[]> {
  const now = () => Date.now();
  await using store = await openStore(config, await secretsOf(config), now, () => {});
  const words = await createWords(new URL("../../../locales/", import.meta.url), { service: config.serviceName });
  const rules = () => ({ approvers: [], problemsOf: problemsOfEntry });
  const own = createEntries({ records: store.records, rules, readEntry, now });
  const nothing = { approvers: () => [], inFiles: () => undefined, retentionMs: 0, failed: () => {} };
  const announcing = createAnnouncing({ store, ...nothing, now, timeZone: config.settings.timeZone });
  const { entries, retired, events } = await publishedWith(own, announcing.events, words).read();
  const files = [
    ...entries.map((entry) => ({ place: [entry.topic, entry.id], content: entryToYaml(entry) })),
    ...events.map((event) => ({ place: [EVENTS, event.key], content: eventToYaml(event) })),
  ];
  const lines: string[] = [];
  for (const { place, content } of files) {
    const file = `${path.join(folder, ...place)}.yaml`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
    lines.push(`written  ${file}`);
  }
  for (const { id, topic } of entries) {
    for (const before of TOPICS.filter((each) => each !== topic)) {
      const file = path.join(folder, before, `${id}.yaml`);
      if (await stat(file).catch(() => undefined)) lines.push(`moved    ${file}: remove it, the entry is of another topic now`);
    }
  }
  lines.push(...retired.map((id) => `retired  ${id}: remove its file, and what refers to it`));
  return lines;
}
