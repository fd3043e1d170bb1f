import type { Topic } from "#core/entry.ts";
import type { Event } from "#core/event.ts";
import type { Address } from "#core/message.ts";
import { ONLINE } from "#text/city-names.ts";
import type { Language } from "#text/language.ts";

/** What announcements are about: everything but the service itself. */
export const ANNOUNCED_TOPICS = [
  "events",
  "social-economy",
  "cooperatives",
  "law",
  "union",
  "esmed",
] as const satisfies readonly Topic[];
export type AnnouncedTopic = (typeof ANNOUNCED_TOPICS)[number];

/** What a person chose to be told of. It belongs to the person, and changes only in turns of theirs. */
export interface Subscription {
  /** None: nothing is sent, the other choices are kept. */
  readonly topics: readonly AnnouncedTopic[];
  /** A province; absent: all of them. */
  readonly city?: string | undefined;
  readonly language: Language;
  /** Whether they are reminded of events that they did not ask to be reminded of. */
  readonly reminders: boolean;
  /** One message a week instead of one each. */
  readonly weekly: boolean;
  /** When they last went back from that to one each: what waited for them until then still comes with the next one. */
  readonly weeklyUntil?: number | undefined;
  /** The chat that it goes to. */
  readonly chat: string;
  readonly thread?: string | undefined;
  /** When it was last changed, milliseconds: of two copies the later holds. */
  readonly changedAt: number;
  /** Which wording they agreed to, and when. */
  readonly consent: { readonly textVersion: string; readonly at: number };
  /** They cannot be reached now: it holds again once they are back. */
  readonly paused?: boolean | undefined;
}

/** Whether what takes place in a city is for somebody who chose a province: one of the two is about all of them, or both are about the same. */
export function isNear(city: string | undefined, chosen: string | undefined): boolean {
  return city === undefined || city === ONLINE || chosen === undefined || city === chosen;
}

/**
 * Whether an event is one of those a person chose, by its place and its topics. Who chose "events" chose all of them, whatever they are
 * about, and so did who chose no topic.
 */
export function concerns({ topics, city }: Event, chosen: Pick<Subscription, "topics" | "city"> | undefined): boolean {
  const wanted: readonly Topic[] = chosen?.topics ?? [];
  const fits = wanted.length === 0 || wanted.includes("events") || topics.some((topic) => wanted.includes(topic));
  return fits && isNear(city, chosen?.city);
}

/** Somebody who is subscribed, as delivery knows them. */
export interface Subscriber {
  readonly channel: string;
  readonly person: string;
  readonly subscription: Subscription;
}

/** Where announcements for a subscriber go. */
export function addressOf({ channel, person, subscription: { chat, thread } }: Subscriber): Address {
  return { channel, chat, person, ...(thread === undefined ? {} : { thread }) };
}

/** A subscription in which something was changed. Its time only rises, whatever the clocks of several processes say. */
export function changed(subscription: Subscription, change: Partial<Subscription>, now: number): Subscription {
  return { ...subscription, ...change, changedAt: Math.max(now, subscription.changedAt + 1) };
}
