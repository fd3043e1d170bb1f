import type { Announcement } from "#core/announcement.ts";
import type { AnnouncementDraft } from "#core/announcing.ts";
import type { Text } from "#core/message.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import type { Submission } from "#core/workspace.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { minutesOf, momentAt } from "#text/clock.ts";
import { LANGUAGES } from "#text/language.ts";
import { typedMoment } from "#text/typed-moment.ts";

const YEAR_MS = 366 * 86_400_000;

type Values = Submission["values"];
type Errors = Readonly<Record<string, Text>>;

/** The words of a form, or what is wrong with them, at their fields. `offered`: the English title that the form was filled in with. */
export function wordsFrom(
  values: Values,
  offered?: string,
): { readonly text: Announcement["text"] } | { readonly errors: Errors } {
  const given = (id: string) => (values[id]?.[0] ?? "").trim();
  const bodyEn = given("body-en");
  // Nobody wrote it: without its text there is no English.
  const titleEn = bodyEn === "" && given("title-en") === offered ? "" : given("title-en");
  const errors: Record<string, Text> = {};
  if (given("title-tr") === "") errors["title-tr"] = { key: "announceProblem.title-tr" };
  if (given("body-tr") === "") errors["body-tr"] = { key: "announceProblem.body-tr" };
  if (titleEn === "" && bodyEn !== "") errors["title-en"] = { key: "announceProblem.title-en" };
  if (titleEn !== "" && bodyEn === "") errors["body-en"] = { key: "announceProblem.body-en" };
  if (Object.keys(errors).length > 0) return { errors };
  const en = titleEn === "" ? {} : { en: { title: titleEn, body: bodyEn } };
  return { text: { tr: { title: given("title-tr"), body: given("body-tr") }, ...en } };
}

/** What was written, as a draft, or what is wrong with it, at its fields. */
export function draftFrom(
  parts: AnnouncingParts,
  values: Values,
): { readonly draft: AnnouncementDraft } | { readonly errors: Errors } {
  const { now, timeZone, knowledge } = parts;
  const topics = ANNOUNCED_TOPICS.filter((topic) => values["topics"]?.includes(topic) === true);
  const city = parts.cities.find((each) => each === values["city"]?.[0]);
  const event = knowledge().event(values["event"]?.[0] ?? "");
  const when = (values["when"]?.[0] ?? "").trim();
  const sendAt = when === "" ? undefined : momentOf(when, timeZone);
  const words = wordsFrom(values, event?.title.en);
  const errors: Record<string, Text> = "errors" in words ? { ...words.errors } : {};
  if (topics.length === 0) errors["topics"] = { key: "announceProblem.topics" };
  if (when !== "" && (sendAt === undefined || sendAt < now() || sendAt > now() + YEAR_MS))
    errors["when"] = { key: sendAt === undefined ? "announceProblem.when" : "announceProblem.whenPast" };
  if ("errors" in words || Object.keys(errors).length > 0) return { errors };
  return {
    draft: {
      news: event === undefined ? "news" : "event",
      ...(event === undefined ? {} : { event: event.key }),
      topics,
      audience: { of: "subscribers", topics, ...(city === undefined ? {} : { city }) },
      text: words.text,
      urgent: values["urgent"]?.includes("yes") === true,
      ...(sendAt === undefined ? {} : { sendAt }),
    },
  };
}

function momentOf(typed: string, timeZone: string): number | undefined {
  const [day, time] = typedMoment(typed)?.split("T") ?? [];
  return day === undefined || time === undefined ? undefined : momentAt(day, minutesOf(time), timeZone);
}

/** The field at which is told that a text, as a platform would show it, is too long. */
export function tooLong(parts: AnnouncingParts, announcement: Announcement): Errors | undefined {
  for (const language of LANGUAGES) {
    if (announcement.text[language] === undefined) continue;
    const platform = parts.views.tooLongFor(parts.views.preview(announcement, language));
    if (platform !== undefined) return { [`body-${language}`]: { key: "announceProblem.tooLong", values: { platform } } };
  }
  return undefined;
}
