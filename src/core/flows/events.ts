import type { Event } from "#core/event.ts";
import { answerWith } from "#core/flows/answer.ts";
import type { EventsFound } from "#core/knowledge-base.ts";
import type { Option, Text } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, listed, say, text } from "#core/step.ts";
import { dateInWords, dayAt } from "#text/dates.ts";

const PAGE = 5;

/** What the event finder found: exactly one is an answer, more are a list, none is said so. */
export function showEvents(scene: Scene, found: EventsFound, question: string): Step {
  const entries = found.events.flatMap((event) => event.entries[0] ?? []);
  const candidates = entries.slice(0, 10).map((id, position) => ({ id, score: 1 - position / 100 }));
  const only = found.events.length === 1 ? scene.knowledge.entry(entries[0] ?? "") : undefined;
  if (only && !found.asked.upcoming) return answerWith(scene, only, { confidence: 1, candidates }, question);
  if (found.events.length === 0) return noEvents(scene, found.asked.upcoming);
  return {
    replies: [
      list(scene, found.events, { act: "events", year: found.asked.year, page: 0 }, [
        text("events.found", { count: found.events.length }),
      ]),
    ],
    remember: { question, subject: { question, entries: entries.slice(0, PAGE), at: scene.now } },
    outcome: { is: "events", confidence: 1, candidates, events: found.events.map((event) => event.key) },
  };
}

/** The menu of events: what is to come, and past years. */
export function eventsMenu(scene: Scene): Step {
  const upcoming = upcomingEvents(scene);
  if (upcoming.length === 0) return noEvents(scene, true);
  return { replies: [list(scene, upcoming, { act: "events", page: 0 }, [text("events.upcoming")])], outcome: CHAT };
}

/** One page of a year's events. */
export function eventsOfYear(scene: Scene, year: number | undefined, page: number): Step {
  const events =
    year === undefined ? upcomingEvents(scene) : scene.knowledge.events.filter((event) => event.start?.startsWith(String(year)));
  if (events.length === 0) return noEvents(scene, year === undefined);
  const heading = year === undefined ? text("events.upcoming") : text("events.ofYear", { year });
  return { replies: [list(scene, events, { act: "events", year, page }, [heading])], outcome: CHAT };
}

/** One event by its key: its entry answers. */
export function showEvent(scene: Scene, key: string): Step {
  const event = scene.knowledge.event(key);
  const entry = scene.knowledge.entry(event?.entries[0] ?? "");
  if (!entry) return { replies: [say(scene, text("choice.expired"))], outcome: CHAT };
  return answerWith(scene, entry, { confidence: 1, candidates: [{ id: entry.id, score: 1 }] });
}

function upcomingEvents(scene: Scene): Event[] {
  const today = dayAt(scene.now, scene.settings.timeZone);
  const coming = scene.knowledge.events.filter(
    (event) => event.status !== "cancelled" && (event.end ?? event.start ?? "") >= today,
  );
  return coming.toReversed();
}

function noEvents(scene: Scene, upcoming: boolean): Step {
  const years = [...new Set(scene.knowledge.events.flatMap((event) => event.start?.slice(0, 4) ?? []))].slice(0, PAGE);
  const options = years.map((year) => listed(year, { act: "events", year: Number(year), page: 0 }));
  return {
    replies: [choices(scene, [text(upcoming ? "events.noneUpcoming" : "events.noneFound"), text("events.pastYears")], options)],
    outcome: { is: "events", confidence: 1, candidates: [], events: [] },
  };
}

function list(
  scene: Scene,
  events: readonly Event[],
  page: { act: "events"; year?: number | undefined; page: number },
  head: Text[],
) {
  const shown = events.slice(page.page * PAGE, (page.page + 1) * PAGE);
  const options: Option[] = shown.map((event) => listed(eventLabel(scene, event), { act: "event", key: event.key }));
  if (page.year !== undefined && events.length > (page.page + 1) * PAGE) {
    options.push(button("button.more", { ...page, page: page.page + 1 }));
  }
  return choices(scene, head, options);
}

function eventLabel({ language }: Scene, event: Event): string {
  const when = event.start === undefined ? "" : dateInWords(event.start, language);
  return [event.title[language], [when, event.city].filter(Boolean).join(", ")].filter(Boolean).join(" · ");
}
