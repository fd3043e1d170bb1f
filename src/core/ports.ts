import type { Conversation, Person } from "#core/conversation.ts";
import type { Address, Effect, Incoming, MessageReference, Reply, Text } from "#core/message.ts";
import type { EntryAction, EntryOutcome, EntryRecord } from "#core/staff-entry.ts";
import type { Acted, StaffAct, StaffReference, Ticket } from "#core/ticket.ts";

/** Something owed: it leaves once, and stays owed until it is settled. */
export type Owed = { readonly kind: "reply"; readonly reply: Reply } | { readonly kind: "effect"; readonly effect: Effect };

/** A conversation and its person as they were read, with the versions to save over (0: nothing stored yet). */
export interface Loaded {
  readonly conversation: Conversation;
  readonly conversationVersion: number;
  readonly person: Person;
  readonly personVersion: number;
}

export interface Saving extends Loaded {
  /** Owed under the incoming's id, in this order. */
  readonly incomingId: string;
  readonly owed: readonly Owed[];
}

/** Conversations and persons, saved with what they owe by compare-and-set over the versions that were read. */
export interface Conversations {
  /**
   * What is stored, or fresh values where nothing is, where it expired, or where it is spoilt. Always a copy.
   * @throws BotError `store.sealed` where it was sealed with a key that this process does not have: a fresh one would overwrite it.
   */
  load(address: Address): Promise<Loaded>;
  /** Saves both and adds what is owed, or changes nothing and answers "stale" where either version is no longer the stored one. */
  save(address: Address, saving: Saving): Promise<"saved" | "stale">;
  /** Notes, by a keyed hash alone and for so long, that this incoming had the conversation deleted: repeated, it must not begin another. */
  markEnded(address: Address, incomingId: string, lastsMs: number): Promise<void>;
  hasEnded(address: Address, incomingId: string): Promise<boolean>;
}

/** One thing owed, taken by its holder. */
export interface Debt {
  /** `<incoming id>#<position>`. */
  readonly id: string;
  readonly address: Address;
  readonly owed: Owed;
  /** How often it was taken before: more than 0 means that an earlier try did not end. */
  readonly attempts: number;
}

/**
 * What conversations owe. One holder at a time drains a conversation, in the order it was saved in. A debt counts an attempt when it is
 * taken, before anything leaves, so that a crash in between is known.
 */
export interface Debts {
  /**
   * The first debt of the conversation if it is due and nobody else holds the conversation; holding lasts `leaseMs`. What was put aside
   * is passed over until it is due. A debt that was sealed with a key this process does not have is put off, for one that has it.
   */
  claim(address: Address, holder: string, leaseMs: number, now: number): Promise<Debt | undefined>;
  /** Drops a debt that its holder has taken. False where the lease has passed to another. */
  settle(address: Address, holder: string, debtId: string): Promise<boolean>;
  /**
   * Puts a debt off until `until`, and takes the attempt back where it surely did not arrive. Put `aside`, it lets pass what is owed after
   * it. False where the lease has passed to another.
   */
  postpone(
    address: Address,
    holder: string,
    debtId: string,
    until: number,
    surelyNotArrived: boolean,
    aside?: boolean,
  ): Promise<boolean>;
  /** Whether it is still owed: neither settled nor erased. */
  owes(address: Address, debtId: string): Promise<boolean>;
  /** Lets go of a conversation, so that another may drain it. */
  release(address: Address, holder: string): Promise<void>;
  /** Conversations that may owe something due at `now` and that nobody holds: after a crash, or after a postponement. Only those that are `wanted`. */
  owing(now: number, limit: number, wanted?: (address: Address) => boolean): Promise<Address[]>;
}

/** A versioned record of a collection. */
export interface StoredRecord {
  readonly id: string;
  readonly version: number;
  readonly value: unknown;
}

export interface RecordPut {
  readonly value: unknown;
  /** The version that was read; 0 to create. */
  readonly over: number;
  /** Whom it belongs to: erased and exported with that person. */
  readonly owner?: { readonly channel: string; readonly person: string } | undefined;
  /** Names it can be listed under. */
  readonly index?: Readonly<Record<string, string>> | undefined;
  /** When it is due, milliseconds. */
  readonly due?: number | undefined;
  /** When it is gone, milliseconds. A time already past means gone at once. */
  readonly expiresAt?: number | undefined;
}

