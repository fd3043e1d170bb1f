import type { Conversation, Person } from "#core/conversation.ts";
import type { BulkPace, Ledger } from "#core/ledger.ts";
import type { Address, Effect, Incoming, MessageReference, Reply } from "#core/message.ts";
import type { Rate } from "#core/rate.ts";
import type { Chat } from "#core/step.ts";

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
  /** Holds a conversation for `leaseMs` more, for as long as its holder lives and works. False where the lease has passed to another. */
  renew(address: Address, holder: string, leaseMs: number, now: number): Promise<boolean>;
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
  /** Where it stands among those of its names, the lowest first: a whole number from 0, such as milliseconds. Absent: 0. */
  readonly order?: number | undefined;
  /** When it is due, milliseconds. */
  readonly due?: number | undefined;
  /** When it is gone, milliseconds. A time already past means gone at once. */
  readonly expiresAt?: number | undefined;
}

export type RecordQuery =
  /** The first by their order, and no more than these are read. */
  | { readonly by: "order"; readonly name: string; readonly value: string; readonly limit: number }
  | { readonly by: "index"; readonly name: string; readonly value: string; readonly limit: number }
  /** In an order of the store's own that does not change, after the record with the id `after`: for lists too long to be read whole. */
  | {
      readonly by: "page";
      readonly name: string;
      readonly value: string;
      readonly after?: string | undefined;
      readonly limit: number;
    }
  | { readonly by: "due"; readonly until: number; readonly limit: number }
  | { readonly by: "owner"; readonly channel: string; readonly person: string; readonly limit: number };

/** Everything else that is stored: questions, feedback, later tickets and entries. Rules over it are pure and live elsewhere. */
export interface Records {
  get(collection: string, id: string): Promise<StoredRecord | undefined>;
  put(collection: string, id: string, put: RecordPut): Promise<"saved" | "stale">;
  /**
   * In order of id (index, owner), of their order or of due time, or by pages: one with fewer than `limit` is the last. However many there
   * are, nothing else is kept waiting long.
   */
  list(collection: string, query: RecordQuery): Promise<StoredRecord[]>;
  /** How many are listed under a name. One whose time came a moment ago may still be counted. */
  count(collection: string, name: string, value: string): Promise<number>;
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
  readonly rate: Rate;
  readonly ledger: Ledger;
  readonly pace: BulkPace;
  /** In the order in which they are erased. Conversations with what they owe come last: the deletion itself is owed until it is done. */
  readonly personalData: readonly PersonalData[];
  /** What a log may call an incoming: a keyed hash of its id. */
  nameForLog(incomingId: string): string;
}

/** How a delivery ended. `not-sent` and `slow-down` surely did not arrive; of `unknown` nobody can say. */
export type Sent =
  | { readonly ok: true; readonly reference: MessageReference }
  | { readonly ok: false; readonly why: "gone" | "refused" | "unknown" }
  /** `begun`: of several messages some have arrived before; this process goes on after them, another would begin anew. */
  | {
      readonly ok: false;
      readonly why: "slow-down" | "not-sent";
      readonly retryAfterMs: number;
      readonly begun?: true | undefined;
    };

/**
 * Takes an incoming; "silenced": it was passed over, as its person sends too much. `saved` is told as soon as its turn is saved: from then
 * on it may be acknowledged, while what it owes still goes out.
 */
export type Handle = (address: Address, incoming: Incoming, saved?: () => void) => Promise<"taken" | "silenced" | void>;

/** Names one delivery, so that a platform that can be read back is asked whether it arrived before. */
export interface Delivery {
  /** The same for every try. */
  readonly id: string;
  /** How often it was tried before without anybody knowing how that ended. */
  readonly attempts: number;
  /** One of many: it answers nobody, and may be paid for to go faster. */
  readonly bulk?: true | undefined;
}

/** A platform: what comes in is handed on, what is delivered goes out. */
export interface Channel extends AsyncDisposable {
  readonly name: string;
  /** Whether it can look a delivery up by its id: what was tried before is then not sent again where it has arrived. */
  readonly looksUp?: true | undefined;
  start(handle: Handle): Promise<void>;
  deliver(to: Address, reply: Reply, delivery?: Delivery): Promise<Sent>;
  /** Whose a chat is. Absent where each is one person's own. */
  chatOf?(address: Address): Chat;
  /** A person's own chat with the bot, opened if need be, or why it was not; absent where only they can open it. */
  ownChat?(address: Address): Promise<Address | Sent>;
}
