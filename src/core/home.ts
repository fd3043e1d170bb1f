import { eventsFitting } from "#core/event.ts";
import { eventLabel } from "#core/flows/events.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Settings } from "#core/step.ts";
import { text } from "#core/step.ts";
import type { HomeSection } from "#core/workspace.ts";
import { dayAt } from "#text/dates.ts";
import type { Language } from "#text/language.ts";

const MOST_EVENTS = 5;

/** What a person's own page shows to everyone: what comes next, and how to ask. */
export function homeSections(knowledge: KnowledgeBase, settings: Settings, language: Language, now: number): HomeSection[] {
  const upcoming = eventsFitting(knowledge.events, { upcoming: true }, dayAt(now, settings.timeZone)).slice(0, MOST_EVENTS);
  const events = upcoming.map((event) => eventLabel({ language, now, settings }, event));
  return [
    { title: text("home.events"), paragraphs: events.length === 0 ? [text("events.noneUpcoming")] : events },
    {
      title: text("home.help"),
      paragraphs: [text("home.ask"), text("home.command"), text("home.shortcut"), text("home.honest"), text("welcome.privacy")],
    },
  ];
}
