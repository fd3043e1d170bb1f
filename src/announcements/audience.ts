import type { AnnouncedTopic, Subscription } from "#core/subscription.ts";
import { isNear } from "#core/subscription.ts";

/** What an announcement asks of its audience: a topic of theirs, and a province. */
export interface Wanted {
  readonly topics: readonly AnnouncedTopic[];
  readonly city?: string | undefined;
}

/**
 * Whether an announcement reaches a subscriber: they chose one of its topics, can be reached, and either of the two is about all provinces,
 * or both about the same one.
 */
export function reaches({ topics, city }: Wanted, subscription: Subscription): boolean {
  if (subscription.paused === true) return false;
  return isNear(city, subscription.city) && topics.some((topic) => subscription.topics.includes(topic));
}
