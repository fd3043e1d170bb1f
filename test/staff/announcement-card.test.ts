import { expect, test } from "vitest";
import { announcementFor } from "#core/announcement-reply.ts";
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

const NOW = Date.parse("2026-11-26T12:00:00Z");

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
    { isUnknown: false, after: [], now: NOW, ...facts },
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

test("an approval is asked for once more, with how many it reaches and when, and so is what cannot be undone", async () => {
  const draft: Announcement = { ...SENT, news: "news", state: "draft", audience: { of: "subscribers", topics: ["events"] } };
  const asked = async (announcement: Announcement, facts: Partial<CardFacts>) => {
    const { buttons = [] } = await cardOf(announcement, facts);
    return Object.fromEntries(
      buttons.flatMap(({ label, confirm }) =>
        confirm === undefined ? [] : [[words(label, "tr"), `${words(confirm.text, "tr")} [${words(confirm.yes, "tr")}]`]],
      ),
    );
  };
  const deleting = { Sil: "Duyuru silinecek ve kimseye gitmeyecek. Geri alınamaz. [Sil]" };
  expect(await asked({ ...draft, urgent: false }, { size: { single: 2, weekly: 0 } })).toEqual({
    Onayla: "2 kişiye şimdi gönderilecek. [Gönder]",
    ...deleting,
  });
  expect(await asked({ ...draft, urgent: false }, { size: { single: 2, weekly: 3 } })).toEqual({
    Onayla: "2 kişiye şimdi, 3 kişiye haftalık mesajda gönderilecek. [Gönder]",
    ...deleting,
  });
  const morning = Date.parse("2026-11-27T05:00:00Z");
  const sendAt = Date.parse("2026-11-26T20:30:00Z");
  expect(await asked({ ...draft, sendAt }, { size: { single: 2, weekly: 0 }, startsCalmlyAt: morning })).toEqual({
    Onayla: expect.stringMatching(/^2 kişiye gönderilecek\. Zamanı: 27 Kasım 2026.*, 08\.00 \[Gönder\]$/),
    "Acil olarak onayla": expect.stringMatching(/^2 kişiye gönderilecek\. Zamanı: 26 Kasım 2026.*, 23\.30 \[Gönder\]$/),
    ...deleting,
  });
  expect(await asked({ ...draft, urgent: false }, { size: { single: 0, weekly: 0 } })).toEqual({
    Onayla: "Bu seçimle kimseye gitmez. [Onayla]",
    ...deleting,
  });
  expect(Object.keys(await asked({ ...draft, state: "sending" }, {}))).toEqual(["Gönderimi bitir"]);
});
