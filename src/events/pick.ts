import type { Event } from "#core/event.ts";
import { isOver } from "#core/event.ts";

/** One event of many, by its place in time. */
export type Pick = "first" | "last" | "next";

/**
 * The event that was the last one held, the first one known, or that is the next to come; `fitting` newest first. More than one where
 * their dates, as precise as known, do not tell which.
 */
export function pickEvents(fitting: readonly Event[], pick: Pick, today: string): readonly Event[] {
  switch (pick) {
    case "next":
      return atSameTime(fitting.filter((event) => event.status !== "cancelled" && !isOver(event, today)).toReversed());
    case "last":
      return atSameTime(fitting.filter((event) => event.status === "held" && isOver(event, today)));
    case "first":
      return atSameTime(fitting.toReversed());
  }
}

/** The first, and those beside it that may have begun as early or late as it did. */
function atSameTime(events: readonly Event[]): readonly Event[] {
  const first = events[0]?.start ?? "";
  return events.filter(({ start = "" }) => start.startsWith(first) || first.startsWith(start));
}
