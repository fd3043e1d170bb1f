import type { Client } from "#channels/slack/client.ts";
import type { Memory } from "#channels/slack/recent.ts";
import type { HomeSection, Staff } from "#core/workspace.ts";
import type { Words } from "#i18n/words.ts";
import type { Buttons } from "#presses/buttons.ts";
import type { Language } from "#text/language.ts";

/** What is told of running; codes only, never a word or id of a person, nor an address that was called. */
export interface SlackLog {
  callFailed(method: string, code: string, remedy?: string): void;
  receivingFailed(error: unknown): void;
  updateSetAside(error: unknown): void;
  receiving(by: "polling" | "webhook" | "socket"): void;
}

/** What the parts of this channel share. */
export interface SlackParts {
  readonly client: Client;
  readonly buttons: Buttons;
  readonly memory: Memory;
  readonly words: Words;
  readonly defaultLanguage: Language;
  readonly log: SlackLog;
  readonly now: () => number;
  /** The language a person has chosen, for what is said outside of a turn. */
  readonly languageOf: (person: string) => Promise<Language | undefined>;
  /** What a person's own page shows. */
  readonly home: (person: string, language: Language) => Promise<readonly HomeSection[]>;
  /** Whom presses on cards and submitted forms go to; absent until a desk attends. */
  staff?: Staff | undefined;
}
