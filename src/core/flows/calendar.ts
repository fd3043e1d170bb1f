import type { Event } from "#core/event.ts";
import { isForCalendars, isOver, mayBeInCalendars } from "#core/event.ts";
import type { Option } from "#core/message.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, say, text } from "#core/step.ts";
import { dayAt } from "#text/dates.ts";

/** The button that puts events into a calendar: those still to come, or under way, whose days are known. None where there are none. */
export function calendarOptions({ now, settings }: Scene, events: readonly (Event | undefined)[]): Option[] {
  const today = dayAt(now, settings.timeZone);
  const isComing = (event: Event) => isForCalendars(event) && !isOver(event, today);
  const known = events.flatMap((event) => (event !== undefined && isComing(event) ? event.key : []));
  return known.length === 0 ? [] : [button("button.calendar", { act: "calendar", events: known })];
}

/** Gives events as a file that calendars open. Of one that was cancelled meanwhile it cancels what an earlier file put there. */
export function addToCalendar(scene: Scene, keys: readonly string[]): Step {
  const { knowledge, language, now } = scene;
  const events = keys.flatMap((key) => knowledge.event(key) ?? []).filter(mayBeInCalendars);
  if (events.length === 0) return { replies: [say(scene, text("choice.expired"))], outcome: CHAT };
  const document = {
    kind: "document",
    language,
    caption: text(events.some(isForCalendars) ? "calendar.open" : "calendar.cancelled"),
    name: language === "tr" ? "etkinlik.ics" : "event.ics",
    content: knowledge.calendarFile(events, language, now),
  } as const;
  return { replies: [document], outcome: CHAT };
}
