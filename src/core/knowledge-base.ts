import type { Entry, InLanguages, Topic } from "#core/entry.ts";
import type { Event, EventsAsked } from "#core/event.ts";
import type { Search } from "#core/search.ts";
import type { Language } from "#text/language.ts";

/** What is left of a message without the small talk in it. */
export interface SmallTalk {
  /** Small-talk entries, in the order they were said; empty where there was none. */
  readonly said: readonly Entry[];
  /** The words that are not small talk; empty where the message was nothing else. */
  readonly rest: string;
}

/** What an event question asks for. */
export interface EventsFound {
  readonly asked: EventsAsked;
  readonly events: readonly Event[];
}

/** One immutable snapshot of all that can be answered. Publishing swaps it whole. */
export interface KnowledgeBase {
  entry(id: string): Entry | undefined;
  /** Entries of a topic in the order of their titles. */
  entriesOf(topic: Topic, language: Language): readonly Entry[];
  event(key: string): Event | undefined;
  readonly events: readonly Event[];
  readonly search: Search;
  smallTalk(text: string): SmallTalk;
  /** What a term of the field stands for, where a question asks just that ("UfM ne demek?"). */
  meaning(question: string): InLanguages<string> | undefined;
  /** The events a question asks for by date or place, or `undefined` where it asks for something else. `today` is an ISO day. */
  findEvents(question: string, today: string): EventsFound | undefined;
  /** The .ics file of these events; `now` is when it is made, milliseconds. */
  calendarFile(events: readonly Event[], language: Language, now: number): string;
}
