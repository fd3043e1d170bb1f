import { createViews } from "#commands/announcement-views.ts";
import type { Announcing } from "#commands/open-announcements.ts";
import type { House } from "#commands/open-channels.ts";
import type { KnowledgeBase } from "#core/knowledge-base.ts";
import type { Ledger } from "#core/ledger.ts";
import type { MessageReference } from "#core/message.ts";
import type { Records } from "#core/ports.ts";
import type { Card, Workspace } from "#core/workspace.ts";
import { createShown } from "#desk/shown.ts";
import type { Log } from "#ops/log.ts";
import { createAnnouncementCards } from "#staff/announcement-cards.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import type { Approvers } from "#staff/approvers.ts";
import { PROVINCES } from "#text/provinces.ts";

export interface NewsNeeds {
  readonly house: Pick<House, "config" | "words" | "now">;
  readonly log: Log;
  readonly workspace: Workspace;
  readonly channel: string;
  readonly approvers: Approvers;
  readonly records: Records;
  readonly holder: string;
  readonly ledger: Pick<Ledger, "counts">;
  readonly knowledge: () => KnowledgeBase;
  /** What staff announce, and the events they write. */
  readonly announcing: Announcing;
}

/** Slack takes a change a second of one message; and a card that is read is not to flicker. */
const CARD_RESTS_MS = 3000;

/** What staff do with announcements and events, with the cards that show how those stand. */
export function openStaffNews(needs: NewsNeeds) {
  const { house, log, workspace, channel, approvers, records, holder, ledger, knowledge, announcing } = needs;
  const { config, words, now } = house;
  const { defaultLanguage: language, timeZone } = config.settings;
  const views = createViews({
    ledger,
    drawing: announcing.drawing,
    workspace,
    words,
    about: (event) => announcing.announcements.about(event),
    eventOf: (key) => knowledge().event(key),
    now,
  });
  const cards = { records, surface: cardsIn(workspace, channel), now, holder, log, restMs: CARD_RESTS_MS };
  const parts: AnnouncingParts = {
    workspace,
    knowledge,
    ...announcing,
    views,
    announcementCards: createShown({ ...cards, collection: "announcement-cards", name: "announcement" }),
    eventCards: createShown({ ...cards, collection: "event-cards", name: "event" }),
    cities: PROVINCES,
    refreshApprovers: (person) => approvers.refresh(person),
    showAnnouncements: () => void show(),
    now,
    timeZone,
    channel,
    language,
    say: words,
  };
  const announcementCards = createAnnouncementCards(parts);
  let showingNews: Promise<unknown> = Promise.resolve();
  const show = () => {
    showingNews = showingNews
      .then(() => announcementCards.settleOwed())
      .catch((error: unknown) => log.deskFailed("announcements", error));
    return showingNews;
  };
  return { parts, show, [Symbol.asyncDispose]: async () => void (await showingNews) };
}

function cardsIn(workspace: Workspace, chat: string) {
  return {
    post: (card: Card, { id, tries }: { readonly id: string; readonly tries: number }) =>
      workspace.post({ chat }, card, { id, attempts: tries }),
    update: (reference: MessageReference, card: Card) => workspace.update(reference, card),
  };
}
