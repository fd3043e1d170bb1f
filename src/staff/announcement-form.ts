import type { Announcement } from "#core/announcement.ts";
import { eventsFitting } from "#core/event.ts";
import type { Form, FormField, Submission } from "#core/workspace.ts";
import { type About, writeAbout } from "#staff/about.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { cityField, topicsField, urgentField } from "#staff/news-fields.ts";
import { dayAt } from "#text/dates.ts";
import { asTyped } from "#text/typed-moment.ts";

export const ANNOUNCEMENT = "announcement";
export const CORRECTION = "correction";
export const TITLE = "title-tr";
/** A title stands on one line of a phone or two; both previews stand on one card. */
const LONGEST_TITLE = 120;
const LONGEST_BODY = 2500;
const MOST_EVENTS = 99;

type Values = Submission["values"];

/** The form of an announcement, with what is known of it already. */
export function announcementForm(parts: AnnouncingParts, about: About, values: Values): Form {
  const { language, cities, knowledge, now, timeZone } = parts;
  const upcoming = eventsFitting(knowledge().events, { upcoming: true }, dayAt(now(), timeZone)).slice(0, MOST_EVENTS);
  const events: FormField[] = [
    {
      kind: "choice",
      id: "event",
      label: { key: "announce.event" },
      hint: { key: "announceHint.event" },
      optional: true,
      options: upcoming.map(({ key, title }) => ({ label: { words: title[language] }, value: key })),
      chosen: values["event"] ?? [],
    },
  ];
  const when: FormField[] = [
    { ...textField("when", values), hint: { key: "announceHint.when" }, optional: true },
    urgentField(values),
  ];
  return {
    language,
    name: ANNOUNCEMENT,
    about: writeAbout(about),
    title: { key: "announce.form" },
    paragraphs: [{ key: "announce.note" }],
    // A choice of nothing is no field.
    fields: [
      topicsField(values),
      cityField(cities, values),
      ...(upcoming.length === 0 ? [] : events),
      ...wordFields(values),
      ...when,
    ],
    send: { key: "announce.toDraft" },
    cancel: { key: "staff.cancel" },
  };
}

/** The form in which what was sent is put right: its words alone. */
export function correctionForm(
  { language, timeZone }: Pick<AnnouncingParts, "language" | "timeZone">,
  about: About,
  announcement: Announcement,
): Form {
  return {
    language,
    name: CORRECTION,
    about: writeAbout(about),
    title: { key: "announce.correct" },
    paragraphs: [{ key: "announce.correctNote" }],
    fields: wordFields(valuesOf(announcement, timeZone)),
    send: { key: "announce.toDraft" },
    cancel: { key: "staff.cancel" },
  };
}

const textField = (id: "title-tr" | "title-en" | "body-tr" | "body-en" | "when", values: Values): FormField => ({
  kind: "text",
  id,
  label: { key: `announce.${id}` },
  lines: id.startsWith("body") ? "many" : "one",
  value: values[id]?.[0] ?? "",
  ...(id.startsWith("body") ? { most: LONGEST_BODY } : { most: LONGEST_TITLE }),
});

function wordFields(values: Values): FormField[] {
  return [
    textField("title-tr", values),
    textField("body-tr", values),
    { ...textField("title-en", values), hint: { key: "announceHint.title-en" }, optional: true },
    { ...textField("body-en", values), optional: true },
  ];
}

/** What a draft fills its form with. */
export function valuesOf({ text, topics, audience, event, urgent, sendAt }: Announcement, timeZone: string): Values {
  const city = audience.of === "subscribers" ? audience.city : undefined;
  return {
    topics,
    "title-tr": [text.tr.title],
    "body-tr": [text.tr.body],
    ...(text.en === undefined ? {} : { "title-en": [text.en.title], "body-en": [text.en.body] }),
    ...(city === undefined ? {} : { city: [city] }),
    ...(event === undefined ? {} : { event: [event] }),
    ...(urgent ? { urgent: ["yes"] } : {}),
    ...(sendAt === undefined ? {} : { when: [asTyped(momentIn(sendAt, timeZone))] }),
  };
}

function momentIn(moment: number, timeZone: string): string {
  const time = new Intl.DateTimeFormat("sv-SE", { timeZone, timeStyle: "short" }).format(moment);
  return `${dayAt(moment, timeZone)}T${time}`;
}
