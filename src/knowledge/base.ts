import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Search } from "#core/search.ts";
import { findEvents } from "#events/find.ts";
import { citiesOf } from "#events/places.ts";
import { holds } from "#knowledge/holds.ts";
import type { Knowledge } from "#knowledge/load.ts";
import { calendarFile } from "#calendar/file.ts";
import { createMeaning } from "#knowledge/meaning.ts";
import { createSearch, createSearchAside } from "#knowledge/search.ts";
import { createSmallTalk } from "#knowledge/small-talk.ts";
import { createTitled } from "#knowledge/titled.ts";

/** One immutable snapshot of everything that can be answered. */
export function createKnowledgeBase(knowledge: Knowledge): KnowledgeBase {
  return baseOver(knowledge, createSearch(knowledge.entries, knowledge.glossary));
}

/** The same in slices of a few milliseconds, with other work in between: how an edit is published or previewed in a running bot. */
export async function buildKnowledgeBaseAside(knowledge: Knowledge, pause: () => Promise<void>): Promise<KnowledgeBase> {
  return baseOver(knowledge, await createSearchAside(knowledge.entries, knowledge.glossary, pause));
}

function baseOver({ entries, events, glossary }: Knowledge, search: Search): KnowledgeBase {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const byKey = new Map(events.map((event) => [event.key, event]));
  const newestFirst = events.toSorted((a, b) => (b.start ?? "").localeCompare(a.start ?? ""));
  const cities = citiesOf(events);
  return {
    entry: (id) => byId.get(id),
    entriesOf: (topic, language) =>
      entries
        .filter((entry) => entry.topic === topic && !entry.smallTalk)
        .toSorted((a, b) => a.title[language].localeCompare(b.title[language], language)),
    event: (key) => byKey.get(key),
    events: newestFirst,
    search,
    smallTalk: createSmallTalk(entries),
    titled: createTitled(entries),
    holds: (entry, question, language) => holds(entry, question, language, cities),
    meaning: createMeaning(glossary),
    calendarFile,
    findEvents: (question, today, before) => findEvents(newestFirst, question, today, before),
  };
}
