import type { Announcement } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import { beginningOf } from "#core/reminders.ts";

const DAY_MS = 86_400_000;

/**
 * Until when it has to be known whom an announcement reached, milliseconds: for `retentionMs` after its event, as a change or a cancellation has
 * to reach everybody who was told; for as long again from now where it is still under way, or nobody knows yet when the event takes place.
 * `undefined` where the time for which the store keeps things anyway is enough.
 */
export function keptUntil(
  { state, after = [] }: Pick<Announcement, "state" | "after">,
  event: Event | undefined,
  { now, retentionMs }: { readonly now: number; readonly retentionMs: number },
): number | undefined {
  const isUnderWay = state === "sending" || state === "paused" || after.some(({ done }) => !done);
  const ends = event && beginningOf({ ...event, start: event.end ?? event.start });
  const mayYetBe = event !== undefined && ends === undefined && (event.status === "planned" || event.status === "announced");
  const until = Math.max(
    isUnderWay || mayYetBe ? now + retentionMs : 0,
    // To the end of its last day.
    ends === undefined ? 0 : ends + DAY_MS + retentionMs,
  );
  return until > now ? until : undefined;
}
