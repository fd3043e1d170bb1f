import { expect, test } from "vitest";
import { announcementFor } from "#announcements/audience.ts";
import type { Announcement } from "#core/announcement.ts";
import { announcementCard, type CardFacts } from "#staff/announcement-card.ts";
import { knowledge } from "../support/knowledge.ts";
import { words } from "../support/words.ts";

const SENT: Announcement = {
  format: 1,
  id: "aaaa1111",
  news: "cancelled",
  topics: ["events"],
  audience: { of: "told", by: ["bbbb2222"] },
  text: { tr: { title: "İptal", body: "Bu etkinlik iptal edildi." } },
  urgent: true,
  state: "done",
  author: "U1",
  history: [],
  taken: [],
};
const NOBODY = {
  pending: 0,
  claimed: 0,
  sending: 0,
  sent: 0,
  failed: { gone: 0, refused: 0, left: 0 },
  uncertain: 0,
  erased: 0,
  unsent: 0,
};

async function cardOf(announcement: Announcement, facts: Partial<CardFacts>) {
  const base = await knowledge();
  const chosen = { topics: [], reminders: false, weekly: false, chat: "", changedAt: 0, consent: { textVersion: "", at: 0 } };
  return announcementCard(
    {
      language: "tr",
      timeZone: "Europe/Istanbul",
      say: words,
      knowledge: () => base,
      views: { preview: (of: Announcement, language: "tr" | "en") => announcementFor(of, { ...chosen, language }) },
    },
    announcement,
    { isUnknown: false, after: [], ...facts },
  );
}

/** The keys of what a card says first. */
async function saidOn(announcement: Announcement, facts: Partial<CardFacts>): Promise<string[]> {
  const card = await cardOf(announcement, facts);
  return (card.paragraphs ?? []).flatMap((text) => ("key" in text ? [text.key] : [])).filter((key) => !key.includes("preview"));
}

test("a card tells figures of what is known, and says so where it is not known any more", async () => {
  expect(await saidOn(SENT, { counts: NOBODY })).toEqual(["newsCard.done", "figures.sent"]);
  expect(await saidOn(SENT, { counts: undefined })).toEqual(["newsCard.done", "figures.gone"]);
  expect(await saidOn(SENT, { counts: NOBODY, isUnknown: true })).toEqual(["newsCard.done", "newsCard.unknown"]);
  const withdrawn = { run: "aaaa1111-1", does: "withdraw", done: true } as const;
  const after = [{ run: withdrawn, counts: NOBODY }];
  expect(await saidOn({ ...SENT, after: [withdrawn] }, { counts: undefined, after })).toEqual([
    "newsCard.withdraw-done",
    "figures.gone",
  ]);
  expect(await saidOn({ ...SENT, state: "draft" }, { isUnknown: true })).toEqual(["newsCard.toldDraft", "newsCard.unknown"]);
});

test("one that could not be taken away from everybody can be withdrawn once more, any other not", async () => {
  const run = { run: "aaaa1111-1", does: "withdraw", done: true } as const;
  const withdrawn: Announcement = { ...SENT, after: [run] };
  const actionsOn = async (counts: typeof NOBODY) =>
    (await cardOf(withdrawn, { counts: NOBODY, after: [{ run, counts }] })).buttons?.map(({ action }) => action);
  expect(await actionsOn({ ...NOBODY, sent: 5 })).toEqual([]);
  expect(await actionsOn({ ...NOBODY, sent: 5, uncertain: 1 })).toEqual(["news-withdraw"]);
});

test.each([
  [{ single: 12, weekly: 0 }, "Şu an 12 kişi"],
  [{ single: 12, weekly: 3 }, "15 kişi: 12 şimdi, 3 haftalık mesajda"],
])("a draft tells how many it goes to: %j", async (size, told) => {
  const draft = { ...SENT, state: "draft", news: "news", audience: { of: "subscribers", topics: ["events"] } } as const;
  expect((await cardOf(draft, { size })).fields).toMatchObject([
    { value: { words: `Etkinlikler; bütün iller\n${told}` } },
    { label: { key: "newsCard.when" } },
  ]);
});
