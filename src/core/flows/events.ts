import type { Event, EventsAsked } from "#core/event.ts";
import { eventsFitting, isOver } from "#core/event.ts";
import { answerWith } from "#core/flows/answer.ts";
import { calendarLinkOptions } from "#core/flows/calendar-link.ts";
import { calendarOptions } from "#core/flows/calendar.ts";
import type { EventsFound } from "#core/knowledge-base.ts";
import type { Option, Text } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, listed, say, text } from "#core/step.ts";
import { cityInWords } from "#text/city-names.ts";
import { dayAt, periodInWords } from "#text/dates.ts";

type Day = Pick<Scene, "language" | "now" | "settings">;

const PAGE = 5;
const UPCOMING: EventsAsked = { upcoming: true };

/** What the event finder found: exactly one is an answer, more are a list, none is said so. */
export function showEvents(scene: Scene, { asked, events, exact }: EventsFound, question: string): Step {
  if (isMenu(asked)) return eventsMenu(scene);
  const entries = events.flatMap((event) => event.entries[0] ?? []);
  const candidates = entries.slice(0, 10).map((id, position) => ({ id, score: 1 - position / 100 }));
  const only = events.length === 1 && exact ? scene.knowledge.entry(entries[0] ?? "") : undefined;
  if (only) return keeping(answerWith(scene, only, { confidence: 1, candidates }, question), asked);
  if (events.length === 0) {
    // That nothing is coming is an answer; that nothing is known of a day or a place may be handed on.
    return {
      ...noEvents(scene, asked.upcoming === true),
      remember: {
        question: asked.upcoming === true ? undefined : question,
        subject: { question, entries: [], at: scene.now, events: asked },
      },
    };
  }
  return {
    replies: [list(scene, events, asked, 0)],
    remember: { question: undefined, subject: { ...subjectOf(scene, events, asked, 0), question } },
    outcome: { is: "events", confidence: 1, candidates, events: events.map((event) => event.key) },
  };
}

/** A list goes on from a single event as well: "ankara" after "2019 izmir" keeps the year. */
function keeping(step: Step, asked: EventsAsked): Step {
  const subject = step.remember?.subject;
  return subject === undefined ? step : { ...step, remember: { ...step.remember, subject: { ...subject, events: asked } } };
}

/** The menu of events: what is to come, and past years. */
export function eventsMenu(scene: Scene): Step {
  return eventsPage(scene, UPCOMING, 0);
}

/** One page of the events that were asked for. */
export function eventsPage(scene: Scene, asked: EventsAsked, page: number): Step {
  const wanted = isMenu(asked) ? UPCOMING : asked;
  const events = eventsFitting(scene.knowledge.events, wanted, todayOf(scene));
  if (events.length === 0) return noEvents(scene, wanted.upcoming === true);
  return {
    replies: [list(scene, events, wanted, page)],
    remember: { subject: subjectOf(scene, events, wanted, page) },
    outcome: CHAT,
  };
}

/** One event by its key: its entry answers. */
export function showEvent(scene: Scene, key: string): Step {
  const event = scene.knowledge.event(key);
  const entry = scene.knowledge.entry(event?.entries[0] ?? "");
  if (!entry) return { replies: [say(scene, text("choice.expired"))], outcome: CHAT };
  return answerWith(scene, entry, { confidence: 1, candidates: [{ id: entry.id, score: 1 }] });
}

function isMenu(asked: EventsAsked): boolean {
  return Object.keys(set(asked)).length === 0;
}

/** Only what is set: what is saved must come back as it was. */
function set({ upcoming, year, month, day, place, kind }: EventsAsked): EventsAsked {
  const fields = { upcoming: upcoming === true ? true : undefined, year, month, day, place, kind };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function noEvents(scene: Scene, upcoming: boolean): Step {
  const gatherings = eventsFitting(scene.knowledge.events, {}, todayOf(scene));
  const years = [...new Set(gatherings.flatMap((event) => event.start?.slice(0, 4) ?? []))].slice(0, PAGE);
  const options = years.map((year) => listed(year, { act: "events", year: Number(year), page: 0 }));
  // Whoever looks for what is to come may want to be told of it.
  if (upcoming) options.push(button("button.announcements", { act: "announcements" }));
  return {
    replies: [choices(scene, [text(upcoming ? "events.noneUpcoming" : "events.noneFound"), text("events.pastYears")], options)],
    outcome: { is: "events", confidence: 1, candidates: [], events: [] },
  };
}

function list(scene: Scene, events: readonly Event[], asked: EventsAsked, page: number) {
  const shown = events.slice(page * PAGE, (page + 1) * PAGE);
  const options: Option[] = shown.map((event) => ({
    label: eventLabel(scene, event),
    action: { act: "event", key: event.key },
    listed: true,
  }));
  if (events.length > (page + 1) * PAGE) {
    options.push(button("button.more", { act: "events", ...set(asked), page: page + 1 }));
  }
  if (asked.upcoming === true) options.push(...calendarOptions(scene, shown), ...calendarLinkOptions(scene));
  const head = [heading(asked, events.length)];
  const isPast = asked.year === undefined && events.every((event) => isOver(event, todayOf(scene)));
  if (isPast) head.push(text("events.allPast"));
  if (shown.some((event) => isUnconfirmed(scene, event))) head.push(text("events.announcedNote"));
  return choices(scene, head, options);
}

/** A question that follows a page is about the events on it. */
function subjectOf({ now }: Scene, events: readonly Event[], asked: EventsAsked, page: number) {
  const { year, place } = asked;
  const entries = events.slice(page * PAGE, (page + 1) * PAGE).flatMap((event) => event.entries[0] ?? []);
  return { question: [year, place].filter((each) => each !== undefined).join(" "), entries, at: now, events: set(asked) };
}

function heading({ upcoming, year, month, place, kind }: EventsAsked, count: number): Text {
  if (upcoming === true) return text("events.upcoming");
  if (year !== undefined && month === undefined && place === undefined && kind === undefined)
    return text("events.ofYear", { year, count });
  return text("events.found", { count });
}

/** An event in one line, as it is told on that day. */
export function eventLabel(scene: Day, event: Event): Text {
  const { language } = scene;
  const when = event.start === undefined ? "" : periodInWords(event.start, event.end, language);
  const where = event.city === undefined ? "" : cityInWords(event.city, language);
  const name = [event.title[language], [when, where].filter(Boolean).join(", ")].filter(Boolean).join(" · ");
  if (event.status === "cancelled") return text("events.cancelled", { event: name });
  return isUnconfirmed(scene, event) ? text("events.announced", { event: name }) : { words: name };
}

/** Announced, its day is over, and nothing says that it took place. */
function isUnconfirmed(scene: Day, event: Event): boolean {
  return event.status === "announced" && isOver(event, todayOf(scene));
}

function todayOf(scene: Day): string {
  return dayAt(scene.now, scene.settings.timeZone);
}
