import type { Announcement } from "#core/announcement.ts";
import { DECISIONS } from "#core/staff-entry.ts";
import type { Event } from "#core/event.ts";
import type { StaffReference } from "#core/ticket.ts";
import type { Language } from "#text/language.ts";

export const STAFF_EVENT_FORMAT = 1;

export const EVENT_CHANGES = ["new", "edit", "move", "cancel"] as const;
export type EventChange = (typeof EVENT_CHANGES)[number];

/** News of an event. `noteIn`: the only language that a note was written in, which readers of the other get too. */
export interface Told {
  readonly text: Announcement["text"];
  readonly urgent: boolean;
  readonly noteIn?: Language | undefined;
}

/** One state of an event that somebody wrote. All of them are kept. */
export interface EventVersion {
  readonly number: number;
  readonly by: StaffReference;
  readonly at: number;
  readonly change: EventChange;
  readonly event: Event;
  /** What those are told who were told of it; only of a move or a cancellation. */
  readonly told?: Told | undefined;
  readonly decided?: { readonly is: (typeof DECISIONS)[number]; readonly by: StaffReference; readonly at: number } | undefined;
}

/** An event that staff write, with all its versions. At most the last one is a draft. */
export interface StaffEventRecord {
  readonly format: typeof STAFF_EVENT_FORMAT;
  readonly key: string;
  readonly versions: readonly EventVersion[];
  /** The number of the version that holds. */
  readonly live?: number | undefined;
  /** The version that is not known everywhere, or whose news is not on its way yet. */
  readonly owes?: number | undefined;
  readonly taken: readonly string[];
}

/** Who approved that an event is cancelled, which is for good; `undefined` where nobody has. */
export function cancelledBy({ versions }: Pick<StaffEventRecord, "versions">): StaffReference | undefined {
  return versions.find(({ change, decided }) => change === "cancel" && decided?.is === "approved")?.decided?.by;
}

export type EventAction = { readonly id: string; readonly by: StaffReference } &
  /** `over`: the draft that was seen, which this takes the place of; without it nobody's draft is to be lost. */
  (
    | ({ readonly do: "propose"; readonly over?: number | undefined } & Pick<EventVersion, "change" | "event" | "told">)
    /** `version`: the one that was seen; `urgent`: that the news of it may pass quiet hours. */
    | { readonly do: "approve"; readonly version: number; readonly urgent: boolean }
    | { readonly do: "reject"; readonly version: number }
  );

export type EventRefusal =
  | { readonly why: "publishing-off" }
  | { readonly why: "not-approver" }
  | { readonly why: "own-draft" }
  | { readonly why: "no-draft" }
  | { readonly why: "changed"; readonly by: StaffReference }
  /** Somebody's draft waits for a decision. */
  | { readonly why: "waits"; readonly by: StaffReference }
  /** There is one of this key, or none, or it is cancelled for good. */
  | { readonly why: "taken" }
  | { readonly why: "gone" }
  | { readonly why: "cancelled" }
  /** A move moves something. */
  | { readonly why: "unmoved" };

export type EventOutcome =
  | { readonly kind: "done"; readonly record: StaffEventRecord; readonly published: boolean }
  | { readonly kind: "refused"; readonly refusal: EventRefusal };

/** Events that staff write, as their platform uses them. */
export interface StaffEventDesk {
  act(key: string, action: EventAction): Promise<EventOutcome>;
  record(key: string): Promise<StaffEventRecord | undefined>;
  /** What waits for an approval. */
  drafts(limit: number): Promise<StaffEventRecord[]>;
}
