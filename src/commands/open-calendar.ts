import { createCalendarLinks, type CalendarLinks } from "#calendar/links.ts";
import { createCalendarRoute } from "#calendar/route.ts";
import type { House } from "#commands/open-channels.ts";
import type { Event } from "#core/event.ts";
import type { Store } from "#core/ports.ts";
import type { Route } from "#core/route.ts";
import { calendarFeed } from "#calendar/file.ts";

/** The calendars of persons: their addresses, and the place that answers for them. */
export interface Calendars {
  readonly links: CalendarLinks;
  readonly route: Route;
}

/** `undefined` where nobody could reach them: without an address to give, or on the console, which opens no port. */
export function openCalendars(
  { config, words, now }: Pick<House, "config" | "words" | "now">,
  store: Pick<Store, "records" | "conversations">,
  events: () => readonly Event[],
): Calendars | undefined {
  const { publicUrl, telegram, slack } = config;
  if (publicUrl === undefined || (telegram === undefined && slack === undefined)) return undefined;
  const links = createCalendarLinks({ records: store.records, now, publicUrl });
  const route = createCalendarRoute({
    links,
    conversations: store.conversations,
    events,
    file: (shown, language, made) => calendarFeed(words({ key: "calendarLink.name" }, language), shown, language, made),
    now,
  });
  return { links, route };
}
