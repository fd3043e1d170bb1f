import type { Announcement, AnnouncementButton } from "#core/announcement.ts";
import { textFor } from "#core/announcement.ts";
import type { InLanguages } from "#core/entry.ts";
import type { Reply, Text } from "#core/message.ts";
import { text } from "#core/step.ts";
import type { Subscription } from "#core/subscription.ts";
import { cityInWords } from "#text/city-names.ts";

type Written = Pick<Announcement, "id" | "news" | "event" | "topics" | "audience" | "text">;
type Reader = Pick<Subscription, "topics" | "city" | "language">;

/**
 * An announcement as a subscriber reads it, in their language as far as there is a text in it. `lines`: what the record of its event says of
 * date and place. `untold`: of those told before, they were not.
 */
export function announcementFor(
  announcement: Written,
  subscription: Reader,
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
function because({ topics, audience }: Written, { topics: chosen, city, language }: Reader, untold: true | undefined): Text {
  const topic = topics.find((each) => chosen.includes(each));
  if (audience.of === "told" && untold !== true) return text("announcement.becauseTold");
  if (topic === undefined) return text("announcement.becauseBefore");
  const name = { key: `topic.${topic}` } as const;
  if (city === undefined) return text("announcement.becauseAllCities", { topic: name });
  return text("announcement.because", { topic: name, city: cityInWords(city, language) });
}

function buttonsUnder({ event, news }: Written): AnnouncementButton[] {
  const takesPlace = event !== undefined && (news === "event" || news === "moved");
  return takesPlace ? ["calendar", "remind", "leave"] : ["leave"];
}
