import type { Announcement } from "#core/announcement.ts";
import type { AudienceSize } from "#core/announcing.ts";
import type { Text } from "#core/message.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { cityInWords } from "#text/city-names.ts";

/** Whom an announcement goes to, in words, and how many they are. */
export function audienceInWords(
  { say, language, knowledge }: Pick<AnnouncingParts, "language" | "say" | "knowledge">,
  { audience, topics, event }: Announcement,
  { size, isUnknown }: { readonly size?: AudienceSize | undefined; readonly isUnknown: boolean },
): string {
  const number = size === undefined || isUnknown ? [] : [say(sizeOf(size), language)];
  if (audience.of === "told") {
    const title = knowledge().event(event ?? "")?.title[language] ?? "";
    return [say({ key: "newsCard.told", values: { title } }, language), ...number].join("\n");
  }
  const named = topics.map((topic) => say({ key: `topic.${topic}` }, language)).join(", ");
  const where = audience.city === undefined ? say({ key: "newsCard.allCities" }, language) : cityInWords(audience.city, language);
  return [`${named}; ${where}`, ...number].join("\n");
}

function sizeOf({ single, weekly }: AudienceSize): Text {
  if (single + weekly === 0) return { key: "newsCard.nobody" };
  if (weekly === 0) return { key: "newsCard.size", values: { count: single } };
  return { key: "newsCard.sizeWeekly", values: { count: single + weekly, single, weekly } };
}
