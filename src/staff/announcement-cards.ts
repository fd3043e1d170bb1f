import type { Announcement } from "#core/announcement.ts";
import type { AudienceSize } from "#core/announcing.ts";
import type { LedgerCounts } from "#core/ledger.ts";
import { cancelledBy, type EventVersion } from "#core/staff-event.ts";
import { announcementCard, type CardFacts } from "#staff/announcement-card.ts";
import { waitsUntil } from "#staff/announcement-when.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { eventCard, type EventFacts } from "#staff/event-card.ts";
import { createHeldSizes } from "#staff/held-sizes.ts";

const MOST_DRAFTS = 100;

/** Shows every announcement and every event that waits, and what became of it. Gives how many it looked at. */
export function createAnnouncementCards(parts: AnnouncingParts) {
  const { announcements, events, hold, knowledge, views, announcementCards, eventCards, now, timeZone } = parts;
  const sizeFor = createHeldSizes(now);

  const sizeOf = (announcement: Announcement): Promise<AudienceSize> => {
    const { id, audience, urgent, sendAt } = announcement;
    return sizeFor(id, JSON.stringify([audience, urgent, sendAt]), () => views.audienceSize(announcement));
  };
  const eventFactsOf = async (key: string, { told, decided, change, number }: EventVersion): Promise<EventFacts> => {
    if (told === undefined || decided !== undefined) return { now: now() };
    const waits = (urgent: boolean) => waitsUntil({ state: "draft", urgent }, now(), timeZone);
    return {
      size: (
        await sizeFor(`event ${key}`, String(number), async () => {
          return { single: await views.newsSize(key, change), weekly: 0 };
        })
      ).single,
      startsAt: waits(told.urgent),
      startsCalmlyAt: waits(false),
      now: now(),
    };
  };

  /** Of a draft that may not be approved any more. */
  const cancelledOf = async ({ state, event, news }: Announcement): Promise<CardFacts["cancelled"]> => {
    if (state !== "draft" || event === undefined || news === "cancelled") return undefined;
    const by = cancelledBy((await events.record(event)) ?? { versions: [] });
    return by !== undefined || knowledge().event(event)?.status === "cancelled" ? { by } : undefined;
  };

  const factsOf = async (announcement: Announcement, held: CardFacts["held"]): Promise<CardFacts> => {
    const { id, state, after = [] } = announcement;
    const begun = state !== "draft" && state !== "scheduled" && state !== "discarded";
    const isToCome = !begun || state === "sending";
    const waits = (each: Announcement) => (isToCome ? waitsUntil(each, now(), timeZone) : undefined);
    return {
      isUnknown: await views.isUnknown(announcement),
      size: state === "draft" || state === "scheduled" ? await sizeOf(announcement) : undefined,
      counts: begun ? await views.counts(id) : undefined,
      after: await Promise.all(after.map(async (run) => ({ run, counts: await views.counts(run.run) }))),
      held: begun || state === "scheduled" ? held : undefined,
      cancelled: await cancelledOf(announcement),
      startsAt: waits(announcement),
      startsCalmlyAt: waits({ ...announcement, urgent: false }),
      now: now(),
    };
  };

  return {
    async settleOwed(): Promise<number> {
      const held = await hold.held();
      const open = await announcements.open();
      const isOpen = new Set(open.map(({ id }) => id));
      const shown = await announcementCards.settle(isOpen, async (id) => {
        const announcement = await announcements.announcement(id);
        if (announcement === undefined) return undefined;
        const facts = await factsOf(announcement, held);
        const { state, history, correction, after = [] } = announcement;
        const shows = JSON.stringify([
          state,
          history.length,
          correction?.by,
          after,
          facts.size,
          figuresOf(facts),
          facts.held?.by,
          facts.cancelled,
          facts.startsAt,
          facts.startsCalmlyAt,
          facts.isUnknown,
          knowledge().event(announcement.event ?? "")?.sequence,
        ]);
        return { shows, stays: isOpen.has(id), post: () => announcementCard(parts, announcement, facts) };
      });
      const drafts = await events.drafts(MOST_DRAFTS);
      const changed = await eventCards.settle(
        drafts.map(({ key }) => key),
        async (key) => {
          const version = (await events.record(key))?.versions.at(-1);
          if (version === undefined) return undefined;
          const { number, decided } = version;
          const facts = await eventFactsOf(key, version);
          const { size, startsAt, startsCalmlyAt } = facts;
          const shows = JSON.stringify([number, decided?.is, size, startsAt, startsCalmlyAt]);
          return { shows, stays: decided === undefined, post: () => eventCard(parts, key, version, facts) };
        },
      );
      return shown + changed;
    },
  };
}

function figuresOf({ counts, after }: CardFacts): readonly (LedgerCounts | undefined)[] {
  return [counts, ...after.map((each) => each.counts)];
}
