import type { Announcement, AnnouncementButton } from "#core/announcement.ts";
import { textFor } from "#core/announcement.ts";
import type { InLanguages } from "#core/entry.ts";
import type { Reply, Text } from "#core/message.ts";
import { text } from "#core/step.ts";
import type { AnnouncedTopic, Subscription } from "#core/subscription.ts";
import { isNear } from "#core/subscription.ts";
import { cityInWords } from "#text/city-names.ts";

/** What an announcement asks of its audience: a topic of theirs, and a province. */
export interface Wanted {
  readonly topics: readonly AnnouncedTopic[];
  readonly city?: string | undefined;
}

/**
 * Whether an announcement reaches a subscriber: they chose one of its topics, can be reached, and either of the two is about all provinces,
 * or both about the same one.
 */
export function reaches({ topics, city }: Wanted, subscription: Subscription): boolean {
  if (subscription.paused === true) return false;
  return isNear(city, subscription.city) && topics.some((topic) => subscription.topics.includes(topic));
}

/** Whether an announcement may wait for a weekly message at all. */
export function mayWait({ news, urgent }: Pick<Announcement, "news" | "urgent">): boolean {
  return !urgent && (news === "news" || news === "event");
}

/** Whether it may wait for the one message a week that a subscriber asked for: what cannot wait comes by itself. */
export function waitsForTheWeek(announcement: Pick<Announcement, "news" | "urgent">, { weekly }: Subscription): boolean {
  return weekly && mayWait(announcement);
}

/**
 * An announcement as a subscriber reads it, in their language as far as there is a text in it. `lines`: what the record of its event says of
 * date and place. `untold`: of those told before, they were not.
 */
export function announcementFor(
  announcement: Announcement,
  subscription: Subscription,
  { lines, untold }: { readonly lines?: InLanguages<string> | undefined; readonly untold?: true | undefined } = {},
): Extract<Reply, { kind: "announcement" }> {
  const { language } = subscription;
  const { title, body, foreign } = textFor(announcement, language);
  return {
    kind: "announcement",
    language,
    announcement: announcement.id,
    paragraphs: [
      ...(foreign ? [text("announcement.onlyTurkish")] : []),
      { words: title },
      { words: body },
      ...(lines === undefined || announcement.news !== "event" ? [] : [{ words: lines[language] }]),
      because(announcement, subscription, untold),
    ],
    buttons: buttonsUnder(announcement),
  };
}

/** Why they get it: what they chose, or had chosen before they left, or that they were told of the event before. */
function because(
  { topics, audience }: Announcement,
  { topics: chosen, city, language }: Subscription,
  untold: true | undefined,
): Text {
  const topic = topics.find((each) => chosen.includes(each));
  if (audience.of === "told" && untold !== true) return text("announcement.becauseTold");
  if (topic === undefined) return text("announcement.becauseBefore");
  const name = { key: `topic.${topic}` } as const;
  if (city === undefined) return text("announcement.becauseAllCities", { topic: name });
  return text("announcement.because", { topic: name, city: cityInWords(city, language) });
}

function buttonsUnder({ event, news }: Announcement): AnnouncementButton[] {
  const takesPlace = event !== undefined && (news === "event" || news === "moved");
  return takesPlace ? ["calendar", "remind", "leave"] : ["leave"];
}
