import type { MessageReference, Text } from "#core/message.ts";
import type { Sent } from "#core/ports.ts";
import type { EntryAction, EntryOutcome, EntryRecord } from "#core/staff-entry.ts";
import type { Language } from "#text/language.ts";
import type { Acted, StaffAct, StaffReference, Ticket } from "#core/ticket.ts";

/** What a button under a post of the staff's room is for. *answer*, *close*, *correct*, *canned*, *learn*, *edit* and *retire* ask for more first. */
export interface StaffButton {
  readonly label: Text;
  readonly act:
    | "claim"
    | "answer"
    | "canned"
    | "close"
    | "correct"
    | "resend"
    | "learn"
    | "approve"
    | "reject"
    | "edit"
    | "retire"
    | "changes";
  /** The ticket it is about, or the entry that waits for an approval, in the version that is shown. */
  readonly ticket?: string | undefined;
  readonly entry?: { readonly id: string; readonly version: number } | undefined;
  /** The answer it is about. */
  readonly answer?: string | undefined;
  /** From whom the claim would be taken. */
  readonly over?: StaffReference | undefined;
}

/** A card, or a note in the thread under it. A value named `by` in its texts is a {@link StaffReference}, to be shown as a mention. */
export interface StaffPost {
  readonly title?: Text;
  readonly paragraphs: readonly Text[];
  readonly buttons: readonly StaffButton[];
  /** Everybody in the channel is to see it, though it stands under another post. */
  readonly aloud?: true;
}

/** What was asked; of a question that began with something else than words, that. */
export function questionOf({ question }: Pick<Ticket, "question">): Text {
  return question === "" ? { key: "card.noWords" } : { words: question };
}

/** Where staff are: a channel of theirs, with a card for each ticket and private talk under it. */
export interface StaffRoom {
  /** Whether a post stands in the channel that is the room now, and not in one that was it before. */
  holds(reference: MessageReference): boolean;
  /**
   * Posts, under another post where one is named. `id` names the post: after a try that nobody knows the end of (`tries` above 0) it is
   * looked for first, so that it stands there once.
   */
  post(post: StaffPost, how: { readonly id: string; readonly tries: number; readonly under?: MessageReference }): Promise<Sent>;
  /** Shows a post anew where it stands; `gone` where it does not stand there any more. */
  update(reference: MessageReference, post: StaffPost): Promise<Sent>;
  /** Looks for a post by its id: its reference, "none", or "unknown" where that cannot be told now. */
  find(id: string, under?: MessageReference): Promise<{ readonly reference: MessageReference } | "none" | "unknown">;
  /** Shows anew what else of the platform may hold words of a member. False where that has to be done again. */
  showPagesAnew(): Promise<boolean>;
  /** Takes a post away; one that is not there counts as taken away. */
  remove(reference: MessageReference): Promise<Sent>;
}

/** The danışma masası as the staff's platform uses it. */
export interface StaffDesk {
  /** What staff did with a button. `id` is the platform's of that very press: a second time it changes nothing. */
  act(ticket: string, by: StaffReference, act: StaffAct, id: string): Promise<Acted>;
  ticket(id: string): Promise<Ticket | undefined>;
  /** Those that wait, open or claimed, the longest first. */
  waiting(limit: number): Promise<Ticket[]>;
  /** How many wait. */
  waitingCount(): Promise<number>;
}

/** Entries that staff write, as their platform uses them. */
export interface StaffEntries {
  act(entry: string, action: EntryAction): Promise<EntryOutcome>;
  record(entry: string): Promise<EntryRecord | undefined>;
  /** What waits for an approval. */
  drafts(limit: number): Promise<EntryRecord[]>;
}

/** An entry that may say the same as another. */
export interface Alike {
  readonly title: string;
  /** Chance that it would answer one of the other's wordings, 0 to 1. */
  readonly score: number;
}

export function alikeLine({ title, score }: Alike): Text {
  return { key: "draft.alikeLine", values: { title, score: Math.round(score * 100) } };
}

/** A question that gets another answer because of a draft: titles of entries, absent where nothing surely answers. */
export interface Change {
  readonly question: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Questions that ask for the same and found no answer; private numbers are hidden in them. */
export interface AskedGroup {
  /** The id of one of them: it names the group. */
  readonly id: string;
  /** The one that is most like the others. */
  readonly question: string;
  readonly asked: readonly { readonly question: string; readonly language: Language }[];
}
