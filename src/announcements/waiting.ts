import { reaches } from "#announcements/audience.ts";
import type { Announcement } from "#core/announcement.ts";
import type { Subscription } from "#core/subscription.ts";

type Begun = Pick<Announcement, "history">;

/** The list from which an audience is drawn may follow a choice so much later. */
const LISTED_LATE_MS = 86_400_000;

/** Whether an announcement may wait for a weekly message at all. */
export function mayWait({ news, urgent }: Pick<Announcement, "news" | "urgent">): boolean {
  return !urgent && (news === "news" || news === "event");
}

/** Whether it may wait for the one message a week that a subscriber asked for: what cannot wait comes by itself. */
export function waitsForTheWeek(announcement: Pick<Announcement, "news" | "urgent">, { weekly }: Subscription): boolean {
  return weekly && mayWait(announcement);
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
