import type { Announcement } from "#core/announcement.ts";
import type { Text } from "#core/message.ts";
import type { EventVersion } from "#core/staff-event.ts";
import type { Card, CardButton } from "#core/workspace.ts";
import { writeAbout } from "#staff/about.ts";
import type { CardFacts } from "#staff/announcement-card.ts";
import { approvalQuestion } from "#staff/announcement-when.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { LANGUAGES } from "#text/language.ts";

export const EVENT_ACT = "event";

/** What a card shows besides the event. */
export interface EventFacts extends Pick<CardFacts, "startsAt" | "startsCalmlyAt" | "now"> {
  /** How many its news would go to now; only of a draft that tells somebody. */
  readonly size?: number | undefined;
}

type CardParts = Pick<AnnouncingParts, "language" | "timeZone"> & {
  readonly views: Pick<AnnouncingParts["views"], "eventLines">;
};

/** The card of an event that somebody wrote: what will be answered of it, what those are told who were told of it, and what can be done. */
export function eventCard(parts: CardParts, key: string, version: EventVersion, facts: EventFacts): Card {
  const { event, change, decided, by, told, number } = version;
  const { language } = parts;
  const state: Text =
    decided === undefined ? { key: "eventCard.waiting" } : { key: `eventCard.${decided.is}`, values: { by: decided.by } };
  const button = (
    verb: "approve" | "approve-urgent" | "edit" | "reject" | "announce",
    weight?: CardButton["weight"],
    confirm?: CardButton["confirm"],
  ): CardButton => ({
    label: { key: verb === "reject" || verb === "announce" ? `eventButton.${verb}` : `newsButton.${verb}` },
    action: `${EVENT_ACT}-${verb}`,
    value: writeAbout({ event: key, revision: String(number) }),
    ...(weight === undefined ? {} : { weight }),
    ...(confirm === undefined ? {} : { confirm }),
  });
  const asked = (startsAt: number | undefined) =>
    (facts.size ?? 0) === 0
      ? undefined
      : approvalQuestion({}, { size: { single: facts.size ?? 0, weekly: 0 }, startsAt, now: facts.now }, parts);
  const waiting = [
    button("approve", "primary", asked(facts.startsCalmlyAt)),
    ...(told?.urgent === true ? [button("approve-urgent", undefined, asked(facts.startsAt))] : []),
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
      ...(told === undefined ? [] : toldLines(told.text, toldHead(decided?.is, facts.size))),
    ],
    notes: [
      { key: "newsCard.by", values: { by } },
      ...(told?.noteIn === undefined ? [] : [{ key: `eventCard.noteIn-${told.noteIn}` } as const]),
      ...(told?.urgent === true ? [{ key: "newsCard.urgent" } as const] : []),
      ...(change === "cancel" && decided === undefined ? [{ key: "eventCard.oneWord" } as const] : []),
    ],
    buttons: decided === undefined ? waiting : published,
  };
}

function toldHead(decided: "approved" | "rejected" | undefined, count = 0): Text {
  if (decided !== undefined) return { key: `eventCard.told-${decided}` };
  return count === 0 ? { key: "eventCard.toldNobody" } : { key: "eventCard.told", values: { count } };
}

function toldLines({ tr, en }: Announcement["text"], head: Text): Text[] {
  return [head, { words: `${tr.title}\n${tr.body}` }, ...(en === undefined ? [] : [{ words: `${en.title}\n${en.body}` }])];
}
