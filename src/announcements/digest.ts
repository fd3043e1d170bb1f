import type { Announcement } from "#core/announcement.ts";
import { textFor } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import { eventsFitting } from "#core/event.ts";
import { eventLabel } from "#core/flows/events.ts";
import type { Settings } from "#core/step.ts";
import { text } from "#core/step.ts";
import type { Subscription } from "#core/subscription.ts";
import { concerns } from "#core/subscription.ts";
import type { Message } from "#announcements/parts.ts";
import { beganAt, isPast, isToldWeekly, leavesTime } from "#announcements/waiting.ts";
import { daysLater } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";

const LOOKS_AHEAD_DAYS = 28;
const MOST_DATES = 10;
const MOST_TITLES = 20;
/** Characters: with these and the texts around them it is one message, on Telegram 4096 at most. */
const ROOM_FOR_TITLES = 2400;
const ROOM_FOR_DATES = 1200;
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
  const eventOf = ({ event: key }: Announcement) => events.find((event) => event.key === key);
  // What the next message would bring too late is not left over for it.
  const comesSoon = (each: Announcement) => Number(!leavesTime(eventOf(each), to, settings.timeZone));
  const waited = announcements
    .filter((each) => isToldWeekly(each, subscription) && !isPast(eventOf(each), to))
    .toSorted((a, b) => comesSoon(b) - comesSoon(a) || (beganAt(a) ?? 0) - (beganAt(b) ?? 0))
    .map((each) => ({ id: each.id, ...textFor(each, language) }));
  if (waited.length === 0) return undefined;
  const told = fitting(waited.slice(0, MOST_TITLES), ROOM_FOR_TITLES, ({ title }) => title);
  const more = waited.length - told.length;
  const foreign = told.some((each) => each.foreign) ? [text("digest.someTurkish")] : [];
  const today = dayAt(to, settings.timeZone);
  const coming = eventsFitting(events, { upcoming: true }, today).filter(
    (event) => (event.start ?? "").slice(0, 10) <= daysLater(today, LOOKS_AHEAD_DAYS) && concerns(event, subscription),
  );
  const labels = coming.slice(0, MOST_DATES).map((event) => eventLabel({ language, now: to, settings }, event));
  const dates = fitting(labels, ROOM_FOR_DATES, (label) => JSON.stringify(label));
  const paragraphs = [
    text(to - from > A_WEEK_MS ? "digest.titleWeeks" : "digest.title"),
    text("digest.open"),
    ...foreign,
    ...(more === 0 ? [] : [text("digest.more", { count: more })]),
    ...(dates.length === 0 ? [] : [text("events.upcoming"), ...dates]),
    text("digest.leave"),
  ];
  const listed = told.map(({ id, title }) => ({ id, title }));
  return { reply: { kind: "digest", language, paragraphs, announcements: listed }, tells: told.map(({ id }) => id) };
}

/** As many from the first on as there is room for, and one in any case. */
function fitting<T>(all: readonly T[], room: number, wordsOf: (each: T) => string): readonly T[] {
  let length = 0;
  const end = all.findIndex((each, at) => {
    length += wordsOf(each).length;
    return at > 0 && length > room;
  });
  return end === -1 ? all : all.slice(0, end);
}
