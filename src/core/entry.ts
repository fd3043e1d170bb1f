import type { Language } from "#text/language.ts";

export type InLanguages<T> = Readonly<Record<Language, T>>;

export const TOPICS = ["events", "social-economy", "cooperatives", "law", "union", "esmed", "service"] as const;
export type Topic = (typeof TOPICS)[number];

/** A page that stands behind an answer. It carries the date it bears or, where it bears none, the day it was read. */
export interface Source {
  readonly title: string;
  readonly url?: string | undefined;
  readonly date?: string | undefined;
  readonly read?: string | undefined;
}

/** One curated answer: a person wrote it, its sources stand behind it. Dates are ISO, as precise as known. */
export interface Entry {
  readonly id: string;
  readonly topic: Topic;
  readonly title: InLanguages<string>;
  /** Ways people really ask. */
  readonly questions: InLanguages<readonly string[]>;
  readonly answer: InLanguages<string>;
  readonly sources: readonly Source[];
  /** The date the answer holds for; absent where no source bears a date. */
  readonly asOf?: string | undefined;
  /** After this day the answer says that it may have changed. */
  readonly review?: string | undefined;
  readonly owner: string;
  /** The legal text that carries the answer; its presence adds the line on legal advice. */
  readonly basis?: InLanguages<string> | undefined;
  /** A calendar deadline that the answer turns on, so that a passed one is told as passed. */
  readonly deadline?: string | undefined;
  /** Key of the event record that the entry is about. */
  readonly event?: string | undefined;
  readonly related: readonly string[];
  /** Near questions this entry must not answer: offered, not answered. */
  readonly doesNotCover: InLanguages<readonly string[]>;
  /** Small talk: its questions are whole phrases, and it shows no source. */
  readonly smallTalk: boolean;
}
