import type { Announcement, AnnouncementState } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import type { LedgerCounts } from "#core/ledger.ts";
import type { Reply } from "#core/message.ts";
import type { Sent } from "#core/ports.ts";
import type { EventChange } from "#core/staff-event.ts";
import type { StaffReference } from "#core/ticket.ts";
import type { Language } from "#text/language.ts";

/** What staff write of an announcement. */
export type AnnouncementDraft = Pick<Announcement, "news" | "event" | "topics" | "audience" | "text" | "urgent" | "sendAt">;

/** What is done to an announcement. `id` names the act: a second time it changes nothing. */
export type AnnouncementAction = { readonly id: string } & (
  | ({ readonly by: StaffReference } & (
      | { readonly do: "write"; readonly draft: AnnouncementDraft }
      | { readonly do: "edit"; readonly draft: AnnouncementDraft }
      /** `revision`: the one that was seen; `urgent`: that it may pass quiet hours, which is a word of its own. */
      | { readonly do: "approve"; readonly revision: number; readonly urgent: boolean }
      /** Of one that is approved and has not begun: it is a draft again. */
      | { readonly do: "take-back" }
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
  /** The uncertain are due again. */
  | { readonly do: "resend" }
  /** Whom it reached before it was stopped is to be reminded by now. */
  | { readonly do: "reminded" }
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
  /** The event it is about does not take place. */
  | { readonly why: "event-cancelled"; readonly by?: StaffReference | undefined }
  | { readonly why: "withdrawn" }
  /** A correction or withdrawal is still under way. */
  | { readonly why: "busy" };

export type AnnouncementOutcome =
  | { readonly kind: "done"; readonly announcement: Announcement; readonly changed: boolean }
  | { readonly kind: "refused"; readonly refusal: AnnouncementRefusal };

/** Announcements as the staff's platform uses them. */
export interface StaffAnnouncements {
  act(id: string, action: AnnouncementAction): Promise<AnnouncementOutcome>;
  announcement(id: string): Promise<Announcement | undefined>;
  /** Something of it is still to be done. */
  open(): Promise<Announcement[]>;
}

/** One press that holds all sending. */
export interface StaffHold {
  /** Who holds it, and since when; `undefined` while everything goes on. */
  held(): Promise<{ readonly by: StaffReference; readonly at: number } | undefined>;
  /** Whoever works here may hold; going on takes an approver. */
  set(act: string, by: StaffReference, on: boolean): Promise<AnnouncementRefusal | undefined>;
}

/** What staff are shown of an announcement before and while it goes out. */
/** How many an announcement goes to: by itself once it goes out, and with the weekly message after that. */
export interface AudienceSize {
  readonly single: number;
  readonly weekly: number;
}

export interface AnnouncementViews {
  /** As it will look to a reader of this language. */
  preview(announcement: Announcement, language: Language): Reply;
  /** What is answered of an event. */
  eventLines(event: Event, language: Language): string;
  /** The platform that cannot show it as one message; `undefined` where all can. */
  tooLongFor(reply: Reply): string | undefined;
  /** How many it would go to. */
  audienceSize(announcement: Announcement): Promise<AudienceSize>;
  /** How many would be told now that an event is moved or cancelled. */
  newsSize(event: string, change: EventChange): Promise<number>;
  /** How it stands with those it goes to; `undefined` where that was kept no longer. */
  counts(run: string): Promise<LedgerCounts | undefined>;
  /** Whether it goes to those whom earlier ones reached, and that was kept no longer. */
  isUnknown(announcement: Announcement): Promise<boolean>;
  /** Shows a person alone what others will get. `id` names it: it arrives once. */
  sendToMe(person: string, reply: Reply, id: string): Promise<Sent>;
}
