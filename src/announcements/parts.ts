import type { BulkPace, Claimed, Ledger, Pace, Recipient } from "#core/ledger.ts";
import type { Reply } from "#core/message.ts";
import type { Channel } from "#core/ports.ts";

/** What one of many gets. */
export interface Message {
  /** It has to fit into one message: one that arrives in part is never gone on with by another process. */
  readonly reply: Reply;
  /** Where it tells of several announcements: of which. A change of one of them then reaches exactly those who read of it. */
  readonly tells?: readonly string[] | undefined;
}

/** What is to go to many. */
export interface Run {
  readonly id: string;
  /** Everybody it goes to; absent where they are written down. Whoever is already is not added again. */
  readonly audience?: Iterable<Recipient> | AsyncIterable<Recipient> | undefined;
  /** What they get, or `undefined` where they do not want it any more; asked once, right before it is sent. */
  messageFor(to: Claimed): Message | undefined | Promise<Message | undefined>;
  /** From when on one may write to them: now, or a time to come. Milliseconds. */
  allowedFrom(to: Recipient, now: number): number;
  /** Until when what cannot be sent is tried again, milliseconds; then it ends as refused, or as uncertain where it may have been sent before. */
  readonly triedUntil: number;
  /** A second time changes nothing, as with an edit or a deletion: where nobody can say how one ended it is tried again. */
  readonly mayRepeat?: true | undefined;
  /** Whether it is neither paused nor stopped; asked before every claim and several times a second. */
  goesOn(): boolean | Promise<boolean>;
}

/** How the work on a run ended; `waiting`: nothing is due before then, and it is to be worked on again. */
export type RunEnd = { readonly is: "done" | "stopped" } | { readonly is: "waiting"; readonly until: number };

export interface DeliverLog {
  deliveryThrew(channel: string, error: unknown): void;
  sweepFailed(error: unknown): void;
}

export interface DeliverParts {
  readonly ledger: Ledger;
  readonly pace: BulkPace;
  /** Absent: another process has it. */
  readonly channel: (name: string) => Channel | undefined;
  readonly paceOf: (channel: string) => Pace;
  readonly log: DeliverLog;
  readonly now: () => number;
  /** Names this work on the run, and no other: not even the next one of the same process. */
  readonly holder: string;
  /** How many messages are on the wire at once (by the pace). */
  readonly lanes?: number | undefined;
  /** More than twice as long as a request may take (30 s). */
  readonly leaseMs?: number | undefined;
  readonly signal: AbortSignal;
}
