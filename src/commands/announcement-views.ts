import type { Announcements } from "#announcements/announcements.ts";
import { announcementFor } from "#core/announcement-reply.ts";
import type { Drawing } from "#announcements/draw.ts";
import { audienceOfNews } from "#announcements/event-news.ts";
import { renderSlack } from "#channels/slack/render.ts";
import { renderTelegram } from "#channels/telegram/render.ts";
import type { Announcement } from "#core/announcement.ts";
import type { AnnouncementViews } from "#core/announcing.ts";
import type { InLanguages } from "#core/entry.ts";
import type { Event } from "#core/event.ts";
import type { Ledger } from "#core/ledger.ts";
import type { Reply } from "#core/message.ts";
import type { Workspace } from "#core/workspace.ts";
import { entryOfEvent } from "#events/entry.ts";
import type { Words } from "#i18n/words.ts";
import type { Language } from "#text/language.ts";

export interface ViewsNeeds {
  readonly workspace: Workspace;
  readonly words: Words;
  readonly ledger: Pick<Ledger, "counts">;
  readonly drawing: Pick<Drawing, "size" | "isGone">;
  readonly about: Announcements["about"];
  readonly eventOf: (key: string) => Event | undefined;
  readonly now: () => number;
}

/** What staff are shown of announcements, as the channels will show it. */
export function createViews({ workspace, words, ledger, drawing, about, eventOf, now }: ViewsNeeds): AnnouncementViews {
  const linesOf = (event: Event) => entryOfEvent(event, words, now()).answer;
  return {
    preview(announcement, language) {
      const event = announcement.event === undefined ? undefined : eventOf(announcement.event);
      return preview(announcement, language, event && linesOf(event));
    },
    // What stands under it takes no room of the text.
    tooLongFor(reply) {
      if (renderTelegram(reply, words, () => "").length > 1) return "Telegram";
      return renderSlack(reply, words, { sign: () => "-" }).length > 1 ? "Slack" : undefined;
    },
    audienceSize: (announcement) => drawing.size(announcement),
    async newsSize(event, change) {
      const audience = audienceOfNews(change, await about(event));
      // It waits for no weekly message.
      return (await drawing.size({ audience, event, news: change === "cancel" ? "cancelled" : "moved", urgent: true })).single;
    },
    counts: async (run) => ((await drawing.isGone([run])) ? undefined : ledger.counts(run)),
    isUnknown: async ({ audience }) => audience.of === "told" && drawing.isGone(audience.by),
    eventLines: (event, language) => linesOf(event)[language],
    sendToMe: (person, reply, id) => workspace.showTo(person, reply, { id, attempts: 0 }),
  };
}

/** As somebody reads it who chose all of what it is about. */
function preview(announcement: Announcement, language: Language, lines: InLanguages<string> | undefined): Reply {
  const { topics, audience } = announcement;
  const city = audience.of === "subscribers" ? audience.city : undefined;
  return announcementFor(announcement, { topics, ...(city === undefined ? {} : { city }), language }, { lines });
}
