import type { Entry, InLanguages } from "#core/entry.ts";
import type { Event } from "#core/event.ts";
import type { Text } from "#core/message.ts";
import { whenInWords } from "#events/when.ts";
import { cityInWords } from "#text/city-names.ts";
import { dayAt, wholeDateInWords } from "#text/dates.ts";
import type { Language } from "#text/language.ts";

const OWNER = "etkinlik";
const WHOLE_DAY = /^\d{4}-\d{2}-\d{2}/;

/**
 * The entry that answers what is asked about an event, made from its record alone, so that both always say the same. `at` is when the
 * record was approved, milliseconds: its answers hold for that day.
 */
export function entryOfEvent(event: Event, say: (text: Text, language: Language) => string, at: number): Entry {
  const approved = dayAt(at, event.timeZone);
  const both = <Made>(make: (language: Language) => Made): InLanguages<Made> => ({ tr: make("tr"), en: make("en") });
  const [lastDay] = WHOLE_DAY.exec(event.end ?? event.start ?? "") ?? [];
  return {
    id: entryIdOf(event),
    topic: "events",
    title: event.title,
    questions: both((language) => questionsOf(event, language, say)),
    answer: both((language) => answerOf(event, language, say)),
    sources: [
      { title: say({ key: "eventEntry.source" }, "tr"), ...(event.url === undefined ? {} : { url: event.url }), date: approved },
    ],
    asOf: approved,
    ...(lastDay === undefined ? {} : { review: lastDay }),
    owner: OWNER,
    event: event.key,
    related: [],
    doesNotCover: { tr: [], en: [] },
    smallTalk: false,
  };
}

/** An event with the entry that answers it before those that were written about it. */
export function withOwnEntry(event: Event): Event {
  const id = entryIdOf(event);
  return { ...event, entries: [id, ...event.entries.filter((each) => each !== id)] };
}

function entryIdOf({ key }: Event): string {
  return `etkinlik-${key}`;
}

const ASKED = ["name", "when", "where", "day", "about", "register"] as const;

function questionsOf(event: Event, language: Language, say: (text: Text, language: Language) => string): string[] {
  const title = event.title[language];
  const asked = ASKED.map((kind) => say({ key: `eventAsked.${kind}`, values: { title } }, language));
  if (event.fee !== undefined) asked.push(say({ key: "eventAsked.fee", values: { title } }, language));
  return asked;
}

function answerOf(event: Event, language: Language, say: (text: Text, language: Language) => string): string {
  const { venue, city, registration, fee, audience, contact } = event;
  const when = whenInWords(event, language);
  const where = [venue, city === undefined ? undefined : cityInWords(city, language)]
    .filter((each) => each !== undefined)
    .join(", ");
  const until = registration?.deadline === undefined ? undefined : wholeDateInWords(registration.deadline, language);
  const line = (
    key: "when" | "where" | "register" | "until" | "fee" | "audience" | "contact",
    value: string | undefined,
  ): string[] => (value === undefined || value === "" ? [] : [say({ key: `eventEntry.${key}`, values: { value } }, language)]);
  return [
    ...(event.status === "cancelled" ? [say({ key: "eventEntry.cancelled" }, language)] : []),
    ...(event.status === "cancelled" && when !== ""
      ? [say({ key: "eventEntry.wasFor", values: { value: when } }, language)]
      : line("when", when)),
    ...line("where", where),
    ...(event.status === "cancelled" ? [] : [...line("register", registration?.url), ...line("until", until)]),
    ...line("fee", fee),
    ...line("audience", audience),
    ...line("contact", contact),
  ].join("\n");
}
