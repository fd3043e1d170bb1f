import type { Announcement } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import type { Text } from "#core/message.ts";
import type { EventChange } from "#core/staff-event.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import type { Submission } from "#core/workspace.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { idFrom } from "#staff/entry-values.ts";
import { ONLINE } from "#text/city-names.ts";
import { LANGUAGES, type Language } from "#text/language.ts";
import { minutesAt, timeOf } from "#text/clock.ts";
import { typedMoment } from "#text/typed-moment.ts";
import { dayAt } from "#text/dates.ts";

type Values = Submission["values"];
export type Errors = Readonly<Record<string, Text>>;
type Parts = Pick<AnnouncingParts, "cities" | "timeZone" | "now" | "say"> & {
  readonly views: Pick<AnnouncingParts["views"], "eventLines">;
};

const ADDRESS = /^https?:\/\/[^\s/]+\S*$/;

/** An event from its form, built on what is known of it; or what is wrong, at its fields. */
export function eventFrom(
  parts: Parts,
  change: EventChange,
  before: Event | undefined,
  values: Values,
): { readonly event: Event } | { readonly errors: Errors } {
  const given = (id: string) => (values[id]?.[0] ?? "").trim();
  if (change === "cancel" && before !== undefined) return { event: before };
  const errors: Record<string, Text> = {};
  const moment = (id: "start" | "end" | "deadline") => {
    const typed = given(id);
    const read = typed === "" ? undefined : typedMoment(typed);
    if (typed !== "" && read === undefined) errors[id] = { key: "eventProblem.when" };
    return read;
  };
  const [start, end] = [moment("start"), moment("end")];
  const here = `${dayAt(parts.now(), parts.timeZone)}T${timeOf(minutesAt(parts.now(), parts.timeZone))}`;
  if (given("start") === "") errors["start"] = { key: "eventProblem.when" };
  if (change !== "edit" && start !== undefined && start < here.slice(0, start.length))
    errors["start"] = { key: "eventProblem.past" };
  if (start !== undefined && end !== undefined && end < start.slice(0, end.length)) errors["end"] = { key: "eventProblem.end" };
  const cities = [ONLINE, ...parts.cities];
  const offered = cities.find((each) => each === values["city"]?.[0]);
  // One that the form does not offer was not chosen away in it.
  const city = change === "edit" && before?.city !== undefined && !cities.includes(before.city) ? before.city : offered;
  const place = { start, end, city, venue: optional(given("venue")) };
  if (change === "move" && before !== undefined)
    return Object.keys(errors).length > 0 ? { errors } : { event: without({ ...before, ...place }) };
  // An edit tells nobody.
  if (change === "edit" && before !== undefined)
    for (const id of ["start", "end", "city", "venue"] as const)
      if (place[id] !== before[id]) errors[id] ??= { key: "eventProblem.moves" };

  const topics = ANNOUNCED_TOPICS.filter((topic) => values["topics"]?.includes(topic) === true);
  if (topics.length === 0) errors["topics"] = { key: "announceProblem.topics" };
  for (const id of ["title-tr", "title-en"] as const) if (given(id) === "") errors[id] = { key: `eventProblem.${id}` };
  for (const id of ["registration", "url"] as const)
    if (given(id) !== "" && !ADDRESS.test(given(id))) errors[id] = { key: "eventProblem.address" };
  const deadline = moment("deadline")?.split("T")[0];
  const last = end ?? start;
  if (deadline !== undefined && last !== undefined && deadline > last.slice(0, deadline.length))
    errors["deadline"] = { key: "eventProblem.deadline" };
  if (Object.keys(errors).length > 0) return { errors };
  const registration = { url: optional(given("registration")), deadline };
  return {
    event: without({
      ...(before ?? FRESH),
      key: before?.key ?? `${idFrom(given("title-tr"))}-${(start ?? "").slice(0, 4)}`,
      topics,
      title: { tr: given("title-tr"), en: given("title-en") },
      timeZone: before?.timeZone ?? parts.timeZone,
      ...place,
      registration: registration.url === undefined && deadline === undefined ? undefined : without(registration),
      fee: optional(given("fee")),
      audience: optional(given("audience")),
      contact: optional(given("contact")),
      url: optional(given("url")),
    }),
  };
}

// That it takes place is announced; that it did is for whoever was there to say.
const FRESH = { kind: "gathering", organisers: [], participants: [], entries: [], status: "announced", sequence: 0 } as const;

/** What those are told who were told of it: what the record says, what it said `before` of what changed, and a note where one was written. */
export function toldFrom(
  { say, views }: Parts,
  change: "move" | "cancel",
  event: Event,
  values: Values,
  before: Event = event,
): Announcement["text"] {
  const [tr, en] = (["tr", "en"] as const).map((language) => {
    const lines = views.eventLines(change === "cancel" ? { ...event, status: "cancelled" } : event, language);
    const head = change === "cancel" ? [] : [say({ key: "told.moved" }, language)];
    const gone = views.eventLines(changedIn(before, event), language);
    const over = change === "cancel" || gone === "" ? [] : [say({ key: "told.before" }, language), gone];
    return {
      title: say({ key: `told.title-${change}`, values: { title: event.title[language] } }, language),
      // A note in the other language is better than none.
      body: [...head, lines, ...over, noteOf(values, language) || noteOf(values, language === "tr" ? "en" : "tr")]
        .filter((part) => part !== "")
        .join("\n"),
    };
  });
  if (tr === undefined) throw new Error("There is no Turkish text.");
  return { tr, en };
}

/** The only language that a note was written in; `undefined` where there is one in both, or in none. */
export function noteLanguage(values: Values): Language | undefined {
  const written = LANGUAGES.filter((language) => noteOf(values, language) !== "");
  return written.length === 1 ? written[0] : undefined;
}

function noteOf(values: Values, language: Language): string {
  return (values[`note-${language}`]?.[0] ?? "").trim();
}

/** An event as far as it was at another time or place. */
function changedIn(before: Event, after: Event): Event {
  const when = before.start !== after.start || before.end !== after.end;
  const where = before.venue !== after.venue || before.city !== after.city;
  const { key, title, timeZone, start, end, venue, city } = before;
  return {
    ...FRESH,
    key,
    title,
    timeZone,
    topics: [],
    ...(when ? { start, end } : {}),
    ...(where ? { venue, city } : {}),
  };
}

function optional(given: string): string | undefined {
  return given === "" ? undefined : given;
}

/** What is not set is not there: what is stored must come back as it was. */
function without<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}
