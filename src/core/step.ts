import type { Announced } from "#core/announcement.ts";
import type { Conversation, Person, Waiting } from "#core/conversation.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Action } from "#core/action.ts";
import type { Effect, Incoming, Option, Reply, Text, TextValues } from "#core/message.ts";
import type { Candidate } from "#core/search.ts";
import type { TextKey } from "#core/texts.ts";
import type { AnswerTime } from "#core/answer-time.ts";
import type { Language } from "#text/language.ts";

/** What the texts need to know of the installation. */
export interface Settings {
  readonly defaultLanguage: Language;
  readonly timeZone: string;
  readonly telephone?: string | undefined;
  readonly controller?: { readonly name: string; readonly contact: string } | undefined;
  readonly retentionDays: number;
  /** Absent where nobody answers from here. */
  readonly desk?: { readonly whenAnswered: (now: number) => AnswerTime } | undefined;
}

/**
 * The chat of a turn: a person's own with the bot, or one where others read along. From there their own is opened by a link, which ends
 * where a word for the bot is to stand (`?start=`), or by the bot.
 */
export type Chat =
  | { readonly is: "own"; readonly id: string }
  | { readonly is: "shared"; readonly link?: string | undefined; readonly botOpens?: true | undefined };

/** Everything a turn is a function of: values only. */
export interface World {
  readonly incoming: Incoming;
  readonly conversation: Conversation;
  readonly person: Person;
  /** Milliseconds. */
  readonly now: number;
  readonly knowledge: KnowledgeBase;
  readonly settings: Settings;
  /** Absent where nothing can be sent later. */
  readonly chat?: Chat | undefined;
  /** What was announced, by its id. */
  readonly announced?: ((id: string) => Announced | undefined) | undefined;
}

/** The world with the language this turn speaks. */
export interface Scene extends World {
  readonly language: Language;
}

/** How a turn ended, for measuring: what a member experienced. */
export type Outcome =
  | { readonly is: "answer"; readonly entry: string; readonly confidence: number; readonly candidates: readonly Candidate[] }
  | {
      readonly is: "suggest" | "none" | "events";
      readonly confidence: number;
      readonly candidates: readonly Candidate[];
      readonly events?: readonly string[];
    }
  | { readonly is: "chat" };

type WithoutTime<Each> = Each extends unknown ? Omit<Each, "until"> : never;

/** What one flow decides. */
export interface Step {
  readonly replies: readonly Reply[];
  readonly effects?: readonly Effect[];
  /** What changes in the conversation, beyond the turn being counted. `undefined` removes a value. */
  readonly remember?: { readonly [K in "subject" | "question" | "waiting" | "ticket"]?: Conversation[K] };
  readonly person?: Person;
  /** It asks to choose again from what is open, so that stays open. */
  readonly keepsOffer?: boolean;
  /** It does or takes back what the open offer would send or delete: nothing of that is left hanging. */
  readonly settlesOffer?: boolean;
  readonly outcome: Outcome;
}

const WAITS_MS = 10 * 60_000;

export const CHAT: Outcome = { is: "chat" };

/** A step after which free text is a question again, unless it asks for some itself. */
export function noLongerWaiting(step: Step): Step {
  return { ...step, remember: { waiting: undefined, ...step.remember } };
}

/** What the next free text answers, for ten minutes. */
export function waitFor(scene: Scene, what: WithoutTime<Waiting>): Waiting {
  return { ...what, until: scene.now + WAITS_MS };
}

/** Asks for the text to pass on. */
export function askQuestion(scene: Scene): Step {
  return {
    replies: [{ kind: "form", language: scene.language, question: text("passOn.write"), field: "question" }],
    remember: { waiting: waitFor(scene, { for: "question-to-pass-on" }) },
    outcome: CHAT,
  };
}

/** A text by its key. */
export function text(key: TextKey, values?: TextValues): Text {
  return values === undefined ? { key } : { key, values };
}

export function say(scene: Scene, ...paragraphs: Text[]): Reply {
  return { kind: "say", language: scene.language, paragraphs };
}

export function choices(scene: Scene, paragraphs: readonly Text[], options: readonly Option[]): Reply {
  return { kind: "choices", language: scene.language, paragraphs, turn: scene.conversation.turn + 1, options };
}

export function button(key: TextKey, action: Action): Option {
  return { label: text(key), action, listed: false };
}

export function listed(words: string, action: Action): Option {
  return { label: { words }, action, listed: true };
}
