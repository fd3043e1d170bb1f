import type { AnnouncedTopic } from "#core/subscription.ts";
import type { StaffReference } from "#core/ticket.ts";
import type { Language } from "#text/language.ts";

export const ANNOUNCEMENT_FORMAT = 1;

/**
 * *draft* ⇄ *scheduled* (approved by another person) → *sending* ⇄ *paused* → *done* | *stopped*; a draft may be *discarded*. What was sent
 * can be corrected or withdrawn in *done* and *stopped*: that is a run of its own over those who have it.
 */
export const ANNOUNCEMENT_STATES = ["draft", "scheduled", "sending", "paused", "stopped", "done", "discarded"] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

/** What it says of an event, where it is about one: what buttons stand under it and whom it reaches follow from that. */
export const ANNOUNCEMENT_NEWS = ["news", "event", "moved", "cancelled"] as const;
export type AnnouncementNews = (typeof ANNOUNCEMENT_NEWS)[number];

export interface AnnouncementText {
  readonly title: string;
  readonly body: string;
}

/**
 * Whom it goes to: who is subscribed to a topic of it in its city, or exactly those whom earlier announcements reached or may have; then also
 * the `rest` of those that were stopped for its sake, who are told for the first time.
 */
export type AudienceAsked =
  | { readonly of: "subscribers"; readonly topics: readonly AnnouncedTopic[]; readonly city?: string | undefined }
  | { readonly of: "told"; readonly by: readonly string[]; readonly rest?: readonly string[] | undefined };

/** Something staff tell subscribers. Text and audience are fixed when it is approved. */
export interface Announcement {
  readonly format: typeof ANNOUNCEMENT_FORMAT;
  /** Eight small letters and digits: it travels in buttons. */
  readonly id: string;
  readonly news: AnnouncementNews;
  /** Key of the event it is about. */
  readonly event?: string | undefined;
  readonly topics: readonly AnnouncedTopic[];
  readonly audience: AudienceAsked;
  /** Turkish always; without English, English readers are told so above the Turkish text. */
  readonly text: { readonly tr: AnnouncementText; readonly en?: AnnouncementText | undefined };
  /** Passes quiet hours; needs its own approval. */
  readonly urgent: boolean;
  /** Milliseconds; absent: once approved. */
  readonly sendAt?: number | undefined;
  readonly state: AnnouncementState;
  readonly author: StaffReference;
  readonly approver?: StaffReference | undefined;
  readonly history: readonly AnnouncementDeed[];
  /** Words that wait for another person's word to take the place of those that were sent. */
  readonly correction?: { readonly text: Announcement["text"]; readonly by: StaffReference } | undefined;
  /** What is done to the messages that were sent, in order. */
  readonly after?: readonly AfterRun[] | undefined;
  /** The uncertain are to be sent to again; nothing of it goes out before they are due in the ledger. */
  readonly resending?: true | undefined;
  /** It was stopped, and whom it reached is yet to be reminded of its event. */
  readonly reminding?: true | undefined;
  /** Ids of what was done last: a press that comes again changes nothing. */
  readonly taken: readonly string[];
}

/** A correction or withdrawal under way or done: a run of its own in the ledger. */
export interface AfterRun {
  readonly run: string;
  readonly does: "correct" | "withdraw";
  readonly done: boolean;
}

export const ANNOUNCEMENT_DEEDS = [
  "write",
  "edit",
  "discard",
  "approve",
  "take-back",
  "start",
  "pause",
  "resume",
  "stop",
  "end",
  "correct",
  "approve-correction",
  "drop-correction",
  "withdraw",
  "resend-uncertain",
] as const;

/** Who did what when; never what it said. Without `by` it was time that came. */
export interface AnnouncementDeed {
  readonly at: number;
  readonly did: (typeof ANNOUNCEMENT_DEEDS)[number];
  readonly by?: StaffReference | undefined;
}

/** What a person is shown of an announcement, and what its buttons need to know. */
export interface Announced extends Pick<Announcement, "id" | "news" | "event" | "topics" | "audience" | "text"> {
  /** It was taken back, or what it invites to does not take place. */
  readonly void?: true | undefined;
}

/** What stands under an announcement. */
export const ANNOUNCEMENT_BUTTONS = ["calendar", "remind", "leave"] as const;
export type AnnouncementButton = (typeof ANNOUNCEMENT_BUTTONS)[number];

/** What is pressed under an announcement, or under a message that tells of several: their order travels in buttons, so one more comes last. */
export const ANNOUNCEMENT_PRESSES = [...ANNOUNCEMENT_BUTTONS, "open", "leave-all"] as const;
export type AnnouncementPress = (typeof ANNOUNCEMENT_PRESSES)[number];

/** The event that its readers know the time of by it, and may be reminded of. */
export function eventToRemindOf({ event, news }: Pick<Announcement, "event" | "news">): string | undefined {
  return news === "event" || news === "moved" ? event : undefined;
}

/** The text a reader gets, and whether it is not in their language. */
export function textFor(
  { text }: Pick<Announcement, "text">,
  language: Language,
): AnnouncementText & { readonly foreign: boolean } {
  const own = text[language];
  return own === undefined ? { ...text.tr, foreign: true } : { ...own, foreign: false };
}

/** The id of the announcement that an act begins: eight small letters and digits, the same for the same act. */
export function announcementIdFor(act: string): string {
  return (hash53(act) % 36 ** 8).toString(36).padStart(8, "0");
}

/** cyrb53, a public domain hash of 53 bits: both halves mix into one another at the end, so that neither repeats where the other does. */
function hash53(words: string): number {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < words.length; at += 1) {
    const code = words.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return 4294967296 * (2097151 & two) + (one >>> 0);
}
