import type { StaffReference } from "#core/ticket.ts";

export const AUDITED = [
  "ticket.claim",
  "ticket.answer",
  "ticket.correct",
  "ticket.resend",
  "ticket.close",
  "entry.propose",
  "entry.propose-retiring",
  "entry.approve",
  "entry.reject",
  "announcement.write",
  "announcement.edit",
  "announcement.discard",
  "announcement.approve",
  "announcement.take-back",
  "announcement.pause",
  "announcement.resume",
  "announcement.stop",
  "announcement.correct",
  "announcement.approve-correction",
  "announcement.drop-correction",
  "announcement.withdraw",
  "announcement.resend-uncertain",
  "announcement.hold-all",
  "announcement.resume-all",
  "event.propose",
  "event.approve",
  "event.reject",
  "refused",
] as const;
type Deed = (typeof AUDITED)[number];

/** Who did what, when, and to which ticket, entry, announcement or event. Never what was said. */
export interface AuditEntry {
  readonly at: number;
  readonly by: StaffReference;
  readonly did: Deed;
  /** The id of what it was done to. */
  readonly on: string;
  /** Why it was refused, as a code. */
  readonly why?: string | undefined;
}

/** Notes it, once for an id. */
export type Note = (id: string, entry: AuditEntry) => Promise<void>;
