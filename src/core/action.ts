import type { Topic } from "#core/entry.ts";
import type { EventsAsked } from "#core/event.ts";
import type { AnnouncedTopic } from "#core/subscription.ts";
import type { Language } from "#text/language.ts";

/** What a press does. It stays in the conversation; only its number travels. */
export type Action =
  | { readonly act: "answer"; readonly entry: string }
  | { readonly act: "none-of-these" }
  | { readonly act: "rate"; readonly entry: string; readonly helpful: boolean }
  | { readonly act: "pass-on" }
  | { readonly act: "pass-on-confirmed"; readonly telephone?: string | undefined }
  | { readonly act: "pass-on-edit" }
  | { readonly act: "call-me" }
  /** Adds what was asked to the open ticket; private numbers are hidden in it. */
  | { readonly act: "pass-also"; readonly words: string }
  /** To be told once it is answered; private numbers are hidden in it. */
  | { readonly act: "tell-me"; readonly question: string }
  | { readonly act: "tell-me-not"; readonly awaited: string }
  | { readonly act: "withdraw"; readonly ticket: string }
  | { readonly act: "end-talk" }
  | { readonly act: "cancel" }
  | { readonly act: "topics" }
  | { readonly act: "topic"; readonly topic: Topic; readonly page: number }
  | ({ readonly act: "events"; readonly page: number } & EventsAsked)
  | { readonly act: "event"; readonly key: string }
  | { readonly act: "calendar"; readonly events: readonly string[] }
  /** To be reminded of an event, or not any more. */
  | { readonly act: "remind"; readonly event: string; readonly on: boolean }
  | { readonly act: "language"; readonly language: Language }
  | { readonly act: "announcements" }
  | { readonly act: "subscribe"; readonly topics: readonly AnnouncedTopic[]; readonly on: boolean }
  | ({ readonly act: "set-subscription" } & SubscriptionSet)
  | { readonly act: "cities"; readonly page: number }
  /** Absent: all of them. */
  | { readonly act: "city"; readonly city?: string | undefined }
  | { readonly act: "leave-all" }
  | { readonly act: "delete-my-data" };

/** What a press sets of how announcements come. */
export interface SubscriptionSet {
  readonly language?: Language | undefined;
  readonly reminders?: boolean | undefined;
  readonly weekly?: boolean | undefined;
}
