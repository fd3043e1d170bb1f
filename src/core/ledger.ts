import type { Address, MessageReference } from "#core/message.ts";
import type { Language } from "#text/language.ts";

/** Somebody an announcement goes to. One row each, named by channel and person. */
export interface Recipient {
  readonly address: Address;
  readonly language: Language;
  /** Where one message tells of several announcements: of which, by id. A change of one of them reaches whom it was told to. */
  readonly tells?: readonly string[] | undefined;
  /** They were to be told before and were not: they get it for what they chose, not for what they have read. */
  readonly untold?: true | undefined;
}

/** How a recipient ends; *uncertain*: it was on the wire when nobody could see any more how it ended. */
export type Delivered =
  | { readonly is: "sent"; readonly reference: MessageReference }
  | { readonly is: "failed"; readonly why: "gone" | "refused" | "left" }
  | { readonly is: "uncertain" }
  /** Surely not arrived: it is tried again from `at` on. */
  | { readonly is: "again"; readonly at: number };

export interface Claimed extends Recipient {
  /** Names the row to its holder. */
  readonly row: string;
  /** How often it was on the wire before without anybody knowing how that ended. */
  readonly attempts: number;
}

/** A row that has ended. */
export interface Ended extends Claimed {
  /** Of what was sent. */
  readonly reference?: MessageReference | undefined;
}

export interface LedgerCounts {
  readonly pending: number;
  readonly claimed: number;
  readonly sending: number;
  readonly sent: number;
  readonly failed: Readonly<Record<"gone" | "refused" | "left", number>>;
  readonly uncertain: number;
  /** Rows of people who had everything deleted: they stay as marks without a name, so that a repeated expansion does not send again. */
  readonly erased: number;
  /** Rows that were not on the wire when the run was closed. */
  readonly unsent: number;
}

/** Where a row is on its way. */
export type RowState = keyof LedgerCounts;

export type ListedEnd = "sent" | "failed" | "uncertain" | "unsent";

/**
 * Who gets a run of messages, and how it ended for each: pending → claimed → sending → sent | failed | uncertain; unsent where it was closed
 * before. Every step is conditional
 * on holder and state, and safe to ask for twice. A run is an announcement, or a correction or withdrawal of one; it is gone, with all its
 * rows, once nobody has added to it for as long as the store keeps things, unless it is asked to keep it for longer.
 */
export interface Ledger {
  /** Adds rows that are not there yet, due from `at` on; repeatable after a crash. Gives how many were new. */
  expand(run: string, recipients: readonly Recipient[], at: number): Promise<number>;
  /** Keeps a run, with all its rows, at least until then (milliseconds); never for less long than it was. False where there is none to keep. */
  keep(run: string, until: number): Promise<boolean>;
  /**
   * Up to `most` rows that are due, now held by `holder`; "fenced" where the store lost data a moment ago: nothing is given out until every
   * process has had time to tell it again how its own rows ended. Then it is to be asked again soon.
   */
  claim(run: string, holder: string, most: number, now: number): Promise<readonly Claimed[] | "fenced">;
  /**
   * Marks a claimed row as on the wire, right before it is sent; with `shows`, as the row of one who is shown that from then on. False where it is no
   * longer the holder's, or is so marked: then it must not be sent.
   */
  arm(run: string, holder: string, row: string, now: number, shows?: Recipient): Promise<boolean>;
  /**
   * How it ended. The holder who armed it may still settle a row that was swept to uncertain meanwhile; a row that is only claimed can be
   * left, refused or given back.
   */
  settle(run: string, holder: string, row: string, delivered: Delivered): Promise<boolean>;
  /** After a lease: what was claimed is pending again, what was on the wire is uncertain. Gives how many rows changed. */
  sweep(run: string, leaseMs: number, now: number): Promise<number>;
  /** Ends a run that was stopped: what is not on the wire by now never will be. Gives how many rows that were. */
  close(run: string): Promise<number>;
  counts(run: string): Promise<LedgerCounts>;
  /** Where the row of each of these is; `undefined` of who has none. */
  statesOf(run: string, addresses: readonly Address[]): Promise<readonly (RowState | undefined)[]>;
  /** Rows that ended so, by pages in order of row; `after` is the last row of the page before. Those who left or were erased are not in it. */
  list(run: string, ended: ListedEnd, after: string | undefined, most: number): Promise<readonly Ended[]>;
  /** Of which announcements it tells each of these, in their order; `undefined` where no name is there to be read. */
  tellsOf(run: string, addresses: readonly Address[]): Promise<readonly (readonly string[] | undefined)[]>;
  /**
   * Makes the uncertain pending again, on purpose: all, or those for which `only` says so. Gives how many. They are read by pages; where `goesOn`
   * says no once a page is read, it ends, and no row changes that was tried again since it was read.
   */
  resendUncertain(run: string, at: number, only?: (row: Ended) => boolean, goesOn?: () => Promise<boolean>): Promise<number>;
  /** When the next pending row is due, milliseconds; `undefined` where none is left. */
  nextDue(run: string): Promise<number | undefined>;
}

export interface Pace {
  readonly perSecond: number;
  /** How many may go at once to make good for a moment's delay. */
  readonly burst: number;
}

/** How fast all processes together send in bulk on a channel, by the store's own clock. */
export interface BulkPace {
  /** Takes a place: 0, or after how many milliseconds to ask again. */
  take(channel: string, pace: Pace): Promise<number>;
  /** The platform asked all bulk to stop for so long; the pace is halved, once a stop, and grows again slowly. */
  stopFor(channel: string, ms: number): Promise<void>;
}

/** Something to be done at a time, once, by whichever process is there. */
export interface Job {
  readonly name: string;
  /** The same id again replaces it. */
  readonly id: string;
  readonly about: string;
}

/** Due work. A job that throws is done again; one whose process died too. It is not the record of what was done. */
export interface Jobs extends AsyncDisposable {
  schedule(job: Job, at: number): Promise<void>;
  cancel(name: string, id: string): Promise<void>;
  /** Does the jobs of a name from now on. */
  work(name: string, run: (job: Job) => Promise<void>): Promise<void>;
}
