import type { Announcements } from "#announcements/announcements.ts";
import type { RunEnd } from "#announcements/parts.ts";
import { createReached } from "#announcements/reached.ts";
import type { RemindReached } from "#announcements/remind-reached.ts";
import type { UnderWay } from "#announcements/under-way.ts";
import { eventToRemindOf, type Announcement } from "#core/announcement.ts";
import type { Ledger } from "#core/ledger.ts";

export interface RemindOfEventParts {
  readonly announcements: Pick<Announcements, "act">;
  readonly ledger: Ledger;
  readonly remind: RemindReached;
  readonly underWay: UnderWay;
  readonly now: () => number;
}

/** Has those whom an announcement reached reminded of its event, where it tells of one that takes place. */
export interface RemindOfEvent {
  /** Of one that everybody has. */
  ended(announcement: Announcement): Promise<void>;
  /** Begins it for one that was stopped: once it is known whom it reached. */
  begin(announcement: Announcement): void;
}

export function createRemindOfEvent({ announcements, ledger, remind, underWay, now }: RemindOfEventParts): RemindOfEvent {
  const reached = createReached(ledger, now);
  const ended = async (announcement: Announcement): Promise<void> => {
    const event = eventToRemindOf(announcement);
    if (event !== undefined) await remind(announcement.id, () => [event]);
  };
  return {
    ended,
    begin(announcement) {
      const { id, reminding } = announcement;
      if (reminding !== true) return;
      const known = async (): Promise<RunEnd> =>
        (await reached.areKnown([id])) ? { is: "done" } : { is: "waiting", until: now() };
      underWay.begin(`${id}-remind`, known, async () => {
        await ended(announcement);
        await announcements.act(id, { id: `${id}-reminded`, do: "reminded" });
      });
    },
  };
}
