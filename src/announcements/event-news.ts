import type { Announcements } from "#announcements/announcements.ts";
import { revisionOf } from "#announcements/deeds.ts";
import type { AnnouncementAction } from "#core/announcing.ts";
import { announcementIdFor, type Announcement } from "#core/announcement.ts";
import type { EventVersion } from "#core/staff-event.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";

/**
 * Makes what tells those who were told of an event that it was moved or cancelled. What was said of it before and is not out yet does not
 * go out any more: whoever still waited for it reads of the new date at once. Safe to do twice.
 */
export function createEventNews({ act, about }: Pick<Announcements, "act" | "about">) {
  return async (key: string, { number, change, event, told, by, decided }: EventVersion): Promise<void> => {
    if (told === undefined || decided === undefined) return;
    const name = `${key}-${number}`;
    const id = announcementIdFor(name);
    const stopId = (each: string, ends: "stop" | "discard") => `${name}-${ends}-${each}`;
    const earlier = (await about(key)).filter((each) => each.id !== id);
    for (const each of earlier) {
      const ends = each.state === "scheduled" ? "discard" : isUnderWay(each.state) ? "stop" : undefined;
      if (ends !== undefined) await act(each.id, { id: stopId(each.id, ends), by: decided.by, do: ends });
    }
    const toldBefore = earlier.filter(hasBegun).map((each) => each.id);
    if (toldBefore.length === 0) return;
    // Whoever was still waiting for what was stopped hears of the event by this. Of one that is cancelled they need not hear.
    const stopped = earlier.filter(({ id, state, taken }) => isUnderWay(state) || taken.includes(stopId(id, "stop")));
    const rest = change === "cancel" ? [] : stopped.map((each) => each.id);

    const demand = async (action: AnnouncementAction): Promise<Announcement> => {
      const outcome = await act(id, action);
      // It stays owed: who may approve is not known yet where a process has just begun.
      if (outcome.kind === "refused") throw new Error(`The news of an event was refused: ${outcome.refusal.why}.`);
      return outcome.announcement;
    };
    const draft = {
      news: change === "cancel" ? "cancelled" : "moved",
      event: key,
      topics: ANNOUNCED_TOPICS.filter((topic) => event.topics.includes(topic)),
      audience: { of: "told", by: toldBefore, ...(rest.length === 0 ? {} : { rest }) },
      ...told,
    } as const;
    const written = await demand({ id: `${name}-write`, by, do: "write", draft });
    await demand({ id: `${name}-approve`, by: decided.by, do: "approve", revision: revisionOf(written), urgent: true });
  };
}

function isUnderWay(state: Announcement["state"]): boolean {
  return state === "sending" || state === "paused";
}

function hasBegun({ history }: Announcement): boolean {
  return history.some(({ did }) => did === "start");
}
