import type { Scene } from "#core/step.ts";
import type { Subscription } from "#core/subscription.ts";
import { changed } from "#core/subscription.ts";

/** The wording under which somebody chooses a topic. It changes with `announcements.consent`; the privacy notice stands apart from it. */
export const CONSENT_TEXT_VERSION = "2026-11-24";

/** What can be chosen of announcements. */
export type Choice = Partial<Pick<Subscription, "topics" | "city" | "language" | "reminders" | "weekly">>;

/** The scene after a choice of the person's, made in their own chat: announcements go there from now on. */
export function choosing(scene: Scene, choice: Choice): Scene {
  const { chat, now, person, language } = scene;
  if (chat?.is !== "own") return scene;
  const consent = { textVersion: CONSENT_TEXT_VERSION, at: now };
  const fresh: Subscription = {
    topics: [],
    language,
    reminders: true,
    weekly: false,
    chat: chat.id,
    changedAt: 0,
    consent,
  };
  const before = person.subscription ?? fresh;
  const agrees = before.topics.length === 0 && (choice.topics ?? []).length > 0;
  const goesBack = before.weekly && choice.weekly === false;
  const noted = { ...(agrees ? { consent } : {}), ...(goesBack ? { weeklyUntil: now } : {}) };
  const after = changed(before, { ...choice, chat: chat.id, ...noted }, now);
  return { ...scene, person: { ...person, subscription: after } };
}

/** The scene once the person can, or cannot, be reached; the very same where nothing changes by it. */
export function reaching(scene: Scene, reachable: boolean): Scene {
  const { person, now } = scene;
  const { subscription } = person;
  if (subscription === undefined || (subscription.paused !== true) === reachable) return scene;
  const { paused: _paused, ...others } = changed(subscription, {}, now);
  return { ...scene, person: { ...person, subscription: reachable ? others : { ...others, paused: true } } };
}