export type RecordQuery =
  | { readonly by: "index"; readonly name: string; readonly value: string; readonly limit: number }
  | { readonly by: "due"; readonly until: number; readonly limit: number }
  | { readonly by: "owner"; readonly channel: string; readonly person: string; readonly limit: number };

/** Everything else that is stored: questions, feedback, later tickets and entries. Rules over it are pure and live elsewhere. */
export interface Records {
  get(collection: string, id: string): Promise<StoredRecord | undefined>;
  put(collection: string, id: string, put: RecordPut): Promise<"saved" | "stale">;
  /** In order of id (index, owner) or of due time. */
  list(collection: string, query: RecordQuery): Promise<StoredRecord[]>;
  remove(collection: string, id: string): Promise<void>;
}

/** One place where something about a person is kept. Each room that stores some joins the list. */
export interface PersonalData {
  readonly name: string;
  /** Everything stored about the person, as plain JSON; an empty list where there is nothing. */
  export(channel: string, person: string): Promise<unknown[]>;
  /** Leaves nothing behind. */
  erase(channel: string, person: string): Promise<void>;
}

/** A store: one of each port over one connection or file. */
export interface Store extends AsyncDisposable {
  readonly conversations: Conversations;
  readonly debts: Debts;
  readonly records: Records;
  /** In the order in which they are erased. Conversations with what they owe come last: the deletion itself is owed until it is done. */
  readonly personalData: readonly PersonalData[];
  /** What a log may call an incoming: a keyed hash of its id. */
  nameForLog(incomingId: string): string;
}

/** How a delivery ended. `not-sent` and `slow-down` surely did not arrive; of `unknown` nobody can say. */
export type Sent =
  | { readonly ok: true; readonly reference: MessageReference }
  | { readonly ok: false; readonly why: "gone" | "refused" | "unknown" }
  | { readonly ok: false; readonly why: "slow-down" | "not-sent"; readonly retryAfterMs: number };

export type Handle = (address: Address, incoming: Incoming) => Promise<void>;

/** A platform: what comes in is handed on, what is delivered goes out. */
export interface Channel extends AsyncDisposable {
  readonly name: string;
  start(handle: Handle): Promise<void>;
  deliver(to: Address, reply: Reply): Promise<Sent>;
}

/** What a button under a post of the staff's room is for. *answer*, *close*, *correct* and *canned* ask for more first. */
export interface StaffButton {
  readonly label: Text;
  readonly act: "claim" | "answer" | "canned" | "close" | "correct" | "resend" | "learn";
  readonly ticket: string;
  /** The answer it is about. */
  readonly answer?: string | undefined;
  /** From whom the claim would be taken. */
  readonly over?: StaffReference | undefined;
}

/** A card, or a note in the thread under it. A value named `by` in its texts is a {@link StaffReference}, to be shown as a mention. */
export interface StaffPost {
  readonly paragraphs: readonly Text[];
  readonly buttons: readonly StaffButton[];
}

/** Where staff are: a channel of theirs, with a card for each ticket and private talk under it. */
export interface StaffRoom {
  /**
   * Posts, under another post where one is named. `id` names the post: after a try that nobody knows the end of (`tries` above 0) it is
   * looked for first, so that it stands there once.
   */
  post(post: StaffPost, how: { readonly id: string; readonly tries: number; readonly under?: MessageReference }): Promise<Sent>;
  /** Shows a post anew where it stands; `gone` where it does not stand there any more. */
  update(reference: MessageReference, post: StaffPost): Promise<Sent>;
  /** Takes a post away; one that is not there counts as taken away. */
  remove(reference: MessageReference): Promise<Sent>;
}

/** The danışma masası as the staff's platform uses it. */
export interface StaffDesk {
  /** What staff did with a button. `id` is the platform's of that very press: a second time it changes nothing. */
  act(ticket: string, by: StaffReference, act: StaffAct, id: string): Promise<Acted>;
  ticket(id: string): Promise<Ticket | undefined>;
  /** Those that wait: open or claimed. */
  waiting(limit: number): Promise<Ticket[]>;
}

/** Entries that staff write, as their platform uses them. */
export interface StaffEntries {
  act(entry: string, action: EntryAction): Promise<EntryOutcome>;
  record(entry: string): Promise<EntryRecord | undefined>;
  /** What waits for an approval. */
  drafts(limit: number): Promise<EntryRecord[]>;
}
