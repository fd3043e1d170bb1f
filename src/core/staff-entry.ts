import type { Entry } from "#core/entry.ts";
import type { StaffReference } from "#core/ticket.ts";

export const ENTRY_FORMAT = 1;
export const DECISIONS = ["approved", "rejected"] as const;

/** One state of an entry that somebody wrote: its whole text, or that it is to be retired. All of them are kept. */
export interface EntryVersion {
  readonly number: number;
  readonly by: StaffReference;
  readonly at: number;
  /** Absent: it is to answer nothing any more. */
  readonly entry?: Entry | undefined;
  /** What answered until then, of one that is to be retired: it can be written anew. */
  readonly was?: Entry | undefined;
  readonly decided?: { readonly is: (typeof DECISIONS)[number]; readonly by: StaffReference; readonly at: number } | undefined;
}

/** An entry that staff write, with all its versions. At most the last one is a draft. */
export interface EntryRecord {
  readonly format: typeof ENTRY_FORMAT;
  readonly id: string;
  /** The ticket that it was learned from. */
  readonly from?: string | undefined;
  readonly versions: readonly EntryVersion[];
  /** The number of the version that answers; of one that retires, nothing does. */
  readonly live?: number | undefined;
  readonly taken: readonly string[];
}

export type EntryAction = { readonly id: string; readonly by: StaffReference } &
  /** `over`: how many versions there were when it was begun; absent where it begins an entry. */
  (
    | { readonly do: "propose"; readonly entry: Entry; readonly from?: string | undefined; readonly over?: number | undefined }
    | { readonly do: "propose-retiring"; readonly was?: Entry | undefined; readonly over?: number | undefined }
    /** `version`: the one that was seen. */
    | { readonly do: "approve"; readonly version: number }
    | { readonly do: "reject"; readonly version: number }
  );

export type EntryRefusal =
  | { readonly why: "publishing-off" }
  | { readonly why: "not-approver" }
  /** Nobody approves what they wrote. */
  | { readonly why: "own-draft" }
  | { readonly why: "no-draft" }
  /** Somebody changed it since it was seen. */
  | { readonly why: "changed"; readonly by: StaffReference }
  | { readonly why: "incomplete"; readonly problems: readonly string[] };

export type EntryOutcome =
  | { readonly kind: "done"; readonly record: EntryRecord; readonly published: boolean }
  | { readonly kind: "refused"; readonly refusal: EntryRefusal };

/** What waits for an approval. */
export function draftOf({ versions }: EntryRecord): EntryVersion | undefined {
  const last = versions.at(-1);
  return last?.decided === undefined ? last : undefined;
}

/** What answers now: an entry, or nothing because it is retired; `undefined` while nothing was approved. */
export function liveOf({ versions, live }: EntryRecord): { readonly entry: Entry | undefined } | undefined {
  const version = versions.find(({ number }) => number === live);
  return version && { entry: version.entry };
}

/** The text of it that was written last, whatever was decided on it. */
export function lastTextOf({ versions }: EntryRecord): Entry | undefined {
  const last = versions.findLast(({ entry, was }) => entry !== undefined || was !== undefined);
  return last?.entry ?? last?.was;
}
