import { reaches } from "#announcements/audience.ts";
import { nextDigest } from "#announcements/digest-hours.ts";
import type { Announcement } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import { isOver } from "#core/event.ts";
import { beginningOf } from "#core/reminders.ts";
import type { Subscription } from "#core/subscription.ts";
import { dayAt } from "#text/dates.ts";

type Begun = Pick<Announcement, "history">;

const DAY_MS = 86_400_000;
/** The list from which an audience is drawn may follow a choice so much later. */
const LISTED_LATE_MS = DAY_MS;
/** What begins so soon after a weekly message is not read in time there. */
const NOTICE_MS = DAY_MS;
/** As long as it takes to send to a hundred thousand, and some more: a weekly message tells of what has ended to go out by itself. */
const GOES_OUT_MS = 2 * 3_600_000;

/** Whether an announcement may wait for a weekly message at all. */
export function mayWait({ news, urgent }: Pick<Announcement, "news" | "urgent">): boolean {
  return !urgent && (news === "news" || news === "event");
}

/**
 * Whether an event leaves the time to read of it in the next weekly message after a moment (milliseconds): one that begins, or whose registration
 * ends, before that message or within a day after it does not. `undefined`: none, or nothing is known of it.
 */
export function leavesTime(event: Event | undefined, at: number, timeZone: string): boolean {
  if (event === undefined) return true;
  const starts = [event.start, event.registration?.deadline].flatMap((start) => beginningOf({ ...event, start }) ?? []);
  const soonest = Math.min(...starts.filter((moment) => moment > at));
  return soonest >= nextDigest(at + GOES_OUT_MS, timeZone) + NOTICE_MS;
}

/** Whether nobody can go to an event any more at a moment (milliseconds): it is over, or does not take place. */
export function isPast(event: Event | undefined, at: number): boolean {
  if (event === undefined) return false;
  if (event.status === "cancelled") return true;
  const last = event.end ?? event.start;
  const ends = beginningOf({ ...event, start: last });
  // To the end of its last day where no hour is known, and of its last month or year where no day is.
  if (ends === undefined) return isOver(event, dayAt(at, event.timeZone));
  return ends + (last?.includes("T") === true ? 0 : DAY_MS) <= at;
}

/**
 * Whether it waits for the next weekly message of a subscriber, unless they have it: they chose one message a week, or did when it went out to
 * the others.
 */
export function waitsFor(announcement: Announcement, subscription: Subscription): boolean {
  const { weekly, weeklyUntil } = subscription;
  const chose = weekly || (weeklyUntil !== undefined && (beganAt(announcement) ?? 0) < weeklyUntil + LISTED_LATE_MS);
  return chose && isToldWeekly(announcement, subscription);
}

/** Whether a weekly message may tell a subscriber of it as it stands now. */
export function isToldWeekly(announcement: Announcement, subscription: Subscription): boolean {
  const { audience, state, after = [] } = announcement;
  const stands = state === "sending" || state === "paused" || state === "done";
  const isWithdrawn = after.some(({ does }) => does === "withdraw");
  return stands && !isWithdrawn && audience.of === "subscribers" && mayWait(announcement) && reaches(audience, subscription);
}

/** When its single messages began to go out, milliseconds. */
export function beganAt({ history }: Begun): number | undefined {
  return history.find(({ did }) => did === "start")?.at;
}

/**
 * Whether it was first known in that time to whom it went by itself: all had ended, or it was stopped. Milliseconds; `to` does not belong to it
 * any more.
 */
export function settledIn({ history }: Begun, from: number, to: number): boolean {
  const settled = history.find(({ did }) => did === "end" || did === "stop")?.at;
  return settled !== undefined && settled >= from && settled < to;
}
