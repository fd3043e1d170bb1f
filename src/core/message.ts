import type { Action, CalendarLinkAct } from "#core/action.ts";
import type { AnnouncementButton, AnnouncementPress } from "#core/announcement.ts";
import type { Command } from "#core/command-names.ts";
import type { Subscription } from "#core/subscription.ts";
import type { Language } from "#text/language.ts";
import type { Notice } from "#core/notice.ts";
import type { TextKey } from "#core/texts.ts";
import type { DeliveryReport, MemberAct } from "#core/ticket.ts";

/** A message as a platform names it. */
export type MessageReference = string;

/** Where a conversation takes place and with whom. Together these name one conversation; channel and person name one person. */
export interface Address {
  readonly channel: string;
  readonly chat: string;
  readonly thread?: string | undefined;
  readonly person: string;
}

/** What a person can send instead of words. */
export const ATTACHMENTS = ["voice", "sticker", "picture", "video", "location", "contact", "file", "other"] as const;
export type Attachment = (typeof ATTACHMENTS)[number];

interface Envelope {
  /** The platform's own id: the same id delivered again is the same message. */
  readonly id: string;
  /** The client's language, where the platform tells it. */
  readonly clientLanguage?: Language | undefined;
}

/** Everything that can reach a conversation. */
export type Incoming = Envelope &
  /** `repliesTo`: the message it answers, where the platform tells. */
  (
    | {
        readonly kind: "message";
        readonly text: string;
        readonly repliesTo?: MessageReference | undefined;
        /** Every option was shown with a number, as on a console, and not the listed ones alone. */
        readonly numbered?: boolean | undefined;
      }
    | {
        readonly kind: "attachment";
        readonly what: Attachment;
        /** How long a voice message or video is. */
        readonly seconds?: number | undefined;
        readonly repliesTo?: MessageReference | undefined;
      }
    | { readonly kind: "choice"; readonly turn: number; readonly option: number }
    | { readonly kind: "command"; readonly command: Command; readonly argument: string }
    | { readonly kind: "notice"; readonly notice: Notice }
    /** What stands under an announcement was pressed; it belongs to no turn. */
    | { readonly kind: "announcement-press"; readonly announcement: string; readonly button: AnnouncementPress }
    /** The person blocked the bot, or is back. */
    | { readonly kind: "presence"; readonly reachable: boolean }
  );

/** What is put into a text: words, a number, or another text, in the same language. */
export type TextValues = Readonly<Record<string, string | number | { readonly key: TextKey }>>;

/** A text named by its key, or words that were written elsewhere (an answer, a title). */
export type Text = ({ readonly key: TextKey; readonly values?: TextValues } | { readonly words: string }) & {
  /** An address that belongs to it; a channel shows it as a link. */
  readonly url?: string;
  /** Words about the bot itself: a command in them is named as the channel takes it. In a text with a key it always is. */
  readonly namesCommands?: true;
  /** Words to be copied just as they stand, such as an address that is to be pasted elsewhere: a channel makes no link of them. */
  readonly toCopy?: true;
};

export interface Option {
  readonly label: Text;
  readonly action: Action;
  /** Listed with its number in the text, and not only as a button. */
  readonly listed: boolean;
}

