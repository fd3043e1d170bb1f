import type { Entry, InLanguages, Topic } from "#core/entry.ts";
import type { Event, EventsAsked } from "#core/event.ts";
import type { Search } from "#core/search.ts";
import type { Language } from "#text/language.ts";

/** What is left of a message without the small talk in it. */
export interface SmallTalk {
  /** Small-talk entries, in the order they were said; empty where there was none. */
  readonly said: readonly Entry[];
  /** The words that are not small talk, for searching and not for showing; empty where the message was nothing else. */
  readonly rest: string;
}

/** What an event question asks for. */
export interface EventsFound {
  readonly asked: EventsAsked;
  readonly events: readonly Event[];
  /** The events are what was looked for, so that a single one answers; otherwise they are only near it. */
  readonly exact: boolean;
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
  /** The one entry whose title asks just what a question asks, of just what it names ("esmed ne zaman"). */
  titled(question: string): Entry | undefined;
  /** Whether an entry's answer says something of the kind that is asked for; `undefined` where that cannot be seen. */
  holds(entry: Entry, question: string, language: Language): boolean | undefined;
  /** What a term of the field stands for, where a question asks just that ("UfM ne demek?"). */
  meaning(question: string): InLanguages<string> | undefined;
  /**
   * The events a question asks for by date or place, or `undefined` where it asks for something else. `today` is an ISO day; `before` is what
   * the list above was asked for, if there is one: "ankara" alone then changes its place.
   */
  findEvents(question: string, today: string, before?: EventsAsked): EventsFound | undefined;
  /** The .ics file of these events; `now` is when it is made, milliseconds. */
  calendarFile(events: readonly Event[], language: Language, now: number): string;
}
