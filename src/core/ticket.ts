import type { Address, Attachment, MessageReference } from "#core/message.ts";
import type { Language } from "#text/language.ts";

export const TICKET_FORMAT = 1;

/** A talk with staff ends by itself after this long without a word from either side. */
export const TALK_LASTS_MS = 30 * 60_000;

/** An answered question closes by itself after this long without a word from either side. */
export const ANSWER_LAPSES_MS = 7 * 86_400_000;

/** *closed* is final: what is written afterwards begins another ticket. */
export const TICKET_STATES = ["open", "claimed", "answered", "closed"] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** Why staff close a question. */
export const STAFF_REASONS = ["answered", "known", "not-ours", "unclear"] as const;
/** Why a question may be closed: the member can end it too, or have everything deleted. */
export const CLOSE_REASONS = [...STAFF_REASONS, "ended", "withdrawn", "erased"] as const;
export type StaffReason = (typeof STAFF_REASONS)[number];
export type CloseReason = (typeof CLOSE_REASONS)[number];

/**
 * How the delivery of an answer stands. *blocked*: the member cannot be reached; *refused*: the platform did not take the message;
 * *uncertain*: nobody can say whether it arrived.
 */
export const DELIVERIES = ["waiting", "sent", "blocked", "refused", "uncertain"] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** A member of staff as the staff's platform names them. */
export type StaffReference = string;

/** An answer that was sent with the button that sends. */
export interface StaffAnswer {
  readonly id: string;
  readonly by: StaffReference;
  readonly at: number;
  readonly words: string;
  /** How often a button that sends was pressed for it: the answer, each correction, each time it was sent again on purpose. */
  readonly sends: number;
  readonly delivery: Delivery;
  /** The message that the member has, once it is known. */
  readonly reference?: MessageReference | undefined;
  /** What was sent before a correction, oldest first. */
  readonly before: readonly { readonly by: StaffReference; readonly at: number; readonly words: string }[];
}

/** Something that the member added, private numbers hidden; of what is no text only the kind and the length. */
export interface MemberMessage {
  readonly at: number;
  readonly words?: string | undefined;
  readonly what?: Attachment | undefined;
  readonly seconds?: number | undefined;
}

/** Who did what when; never what was said. Without `by` it was the member, or time that passed. */
export interface TicketEvent {
  readonly at: number;
  readonly did: TicketDeed;
  readonly by?: StaffReference | undefined;
}

export const TICKET_DEEDS = [
  "open",
  "claim",
  "answer",
  "correct",
  "resend",
  "close",
  "delivered",
  "member-writes",
  "member-sends",
  "member-ends",
  "withdraw",
  "silence",
  "lapse",
  "remind",
  "erase",
] as const;
export type TicketDeed = (typeof TICKET_DEEDS)[number];

/** A question that staff have to answer. It stays owed until it is closed. */
export interface Ticket {
  readonly format: typeof TICKET_FORMAT;
  readonly id: string;
  /** The conversation that the answer goes to; absent once the member had everything deleted. */
  readonly address?: Address | undefined;
  readonly language: Language;
  /** Private numbers hidden, as the member saw it before it was sent. */
  readonly question: string;
  /** Given on purpose, to be called under. */
  readonly telephone?: string | undefined;
  /** Entries that the bot would have offered. */
  readonly offered: readonly string[];
  /** The closed ticket that it goes on from. */
  readonly follows?: string | undefined;
  readonly openedAt: number;
  readonly state: TicketState;
  readonly claimedBy?: StaffReference | undefined;
  /** Since when it waits for a person: since it was opened, claimed or written to again. */
  readonly waitsSince: number;
  /** Whether what the member writes comes here; ends by the member, by closing, or by silence. */
  readonly talking: boolean;
  /** The last word of either side. */
  readonly spokeAt: number;
  /** How often was reminded of it since it waits. */
  readonly reminders: number;
  readonly messages: readonly MemberMessage[];
  readonly answers: readonly StaffAnswer[];
  readonly closed?: { readonly reason: CloseReason; readonly at: number; readonly by?: StaffReference | undefined } | undefined;
  readonly history: readonly TicketEvent[];
  /** Ids of what was done last, newest last: a press or message that comes again changes nothing. */
  readonly taken: readonly string[];
}

/** What happened to a ticket, for the member's conversation. */
export type TicketNews =
  | { readonly is: "claimed" }
  | { readonly is: "answered"; readonly answer: string; readonly send: number; readonly words: string }
  | {
      readonly is: "corrected";
      readonly answer: string;
      readonly send: number;
      readonly words: string;
      /** The message that the member has. */
      readonly reference?: MessageReference | undefined;
    }
  | { readonly is: "closed"; readonly reason: CloseReason };

/** What a member does to a ticket of theirs. */
export type MemberAct =
  /** *thanks*: nothing else is said, so that nobody has to answer. */
  | { readonly do: "member-writes"; readonly words: string; readonly thanks?: boolean | undefined }
  | { readonly do: "member-sends"; readonly what: Attachment; readonly seconds?: number | undefined }
  | { readonly do: "member-ends" }
  | { readonly do: "withdraw" };

/** How the delivery of one send of an answer ended. */
export interface DeliveryReport {
  readonly ticket: string;
  readonly answer: string;
  readonly send: number;
  readonly outcome: Exclude<Delivery, "waiting">;
  readonly reference?: MessageReference | undefined;
}

/** What staff do with a button. `over` takes a claim over on purpose, from the one it is seen with. */
export type StaffAct =
  | { readonly do: "claim"; readonly over?: StaffReference | undefined }
  | { readonly do: "answer"; readonly words: string }
  | { readonly do: "correct"; readonly answer: string; readonly words: string }
  | { readonly do: "resend"; readonly answer: string }
  | { readonly do: "close"; readonly reason: StaffReason };

/** Why an action changed nothing. */
export type Refusal =
  | { readonly why: "claimed"; readonly by: StaffReference }
  | { readonly why: "closed"; readonly by?: StaffReference | undefined }
  /** It is the presser's already. */
  | { readonly why: "yours" }
  | { readonly why: "empty" }
  | { readonly why: "too-long"; readonly most: number }
  | { readonly why: "no-such-answer" }
  /** Its last delivery is still under way. */
  | { readonly why: "waiting" }
  /** Only what did not surely arrive is sent again. */
  | { readonly why: "arrived" }
  | { readonly why: "unchanged" }
  /** It is not closed as answered where no answer was sent. */
  | { readonly why: "unanswered" };

/** How an act ended: done, or why not. *gone*: there is no such ticket any more. */
export type Acted =
  | { readonly kind: "done"; readonly ticket: Ticket }
  | { readonly kind: "refused"; readonly refusal: Refusal | { readonly why: "gone" } };

/** The id of the question that goes on from a closed one: there is one of these, however often something is written in reply. */
export function continued(id: string): string {
  return `${id}+`;
}

// No vowels, so that no word comes out, and nothing that is mistaken for something else on the telephone.
const LETTERS = "23456789BCDFGHJKLMNPRSTVZ";
const NUMBER_LETTERS = 6;

/** The number of a ticket that people say to each other: "K7Q-4M2". It follows from the id, and need not be unique. */
export function ticketNumber(id: string): string {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  let number = "";
  for (let at = 0; at < NUMBER_LETTERS; at += 1) {
    number += LETTERS[hash % LETTERS.length];
    hash = Math.floor(hash / LETTERS.length);
  }
  return `${number.slice(0, 3)}-${number.slice(3)}`;
}