/** What leaves a turn. A channel shows each in its own way; a text never holds a platform's markup. */
export type Reply =
  | { readonly kind: "say"; readonly language: Language; readonly paragraphs: readonly Text[] }
  | {
      readonly kind: "choices";
      readonly language: Language;
      readonly paragraphs: readonly Text[];
      /** The turn these options belong to, so that a late press is understood. */
      readonly turn: number;
      readonly options: readonly Option[];
    }
  /** Sent to whoever asked for such; what is pressed under it belongs to the announcement and to no turn. */
  | {
      readonly kind: "announcement";
      readonly language: Language;
      readonly paragraphs: readonly Text[];
      readonly announcement: string;
      readonly buttons: readonly AnnouncementButton[];
    }
  /** Tells of several, sent to whoever asked for one message a week: each is opened by a button, however old it is, and one leaves all. */
  | {
      readonly kind: "digest";
      readonly language: Language;
      readonly paragraphs: readonly Text[];
      /** Listed with their numbers after the first line. */
      readonly announcements: readonly { readonly id: string; readonly title: string }[];
    }
  | {
      readonly kind: "document";
      readonly language: Language;
      readonly caption: Text;
      readonly name: string;
      readonly content: string;
    }
  /** Asks for free text: a dialog where the platform has one, otherwise a question that the next message answers. */
  | { readonly kind: "form"; readonly language: Language; readonly question: Text; readonly field: string }
  /** Replaces what the options of a turn were shown with. */
  | {
      readonly kind: "edit";
      readonly language: Language;
      readonly turn: number;
      readonly reply: Extract<Reply, { kind: "say" | "choices" }>;
    }
  /** Replaces a message that is known by its reference. */
  | {
      readonly kind: "amend";
      readonly language: Language;
      readonly reference: MessageReference;
      readonly reply: Extract<Reply, { kind: "say" | "choices" | "announcement" }>;
    }
  /** Takes a message away that is known by its reference; one that is not there counts as taken away. */
  | { readonly kind: "withdraw"; readonly language: Language; readonly reference: MessageReference };

/** What a turn wants done beyond replying. Each is owed like a reply, and safe to do twice under its id. */
export type Effect =
  | {
      readonly kind: "record-unanswered";
      readonly question: string;
      readonly language: Language;
      readonly offered: readonly string[];
      readonly passedOn: boolean;
    }
  | { readonly kind: "record-feedback"; readonly entry: string; readonly helpful: boolean }
  /** What was said to be missing. It belongs to a verdict and is none of its own. */
  | { readonly kind: "record-comment"; readonly entry: string; readonly missing: string }
  | {
      readonly kind: "open-ticket";
      readonly ticket: string;
      readonly question: string;
      readonly language: Language;
      readonly offered: readonly string[];
      /** Passed on purpose. */
      readonly telephone?: string | undefined;
      /** The closed ticket that it goes on from. */
      readonly follows?: string | undefined;
      /** Which wording of the confirmation the member agreed to. */
      readonly textVersion: string;
    }
  /** Somebody agreed to be told. `awaited` names it; `textVersion`: what they agreed to. */
  | {
      readonly kind: "await-answer";
      readonly awaited: string;
      readonly question: string;
      readonly language: Language;
      readonly textVersion: string;
    }
  | { readonly kind: "await-no-more"; readonly awaited: string }
  /** `consent`: to which wording the member agreed, of what passes their words on. */
  | {
      readonly kind: "tell-desk";
      readonly ticket: string;
      readonly act: MemberAct;
      readonly language: Language;
      readonly consent?: { readonly to: "pass-on" | "pass-also" | "talk"; readonly textVersion: string } | undefined;
    }
  /** Goes on with handing a question over in the person's own chat. */
  | {
      readonly kind: "hand-over-alone";
      readonly question?: string | undefined;
      readonly offered: readonly string[];
      readonly language: Language;
    }
  /** Unlike a reply it is never sent twice: where nobody can say whether it arrived, that is what is reported. */
  | {
      readonly kind: "send-once";
      readonly reply: Reply;
      /** The answer that it is a send of. */
      readonly of?: { readonly ticket: string; readonly answer: string; readonly send: number } | undefined;
      /** First the message that is there is replaced; once that is done `note` goes out in place of `reply`. */
      readonly amends?: { readonly amended: Reply; readonly note: Reply } | undefined;
    }
  | ({ readonly kind: "report-delivery" } & DeliveryReport)
  /** Lists what the person chose, for drawing an audience; of two the one that was changed later holds. */
  | { readonly kind: "save-subscription"; readonly subscription: Subscription }
  /** To be told of an event before it begins, or not any more. */
  | { readonly kind: "remind"; readonly event: string; readonly on: boolean; readonly language: Language }
  /** Makes, replaces or closes the address of their calendar, and tells it. */
  | { readonly kind: "calendar-link"; readonly do: CalendarLinkAct; readonly language: Language }
  | { readonly kind: "export-my-data" }
  /** Also says that it is done: once everything is deleted, no turn is left to say it in. */
  | { readonly kind: "delete-my-data"; readonly language: Language };
