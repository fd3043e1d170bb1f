import type { Announcement } from "#core/announcement.ts";
import { textFor } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import { eventsFitting } from "#core/event.ts";
import { eventLabel } from "#core/flows/events.ts";
import type { Text } from "#core/message.ts";
import type { Settings } from "#core/step.ts";
import { text } from "#core/step.ts";
import type { Subscription } from "#core/subscription.ts";
import { concerns } from "#core/subscription.ts";
import type { Message } from "#announcements/parts.ts";
import { beganAt, isPast, isToldWeekly } from "#announcements/waiting.ts";
import { daysLater } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";

const LOOKS_AHEAD_DAYS = 28;
const MOST_DATES = 10;
/** What fits into one message beside the dates. */
const MOST_TITLES = 20;
/** And a holiday on its Monday. */
const A_WEEK_MS = 9 * 86_400_000;

/** What a week is told from. */
export interface Week {
  /** When the last message was; milliseconds. */
  readonly from: number;
  /** When this one is written. */
  readonly to: number;
  /** What waited for the reader. */
  readonly announcements: readonly Announcement[];
  /** Newest first. */
  readonly events: readonly Event[];
  readonly settings: Settings;
}

/**
 * The one message a week, for a subscriber who chose it: the titles of what waited for it, and which events of theirs are to come within four weeks.
 * `undefined` where nothing of it is left: what is only still to come is no news.
 */
export function weeklyDigest(
  { from, to, announcements, events, settings }: Week,
  subscription: Subscription,
): Message | undefined {
  const { language } = subscription;
  const isOfPast = ({ event: key }: Announcement) => events.some((event) => event.key === key && isPast(event, to));
  const waited = announcements
    .filter((each) => isToldWeekly(each, subscription) && !isOfPast(each))
    .toSorted((a, b) => (beganAt(a) ?? 0) - (beganAt(b) ?? 0))
    .slice(0, MOST_TITLES);
  if (waited.length === 0) return undefined;
  const titles = waited.map((each) => textFor(each, language));
  const lines = titles.map(({ title }): Text => ({ words: `• ${title}` }));
  const foreign = titles.some((each) => each.foreign) ? [text("digest.someTurkish")] : [];
  const today = dayAt(to, settings.timeZone);
  const coming = eventsFitting(events, { upcoming: true }, today).filter(
    (event) => (event.start ?? "").slice(0, 10) <= daysLater(today, LOOKS_AHEAD_DAYS) && concerns(event, subscription),
  );
  const dates = coming.slice(0, MOST_DATES).map((event) => eventLabel({ language, now: to, settings }, event));
  const paragraphs = [
    text(to - from > A_WEEK_MS ? "digest.titleWeeks" : "digest.title"),
    ...foreign,
    ...lines,
    ...(dates.length === 0 ? [] : [text("events.upcoming"), ...dates]),
    text("digest.leave"),
  ];
  return { reply: { kind: "say", language, paragraphs }, tells: waited.map(({ id }) => id) };
}
