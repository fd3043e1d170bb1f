import type { EventsAsked } from "#core/event.ts";
import type { Action } from "#core/action.ts";
import type { MessageReference, Option } from "#core/message.ts";
import type { Subscription } from "#core/subscription.ts";
import type { TicketState } from "#core/ticket.ts";
import type { Language } from "#text/language.ts";

export const CONVERSATION_FORMAT = 1;
export const PERSON_FORMAT = 1;

/** Options shown in a turn, so that "2", a typed label and a late press find them. */
export interface Offer {
  readonly turn: number;
  readonly actions: readonly Action[];
  /** The text keys of their labels, in the same order; empty where the label is a title. */
  readonly labels?: readonly string[] | undefined;
}

/** What was spoken of last: a follow-up question is about that. */
export interface Subject {
  readonly question: string;
  readonly entries: readonly string[];
  readonly at: number;
  /** The entry whose answer stands above; absent where entries were only offered. */
  readonly shown?: string | undefined;
  /** What a list of events that stands above was asked to hold. */
  readonly events?: EventsAsked | undefined;
}

/** What the next free text answers, until it expires. */
export type Waiting =
  | { readonly for: "missing"; readonly entry: string; readonly until: number }
  | { readonly for: "question-to-pass-on"; readonly until: number }
  /** To be called under, on purpose. */
  | { readonly for: "telephone"; readonly until: number }
  /** Whose announcements are wanted. */
  | { readonly for: "city"; readonly until: number };

/** The question that staff have of this conversation, as far as it was told here. */
export interface OwnTicket {
  readonly id: string;
  readonly state: TicketState;
  /** The last word of either side. */
  readonly at: number;
  /** When staff last said something. */
  readonly staffAt?: number | undefined;
  /** The member ended the talk. */
  readonly ended?: boolean | undefined;
  /** The last messages of staff, newest last, so that a reply to one is known. */
  readonly staffMessages: readonly MessageReference[];
}

/** All that is remembered of a conversation: plain data, stored as JSON, parsed when loaded. */
export interface Conversation {
  readonly format: typeof CONVERSATION_FORMAT;
  /** The number of the last turn. The first one of a stored conversation begins anywhere. */
  readonly turn: number;
  /** Ids of the last incomings, newest last: the same id takes no second turn. */
  readonly taken: readonly string[];
  readonly offers: readonly Offer[];
  /** The language last spoken here, for words that belong to none. */
  readonly language?: Language | undefined;
  readonly subject?: Subject | undefined;
  /** The last question that found no answer, for handing it on. */
  readonly question?: string | undefined;
  readonly waiting?: Waiting | undefined;
  readonly ticket?: OwnTicket | undefined;
}

/** What belongs to a person across their conversations. */
export interface Person {
  readonly format: typeof PERSON_FORMAT;
  /** The language they chose; absent until they do. */
  readonly language?: Language | undefined;
  /** What they chose to be told of; absent until they do. */
  readonly subscription?: Subscription | undefined;
  /** Keys of events that they asked to be reminded of. */
  readonly reminders?: readonly string[] | undefined;
}

export const FRESH_CONVERSATION: Conversation = { format: CONVERSATION_FORMAT, turn: 0, taken: [], offers: [] };
export const FRESH_PERSON: Person = { format: PERSON_FORMAT };

/** Platforms repeat an update for a day at most; a conversation does not reach this many messages between the repeats. */
export const MOST_TAKEN = 200;
const MOST_OFFERS = 6;

/** The conversation after one more turn: the incoming is marked as taken, its options are remembered. */
export function afterTurn(conversation: Conversation, incomingId: string, options: readonly Option[]): Conversation {
  const turn = conversation.turn + 1;
  const offer: Offer = {
    turn,
    actions: options.map((option) => option.action),
    labels: options.map(({ label }) => ("key" in label ? label.key : "")),
  };
  const offers = options.length === 0 ? conversation.offers : [...conversation.offers, offer].slice(-MOST_OFFERS);
  return { ...conversation, turn, taken: [...conversation.taken, incomingId].slice(-MOST_TAKEN), offers };
}

/** What the last thing said would send or delete once the person says so, if it was such a question. */
export function openToDecide({ offers, turn }: Conversation): "pass-on-confirmed" | "delete-my-data" | undefined {
  const last = offers.at(-1);
  if (last?.turn !== turn) return undefined;
  const acts = last.actions.map((action) => action.act);
  return (["pass-on-confirmed", "delete-my-data"] as const).find((act) => acts.includes(act));
}

/** Keeps the last offer open over a turn that only asks to choose again: what it would delete or send may still be chosen. */
export function keepOfferOpen(conversation: Conversation): Conversation {
  const last = conversation.offers.at(-1);
  if (last === undefined || last.turn !== conversation.turn) return conversation;
  return { ...conversation, offers: [...conversation.offers, { ...last, turn: last.turn + 1 }].slice(-MOST_OFFERS) };
}
