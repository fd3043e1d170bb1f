import { createAnnouncements, type Announcements } from "#announcements/announcements.ts";
import { allAsOfNow } from "#announcements/as-of-now.ts";
import { createDrawing, type Drawing } from "#announcements/draw.ts";
import { heldVersion } from "#announcements/event-change.ts";
import { createEventNews } from "#announcements/event-news.ts";
import { createHold } from "#announcements/hold.ts";
import { createStaffEvents, type StaffEvents } from "#announcements/staff-events.ts";
import { createSubscribers, type Subscribers } from "#announcements/subscribers.ts";
import { mayWait, settledIn } from "#announcements/waiting.ts";
import { createWeeks, type Weeks } from "#announcements/weeks.ts";
import { cancelledBy } from "#core/staff-event.ts";
import type { StaffHold } from "#core/announcing.ts";
import type { Event } from "#core/event.ts";
import type { Address } from "#core/message.ts";
import type { Store } from "#core/ports.ts";
import { createAudit } from "#desk/audit.ts";
import type { Entries } from "#desk/entries.ts";
import { createPublication } from "#desk/publication.ts";
import { entryOfEvent, withOwnEntry } from "#events/entry.ts";
import type { Words } from "#i18n/words.ts";
import { readEvent } from "#knowledge/schema.ts";
import { isReminded, isReminderKnown, remindedOf } from "#reminders/reminder.ts";

/** What staff announce, and the events they write, over a store. */
export interface Announcing {
  readonly announcements: Announcements;
  readonly events: StaffEvents;
  readonly hold: StaffHold;
  readonly drawing: Drawing;
  readonly weeks: Weeks;
  readonly subscribers: Subscribers;
  /** An event as it stands now. */
  readonly eventOf: (key: string) => Promise<Event | undefined>;
}

export interface AnnouncingNeeds {
  readonly store: Pick<Store, "records" | "ledger" | "conversations" | "personalData">;
  /** Who may approve now. */
  readonly approvers: () => readonly string[];
  readonly retentionMs: number;
  /** An event that the files hold. */
  readonly inFiles: (key: string) => Event | undefined;
  /** Something that failed; it stays owed. */
  readonly failed: (error: unknown) => void;
  readonly now: () => number;
  /** Where the readers are. */
  readonly timeZone: string;
}

export function createAnnouncing({
  store: { records, ledger, conversations, personalData },
  approvers,
  inFiles,
  retentionMs,
  failed,
  now,
  timeZone,
}: AnnouncingNeeds): Announcing {
  const { note } = createAudit(records);
  const rules = () => ({ approvers: approvers(), inFiles });
  const publication = createPublication(records, "announcements", now);
  const cancelled = async (key: string) => {
    const by = cancelledBy((await events.record(key)) ?? { versions: [] });
    return by !== undefined || inFiles(key)?.status === "cancelled" ? { by } : undefined;
  };
  const announcements = createAnnouncements({ records, ledger, publication, rules, cancelled, note, now });
  const events = createStaffEvents({
    records,
    rules,
    readEvent,
    publication: createPublication(records, "staff-events", now),
    tell: createEventNews({ ...announcements, isReminded: (event) => isReminded(records, event) }),
    failed,
    note,
    now,
  });
  const subscribers = createSubscribers({ records, now, retentionMs });
  const weeks = createWeeks({
    records,
    async settledIn(from, to) {
      const settled = (await announcements.sent()).filter((each) => mayWait(each) && settledIn(each, from, to));
      const standing = await allAsOfNow(settled, (event) => announcements.about(event));
      return standing.flatMap(({ id, state }) => (state === "stopped" ? [] : id));
    },
    now,
  });
  const eventOf = async (key: string) => {
    const record = await events.record(key);
    return (record && heldVersion(record)?.event) ?? inFiles(key);
  };
  const languageOf = async (address: Address) => {
    const { language, subscription } = (await conversations.load(address)).person;
    return subscription?.language ?? language ?? "tr";
  };
  async function* reminded(event: string) {
    for await (const page of remindedOf(records, event))
      yield await Promise.all(page.map(async (address) => ({ address, language: await languageOf(address) })));
  }
  const forget = async ({ channel, person }: Address) =>
    personalData.find(({ name }) => name === "deliveries")?.erase(channel, person);
  const drawing = createDrawing({
    records,
    ledger,
    forget,
    subscribers,
    announcementOf: (id) => announcements.announcement(id),
    weeksTelling: (id) => weeks.telling(id),
    reminded,
    isReminderKnown: (address, event) => isReminderKnown(records, address, event),
    eventOf,
    retentionMs,
    now,
    timeZone,
  });
  return { announcements, events, drawing, weeks, subscribers, eventOf, hold: createHold(records, { rules, note, now }) };
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
