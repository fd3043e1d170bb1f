import type { KnowledgeBase } from "#core/knowledge-base.ts";
import { findEvents } from "#events/find.ts";
import { citiesOf } from "#events/places.ts";
import { holds } from "#knowledge/holds.ts";
import type { Knowledge } from "#knowledge/load.ts";
import { calendarFile } from "#knowledge/calendar-file.ts";
import { createMeaning } from "#knowledge/meaning.ts";
import { createSearch } from "#knowledge/search.ts";
import { createSmallTalk } from "#knowledge/small-talk.ts";
import { createTitled } from "#knowledge/titled.ts";

/** One immutable snapshot of everything that can be answered. Building another one is how an edit is published or previewed. */
export function createKnowledgeBase({ entries, events, glossary }: Knowledge): KnowledgeBase {
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
    search: createSearch(entries, glossary),
    smallTalk: createSmallTalk(entries),
    titled: createTitled(entries),
    holds: (entry, question, language) => holds(entry, question, language, cities),
    meaning: createMeaning(glossary),
    calendarFile,
    findEvents: (question, today, before) => findEvents(newestFirst, question, today, before),
  };
}
