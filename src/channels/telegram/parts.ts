import type { Buttons } from "#presses/buttons.ts";
import type { Client } from "#channels/telegram/client.ts";
import type { Memory } from "#channels/telegram/recent.ts";
import type { Words } from "#i18n/words.ts";
import type { Language } from "#text/language.ts";

/** What is told of running; codes only, never a word or id of a person, nor an address that was called. */
export interface TelegramLog {
  callFailed(method: string, code: string, remedy?: string): void;
  receivingFailed(error: unknown): void;
  updateSetAside(error: unknown): void;
  receiving(by: "polling" | "webhook"): void;
}

/** What the parts of this channel share. */
export interface TelegramParts {
  readonly client: Client;
  readonly buttons: Buttons;
  readonly memory: Memory;
  readonly words: Words;
  readonly defaultLanguage: Language;
  readonly log: TelegramLog;
  readonly now: () => number;
  /** Bulk goes faster than 30 messages a second, for Stars. */
  readonly paidBroadcast?: boolean | undefined;
}
