import { createSubscribers } from "#announcements/subscribers.ts";
import { announcementFor } from "#core/announcement-reply.ts";
import type { Announced, Announcement } from "#core/announcement.ts";
import type { Reply } from "#core/message.ts";
import type { Store } from "#core/ports.ts";
import { ANNOUNCED_TOPICS, type Subscriber } from "#core/subscription.ts";

/** Everybody who would be drawn now, whatever their topics. */
export async function listed(store: Store): Promise<Subscriber[]> {
  const pages = createSubscribers({ records: store.records, now: () => Date.now(), retentionMs: 1 }).pages(ANNOUNCED_TOPICS);
  const all: Subscriber[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

/** Something that was announced, of events and of ESMED. */
export const ANNOUNCEMENT: Announcement = {
  format: 1,
  id: "k7m2p9qx",
  news: "event",
  event: "avitem-izmir-2022",
  topics: ["events", "esmed"],
  audience: { of: "subscribers", topics: ["events", "esmed"] },
  text: { tr: { title: "AVİTEM semineri", body: "İzmir'de buluşuyoruz." } },
  urgent: false,
  state: "done",
  author: "U1",
  history: [],
  taken: [],
};

export function announced(id: string): Announced | undefined {
  return id === ANNOUNCEMENT.id ? ANNOUNCEMENT : undefined;
}

export function announcementTo({ subscription }: Subscriber): Reply {
  return announcementFor(ANNOUNCEMENT, subscription);
}
