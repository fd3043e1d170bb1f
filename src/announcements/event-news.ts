import type { Announcements } from "#announcements/announcements.ts";
import { writtenAt } from "#announcements/deeds.ts";
import type { AnnouncementRefusal } from "#core/announcing.ts";
import { announcementIdFor, type Announcement, type AudienceAsked } from "#core/announcement.ts";
import type { EventChange, EventVersion } from "#core/staff-event.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";

export interface EventNewsParts extends Pick<Announcements, "act" | "about"> {
  /** Whether anybody is to be reminded of an event. */
  readonly isReminded: (event: string) => Promise<boolean>;
}

/**
 * Makes what tells those who were told of an event, or are to be reminded of it, that it was moved or cancelled. What was said of it before
 * and is not out yet does not go out any more: whoever still waited for it reads of the new date at once. Safe to do twice. Gives why it does
 * not go out yet, where whoever approved the change may not approve now, or nobody may: until then it stands with staff as a draft that
 * another may approve.
 */
export function createEventNews({ act, about, isReminded }: EventNewsParts) {
  return async (
    key: string,
    { number, change, event, told, by, decided }: EventVersion,
  ): Promise<AnnouncementRefusal | undefined> => {
    if (told === undefined || decided === undefined) return undefined;
    const name = `${key}-${number}`;
    const id = announcementIdFor(name);
    const before = async () => (await about(key)).filter((each) => each.id !== id && writtenAt(each) <= decided.at);
    let earlier = await before();
    // Another process may begin it, or end it, while it is ended here: what came of that is read anew.
    for (let race = 0; earlier.some((each) => endOf(each) !== undefined); race += 1) {
      if (race === MOST_RACES) throw new Error(`What was said of an event could not be ended ${MOST_RACES} times.`);
      for (const each of earlier) {
        const ends = endOf(each);
        if (ends !== undefined) await act(each.id, { id: `${name}-${ends}-${each.id}`, by: decided.by, do: ends });
      }
      earlier = await before();
    }
    const audience = audienceOfNews(change, earlier);
    if (audience.by.length === 0 && !(await isReminded(key))) return undefined;

    const draft = {
      news: change === "cancel" ? "cancelled" : "moved",
      event: key,
      topics: ANNOUNCED_TOPICS.filter((topic) => event.topics.includes(topic)),
      audience,
      text: told.text,
      urgent: told.urgent,
    } as const;
    const written = await act(id, { id: `${name}-write`, by, do: "write", draft });
    // Staff have decided on it.
    if (written.kind === "refused" || written.announcement.state !== "draft") return undefined;
    // As it was written: what staff made of it since is for them to approve.
    const outcome = await act(id, { id: `${name}-approve`, by: decided.by, do: "approve", revision: 1, urgent: true });
    return outcome.kind === "refused" && NOT_NOW.has(outcome.refusal.why) ? outcome.refusal : undefined;
  };
}

/**
 * Whom news of an event go to: those told of it by what was announced `earlier`. Whoever still waited for what is stopped for its sake, or was
 * for the sake of earlier news that may never have gone out, hears of the event by this; of one that is cancelled they need not hear.
 */
export function audienceOfNews(change: EventChange, earlier: readonly Announcement[]): Extract<AudienceAsked, { of: "told" }> {
  const stopped = earlier.filter((each) => isUnderWay(each.state) || wasStoppedForNews(each));
  const rest = change === "cancel" ? [] : stopped.map(({ id }) => id);
  const by = earlier.filter(hasBegun).map(({ id }) => id);
  return { of: "told", by, ...(rest.length === 0 ? {} : { rest }) };
}

const MOST_RACES = 20;

/** Also where a process has just begun: it does not know yet who may approve. */
const NOT_NOW: ReadonlySet<AnnouncementRefusal["why"]> = new Set(["publishing-off", "not-approver"]);

/** How what was said before comes to its end, where it has not. An invitation that is a draft is for staff to put right. */
function endOf({ state, audience }: Announcement): "stop" | "discard" | undefined {
  if (isUnderWay(state)) return "stop";
  return state === "scheduled" || (state === "draft" && audience.of === "told") ? "discard" : undefined;
}

/** By any news of its event, not by staff themselves. */
function wasStoppedForNews({ id, event, taken }: Announcement): boolean {
  return taken.some((act) => act.startsWith(`${event}-`) && act.endsWith(`-stop-${id}`));
}

function isUnderWay(state: Announcement["state"]): boolean {
  return state === "sending" || state === "paused";
}

function hasBegun({ history }: Announcement): boolean {
  return history.some(({ did }) => did === "start");
}
