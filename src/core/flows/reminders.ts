import type { Person } from "#core/conversation.ts";
import type { Event } from "#core/event.ts";
import { isOver } from "#core/event.ts";
import { calendarOptions } from "#core/flows/calendar.ts";
import type { Option, Text } from "#core/message.ts";
import type { Notice } from "#core/notice.ts";
import { beginningOf, nextReminder, remindersOf } from "#core/reminders.ts";
import type { Scene, Step } from "#core/step.ts";
import { CHAT, button, choices, say, text } from "#core/step.ts";
import { cityInWords } from "#text/city-names.ts";
import { daysLater } from "#text/clock.ts";
import { dayAt, momentInWords, periodInWords } from "#text/dates.ts";

const MOST_REMEMBERED = 50;

/** The button that asks to be reminded of an event that is still far enough away, or takes that back. */
export function reminderOptions(scene: Scene, event: Event | undefined): Option[] {
  if (event === undefined || nextReminder(event, scene.now, scene.settings.timeZone) === undefined) return [];
  return [isRemindedOf(scene.person, event) ? dontRemind(event) : doRemind(event)];
}

/** Asks to be reminded of an event, or takes that back. Says when it will be, as it is known now. */
export function setReminder(scene: Scene, key: string, on: boolean): Step {
  const { language, now, settings } = scene;
  const event = scene.knowledge.event(key);
  const times = event === undefined ? [] : remindersOf(event, settings.timeZone).filter((moment) => moment > now);
  const effects = [{ kind: "remind", event: key, on, language }] as const;
  const person = remembering(scene, key, on);
  if (!on) {
    const again = event !== undefined && times.length > 0 ? [doRemind(event)] : [];
    return { replies: [choices(scene, [text("remind.removed")], again)], effects, person, outcome: CHAT };
  }
  if (event === undefined || times.length === 0) return { replies: [say(scene, text("remind.cannot"))], outcome: CHAT };
  const lines = times.map((moment) => `• ${momentInWords(moment, settings.timeZone, language)}`).join("\n");
  const paragraphs = [{ words: event.title[language] }, text("remind.set", { times: lines }), text("remind.follows")];
  return { replies: [choices(scene, paragraphs, [dontRemind(event)])], effects, person, outcome: CHAT };
}

/**
 * The reminder itself, at most once. Nothing where the event was cancelled meanwhile or has begun, and nothing that only came along with
 * announcements where the person wants none of that any more.
 */
export function remind(scene: Scene, { event: key, asked }: Extract<Notice, { about: "reminder" }>): Step {
  const event = scene.knowledge.event(key);
  const begins = event === undefined ? undefined : beginningOf(event);
  const comes = event !== undefined && event.status !== "cancelled" && begins !== undefined && begins > scene.now;
  if (!comes || !(asked || remindedUnasked(scene.person))) return { replies: [], keepsOffer: true, outcome: CHAT };
  const paragraphs = [
    { words: event.title[scene.language] },
    whenOf(scene, event),
    ...whereOf(scene, event),
    text(asked ? "remind.asked" : "remind.chosen"),
  ];
  const options = [...calendarOptions(scene, [event]), dontRemind(event)];
  return { replies: [], effects: [{ kind: "send-once", reply: choices(scene, paragraphs, options) }], outcome: CHAT };
}

function doRemind({ key }: Event): Option {
  return button("button.remind", { act: "remind", event: key, on: true });
}

function dontRemind({ key }: Event): Option {
  return button("button.dontRemind", { act: "remind", event: key, on: false });
}

function isRemindedOf({ reminders = [] }: Person, { key }: Event): boolean {
  return reminders.includes(key);
}

/** Whether they are to be reminded of events that they did not ask to be reminded of. */
function remindedUnasked({ subscription }: Person): boolean {
  return subscription?.reminders === true && subscription.topics.length > 0 && subscription.paused !== true;
}

/** What a person asked for, without what is over. */
function remembering({ person, knowledge, now, settings }: Scene, key: string, on: boolean): Person {
  const today = dayAt(now, settings.timeZone);
  const others = (person.reminders ?? []).filter((each) => {
    const event = knowledge.event(each);
    return each !== key && event !== undefined && !isOver(event, today);
  });
  return { ...person, reminders: [...others, ...(on ? [key] : [])].slice(-MOST_REMEMBERED) };
}

function whenOf({ language, now }: Scene, { start = "", end, timeZone }: Event): Text {
  const when = periodInWords(start, end, language);
  const today = dayAt(now, timeZone);
  const day = start.split("T")[0];
  if (day === today) return text("remind.today", { when });
  if (day === daysLater(today, 1)) return text("remind.tomorrow", { when });
  return text("remind.later", { when });
}

function whereOf({ language }: Scene, { venue, city }: Event): Text[] {
  const place = [venue, city === undefined ? undefined : cityInWords(city, language)].filter((part) => part !== undefined);
  return place.length === 0 ? [] : [text("followUp.where", { place: place.join(", ") })];
}
