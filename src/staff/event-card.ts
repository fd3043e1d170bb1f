import type { Announcement } from "#core/announcement.ts";
import type { Text } from "#core/message.ts";
import type { EventVersion } from "#core/staff-event.ts";
import type { Card, CardButton } from "#core/workspace.ts";
import { writeAbout } from "#staff/about.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { LANGUAGES } from "#text/language.ts";

export const EVENT_ACT = "event";

/** The card of an event that somebody wrote: what will be answered of it, what those are told who were told of it, and what can be done. */
export function eventCard(parts: Pick<AnnouncingParts, "language" | "views">, key: string, version: EventVersion): Card {
  const { event, change, decided, by, told, number } = version;
  const { language } = parts;
  const state: Text =
    decided === undefined ? { key: "eventCard.waiting" } : { key: `eventCard.${decided.is}`, values: { by: decided.by } };
  const button = (
    verb: "approve" | "approve-urgent" | "edit" | "reject" | "announce",
    weight?: CardButton["weight"],
  ): CardButton => ({
    label: { key: verb === "reject" || verb === "announce" ? `eventButton.${verb}` : `newsButton.${verb}` },
    action: `${EVENT_ACT}-${verb}`,
    value: writeAbout({ event: key, revision: String(number) }),
    ...(weight === undefined ? {} : { weight }),
  });
  const waiting = [
    button("approve", "primary"),
    ...(told?.urgent === true ? [button("approve-urgent")] : []),
    ...(change === "cancel" ? [] : [button("edit")]),
    button("reject", "danger"),
  ];
  const published = decided?.is === "approved" && change === "new" ? [button("announce")] : [];
  return {
    language,
    title: { key: `eventCard.title-${change}`, values: { title: event.title[language] } },
    paragraphs: [
      state,
      ...LANGUAGES.map((each): Text => ({ words: `${event.title[each]}\n${parts.views.eventLines(event, each)}` })),
      ...(told === undefined ? [] : toldLines(told.text)),
    ],
    notes: [
      { key: "newsCard.by", values: { by } },
      ...(told?.urgent === true ? [{ key: "newsCard.urgent" } as const] : []),
      ...(change === "cancel" && decided === undefined ? [{ key: "eventCard.oneWord" } as const] : []),
    ],
    buttons: decided === undefined ? waiting : published,
  };
}

function toldLines({ tr, en }: Announcement["text"]): Text[] {
  return [
    { key: "eventCard.told" },
    { words: `${tr.title}\n${tr.body}` },
    ...(en === undefined ? [] : [{ words: `${en.title}\n${en.body}` }]),
  ];
}
