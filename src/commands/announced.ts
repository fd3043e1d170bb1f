import type { Announcements } from "#announcements/announcements.ts";
import { asOfNow } from "#announcements/as-of-now.ts";
import { mayWait } from "#announcements/waiting.ts";
import type { Announced, Announcement } from "#core/announcement.ts";

/** What was announced, as people press buttons under it: of every process, as of its last look. */
export async function openAnnounced(announcements: Pick<Announcements, "version" | "sent">) {
  const read = async () => {
    // The version first: what begins in between is taken up by the next look.
    const version = await announcements.version();
    const sent = await announcements.sent();
    return { version, byId: new Map(sent.map((each) => [each.id, announcedOf(each, sent)])) };
  };
  let known = await read();
  return {
    announced: (id: string): Announced | undefined => known.byId.get(id),
    refresh: async (): Promise<boolean> => {
      if ((await announcements.version()) === known.version) return false;
      known = await read();
      return true;
    },
  };
}

/** As it is to be read now: an invitation with the newer words where its event was moved since. */
function announcedOf(announcement: Announcement, sent: readonly Announcement[]): Announced {
  const { id, news, event, topics, audience, text, after = [] } = announcement;
  const standing = mayWait({ news, urgent: false }) ? asOfNow(announcement, sent) : announcement;
  const isVoid = standing === undefined || after.some(({ does }) => does === "withdraw");
  const shown = { id, news, topics, audience, text: standing?.text ?? text };
  return { ...shown, ...(event === undefined ? {} : { event }), ...(isVoid ? { void: true } : {}) };
}
