import { createAnnouncements, type Announcements } from "#announcements/announcements.ts";
import { createEventNews } from "#announcements/event-news.ts";
import { createHold, type Hold } from "#announcements/hold.ts";
import { createStaffEvents, type StaffEvents } from "#announcements/staff-events.ts";
import type { Event } from "#core/event.ts";
import type { Store } from "#core/ports.ts";
import { createAudit } from "#desk/audit.ts";
import type { Entries } from "#desk/entries.ts";
import { createPublication } from "#desk/publication.ts";
import { entryOfEvent, withOwnEntry } from "#events/entry.ts";
import type { Words } from "#i18n/words.ts";
import { readEvent } from "#knowledge/schema.ts";

/** What staff announce, and the events they write, over a store. */
export interface Announcing {
  readonly announcements: Announcements;
  readonly events: StaffEvents;
  readonly hold: Hold;
}

export interface AnnouncingNeeds {
  readonly store: Pick<Store, "records" | "ledger">;
  /** Who may approve now. */
  readonly approvers: () => readonly string[];
  /** An event that the files hold. */
  readonly inFiles: (key: string) => Event | undefined;
  readonly now: () => number;
}

export function createAnnouncing({ store: { records, ledger }, approvers, inFiles, now }: AnnouncingNeeds): Announcing {
  const { note } = createAudit(records);
  const rules = () => ({ approvers: approvers(), inFiles });
  const publication = createPublication(records, "announcements", now);
  const announcements = createAnnouncements({ records, ledger, publication, rules, note, now });
  const events = createStaffEvents({
    records,
    rules,
    readEvent,
    publication: createPublication(records, "staff-events", now),
    tell: createEventNews(announcements),
    note,
    now,
  });
  return { announcements, events, hold: createHold(records, { rules, note, now }) };
}

/** Entries and events that staff published, as one thing that rises with either; events come with the entry that answers them. */
export function publishedWith(entries: Pick<Entries, "version" | "read">, events: StaffEvents, say: Words) {
  return {
    version: async () => (await entries.version()) + (await events.version()),
    async read() {
      const written = await entries.read();
      const held = await events.published();
      const own = held.map(({ event, at }) => entryOfEvent(event, say, at));
      // An entry that staff wrote in place of one of these holds.
      const replaced = new Set([...written.retired, ...written.entries.map(({ id }) => id)]);
      return {
        retired: written.retired,
        entries: [...written.entries, ...own.filter(({ id }) => !replaced.has(id))],
        events: held.map(({ event }) => withOwnEntry(event)),
      };
    },
  };
}
