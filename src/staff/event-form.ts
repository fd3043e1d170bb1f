import type { Event } from "#core/event.ts";
import { eventsFitting } from "#core/event.ts";
import type { EventChange } from "#core/staff-event.ts";
import { EVENT_CHANGES } from "#core/staff-event.ts";
import type { Form, FormField, Submission } from "#core/workspace.ts";
import { type About, writeAbout } from "#staff/about.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { cityField, topicsField, urgentField } from "#staff/news-fields.ts";
import { ONLINE } from "#text/city-names.ts";
import { dayAt } from "#text/dates.ts";
import { asTyped } from "#text/typed-moment.ts";

export const EVENT = "event";
export const CHOOSE_EVENT = "choose-event";
export const EVENT_TITLE = "title-tr";
/** It becomes a button, and the title of an answer. */
const LONGEST_TITLE = 90;
const LONGEST_LINE = 200;
const LONGEST_NOTE = 1000;
const MOST_EVENTS = 100;

type Values = Submission["values"];
type Parts = Pick<AnnouncingParts, "language" | "knowledge" | "cities" | "now" | "timeZone">;

/** What fields each change asks for. */
const LINES = {
  places: ["start", "end", "venue"],
  rest: ["registration", "deadline", "fee", "audience", "contact", "url"],
  notes: ["note-tr", "note-en"],
} as const;
type Line = (typeof LINES)[keyof typeof LINES][number] | "title-tr" | "title-en";

/** The form that asks which event, and what is to become of it (`change`, where that is known). */
export function chooseEventForm(parts: Parts, about: About, change: EventChange = "new"): Form {
  const { language } = parts;
  const events = comingEvents(parts);
  const changes: readonly EventChange[] = events.length === 0 ? ["new"] : EVENT_CHANGES;
  const which: FormField = {
    kind: "choice",
    id: "event",
    label: { key: "event.which" },
    hint: { key: "eventHint.which" },
    optional: true,
    options: events.map(({ key, title }) => ({ label: { words: title[language] }, value: key })),
  };
  return {
    language,
    name: CHOOSE_EVENT,
    about: writeAbout(about),
    title: { key: "event.form" },
    paragraphs: events.length === 0 ? [{ key: "event.noneYet" }] : [],
    fields: [
      {
        kind: "choice",
        id: "change",
        label: { key: "event.change" },
        options: changes.map((value) => ({ label: { key: `event.change-${value}` }, value })),
        chosen: changes.filter((each) => each === change),
      },
      ...(events.length === 0 ? [] : [which]),
    ],
    send: { key: "staff.next" },
    cancel: { key: "staff.cancel" },
  };
}

/** Those that staff may still change: upcoming, and not cancelled. */
export function comingEvents({ knowledge, now, timeZone }: Pick<Parts, "knowledge" | "now" | "timeZone">): readonly Event[] {
  return eventsFitting(knowledge().events, { upcoming: true }, dayAt(now(), timeZone)).slice(0, MOST_EVENTS);
}

/** The form of an event, or of its move or cancellation, with what is known of it. */
export function eventForm(parts: Parts, about: About, change: EventChange, values: Values): Form {
  const { language, cities } = parts;
  const line = (id: Line, needed = false): FormField => ({
    kind: "text",
    id,
    label: { key: `event.${id}` },
    ...(HINTED.has(id) ? { hint: { key: `eventHint.${id as "start"}` } } : {}),
    lines: id.startsWith("note") ? "many" : "one",
    value: values[id]?.[0] ?? "",
    most: id.startsWith("title") ? LONGEST_TITLE : id.startsWith("note") ? LONGEST_NOTE : LONGEST_LINE,
    optional: !needed,
  });
  const city = cityField([ONLINE, ...cities], values);
  const places = [line("start", true), line("end"), city, line("venue")];
  const told = [...LINES.notes.map((id) => line(id)), urgentField(values)];
  const whole = [
    line("title-tr", true),
    line("title-en", true),
    topicsField(values),
    ...places,
    ...LINES.rest.map((id) => line(id)),
  ];
  return {
    language,
    name: EVENT,
    about: writeAbout({ ...about, change }),
    title: { key: `event.form-${change}` },
    paragraphs: [{ key: change === "move" || change === "cancel" ? "event.toldNote" : "event.note" }],
    fields: change === "cancel" ? told : change === "move" ? [...places, ...told] : whole,
    send: { key: "announce.toDraft" },
    cancel: { key: "staff.cancel" },
  };
}

const HINTED: ReadonlySet<Line> = new Set(["start", "end", "registration", "deadline", "fee", "note-tr"]);

/** What an event fills its form with. */
export function eventValues({
  title,
  topics,
  start,
  end,
  city,
  venue,
  registration,
  fee,
  audience,
  contact,
  url,
}: Event): Values {
  const given = {
    "title-tr": title.tr,
    "title-en": title.en,
    start: start && asTyped(start),
    end: end && asTyped(end),
    city,
    venue,
    registration: registration?.url,
    deadline: registration?.deadline && asTyped(registration.deadline),
    fee,
    audience,
    contact,
    url,
  };
  const filled = Object.entries(given).flatMap(([id, value]) => (value === undefined ? [] : [[id, [value]] as const]));
  return { topics, ...Object.fromEntries(filled) };
}
