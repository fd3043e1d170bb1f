import type { Announcement, AnnouncementDeed } from "#core/announcement.ts";
import type { AnnouncementOutcome, AnnouncementRefusal } from "#core/announcing.ts";
import type { StaffReference } from "#core/ticket.ts";

/** What approvals are bound to. No approvers: publishing is off. */
export interface AnnouncingRules {
  readonly approvers: readonly StaffReference[];
  /** Set where the event does not take place that an announcement is about; by whom, where that is known. */
  readonly cancelled?: { readonly by?: StaffReference | undefined } | undefined;
}

const MOST_TAKEN = 100;

export function done(announcement: Announcement): AnnouncementOutcome {
  return { kind: "done", announcement, changed: true };
}

export function refused(refusal: AnnouncementRefusal): AnnouncementOutcome {
  return { kind: "refused", refusal };
}

/** With what was done to it written down. */
export function deed(announcement: Announcement, at: number, did: AnnouncementDeed["did"], by?: StaffReference): Announcement {
  return { ...announcement, history: [...announcement.history, { at, did, ...(by === undefined ? {} : { by }) }] };
}

export function takenWith(announcement: Announcement, act: string): Announcement {
  return { ...announcement, taken: [...announcement.taken, act].slice(-MOST_TAKEN) };
}

/** When it was first written, milliseconds. */
export function writtenAt({ history }: Pick<Announcement, "history">): number {
  return history[0]?.at ?? 0;
}

/** Counts what was written: whoever approves says which one they have read. */
export function revisionOf({ history }: Pick<Announcement, "history">): number {
  return history.filter(({ did }) => did === "write" || did === "edit" || did === "correct").length;
}

export function mayApprove(by: StaffReference, { approvers }: AnnouncingRules): AnnouncementRefusal | undefined {
  if (approvers.length === 0) return { why: "publishing-off" };
  return approvers.includes(by) ? undefined : { why: "not-approver" };
}
