import type { Announcement, AnnouncementState } from "#core/announcement.ts";
import type { StaffReference } from "#core/ticket.ts";

/** What staff write of an announcement. */
export type AnnouncementDraft = Pick<Announcement, "news" | "event" | "topics" | "audience" | "text" | "urgent" | "sendAt">;

/** What is done to an announcement. `id` names the act: a second time it changes nothing. */
export type AnnouncementAction = { readonly id: string } & (
  | ({ readonly by: StaffReference } & (
      | { readonly do: "write"; readonly draft: AnnouncementDraft }
      | { readonly do: "edit"; readonly draft: AnnouncementDraft }
      /** `revision`: the one that was seen; `urgent`: that it may pass quiet hours, which is a word of its own. */
      | { readonly do: "approve"; readonly revision: number; readonly urgent: boolean }
      | { readonly do: "discard" | "pause" | "resume" | "stop" }
      | { readonly do: "withdraw" }
      | { readonly do: "resend-uncertain" }
      | { readonly do: "correct"; readonly text: Announcement["text"] }
      | { readonly do: "approve-correction"; readonly revision: number }
      | { readonly do: "drop-correction" }
    ))
  /** Its time has come; everybody it went to has ended. */
  | { readonly do: "start" }
  | { readonly do: "end" }
  | { readonly do: "end-after"; readonly run: string }
);

export type AnnouncementRefusal =
  | { readonly why: "publishing-off" }
  | { readonly why: "not-approver" }
  /** Nobody approves what they wrote; only a cancellation may go out on one approver's word. */
  | { readonly why: "own-draft" }
  | { readonly why: "gone" }
  /** It cannot be done to one that is in this state. */
  | { readonly why: "state"; readonly state: AnnouncementState }
  /** Somebody changed it since it was seen. */
  | { readonly why: "changed"; readonly by: StaffReference }
  | { readonly why: "unchanged" }
  | { readonly why: "withdrawn" }
  /** A correction or withdrawal is still under way. */
  | { readonly why: "busy" };

export type AnnouncementOutcome =
  | { readonly kind: "done"; readonly announcement: Announcement; readonly changed: boolean }
  | { readonly kind: "refused"; readonly refusal: AnnouncementRefusal };
