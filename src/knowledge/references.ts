import type { Entry } from "#core/entry.ts";
import type { Event } from "#core/event.ts";
import type { Problem } from "#knowledge/load.ts";

export const EVENT_FOLDER = "event-records";

/** Tells ids that are used twice, and whatever refers to an entry or event that is not there. */
export function checkReferences(entries: readonly Entry[], events: readonly Event[], problems: Problem[]): void {
  const ids = new Map<string, string>();
  const keys = new Set(events.map((event) => event.key));
  for (const entry of entries) {
    const file = `${entry.topic}/${entry.id}.yaml`;
    const other = ids.get(entry.id);
    if (other !== undefined) problems.push({ file, field: "id", message: `already used by ${other}: choose another` });
    ids.set(entry.id, file);
  }
  for (const entry of entries) {
    const file = `${entry.topic}/${entry.id}.yaml`;
    for (const related of entry.related) {
      if (!ids.has(related))
        problems.push({ file, field: "related", message: `no entry has the id ${related}: correct or remove it` });
    }
    if (entry.event !== undefined && !keys.has(entry.event)) {
      problems.push({
        file,
        field: "event",
        message: `no event record has the key ${entry.event}: add ${EVENT_FOLDER}/${entry.event}.yaml`,
      });
    }
  }
  for (const event of events) {
    for (const id of event.entries) {
      if (!ids.has(id)) {
        const file = `${EVENT_FOLDER}/${event.key}.yaml`;
        problems.push({ file, field: "entries", message: `no entry has the id ${id}: correct or remove it` });
      }
    }
  }
}
