import { afterEach, beforeEach, expect, test } from "vitest";
import type { Person as Member } from "../support/bot-api/people.ts";
import { contentOf, openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { describeStores } from "../support/store.ts";

const MANY = 60;
/** So slow that staff have the time to think better of it. */
const SLOWLY = { BULK_RATE: "15" };

let room: Newsroom;

async function follow(topic: string, count: number): Promise<Member[]> {
  const members = Array.from({ length: count }, () => room.api.person());
  for (const member of members) member.says(`/duyurular ${topic}`);
  for (const member of members) await room.reads(member, "✓");
  return members;
}

describeStores("an announcement to many", (place) => {
  beforeEach(async () => {
    room = await openNewsroom();
  });
  // Before the store is closed.
  afterEach(async () => {
    await room[Symbol.asyncDispose]();
  });

  test("is paused, goes on and is stopped in their midst: each has it once at most, and the card says how many", async () => {
    const { store, bot } = await room.run(place(), SLOWLY);
    const readers = await follow("etkinlik", MANY);
    const [lawyer] = (await follow("hukuk", 1)) as [Member];
    const having = (part: string) => readers.filter((reader) => room.holding(reader, part).length > 0).length;
    const most = (part: string) => Math.max(...readers.map((reader) => room.holding(reader, part).length));
    const until = (part: string, count: number) => room.api.until(() => having(part) >= count, 20_000);
    /** Nothing of an announcement is on the wire any more: what was sent of it is all that is. */
    const atRest = async (title: string) => {
      const [sent] = (await bot.announcing.announcements.sent()).filter(({ text }) => text.tr.title === title);
      expect(sent, title).toBeDefined();
      const onTheWire = async () => {
        const { claimed, sending } = await store.ledger.counts(sent?.id ?? "");
        return claimed + sending;
      };
      await expect.poll(onTheWire, { timeout: 20_000 }).toBe(0);
    };
    const another = async (title: string) => {
      await room.writes({ topics: "law", "title-tr": title, "body-tr": `${title} metni.` });
      await room.approved(title);
      await room.reads(lawyer, `${title} metni.`);
    };

    const first = await room.writes();
    await room.cardHas(first, `Şu an ${MANY} kişi`);
    await room.approved(first);
    await until("Hepinizi", 10);
    await room.cardHas(first, /Gönderiliyor.*Gönderildi: [1-5]?\d \/ 60/);
    await room.press(room.zeynep, first, "Duraklat");
    await atRest(first);
    const paused = having("Hepinizi");
    expect(paused).toBeLessThan(MANY);
    await room.cardHas(first, new RegExp(`Duraklatıldı.*Gönderildi: ${paused} / 60, bekleyen: ${MANY - paused}`));
    // Others get theirs meanwhile, by the same hands.
    await another("Hukuk rehberi");
    expect(having("Hepinizi")).toBe(paused);
    await room.press(room.zeynep, first, "Sürdür");
    await until("Hepinizi", MANY);
    await room.cardHas(first, /Gönderim bitti.*Gönderildi: 60 \/ 60, bekleyen: 0/);
    expect(most("Hepinizi")).toBe(1);

    const second = await room.writes({ "title-tr": "Yanlış duyuru", "body-tr": "Bu yanlıştı." });
    await room.approved(second);
    await until("Bu yanlıştı.", 8);
    await room.press(room.mehmet, second, "Gönderimi bitir");
    await room.cardHas(second, "Durduruldu");
    await atRest(second);
    const stopped = having("Bu yanlıştı.");
    expect(stopped).toBeLessThan(MANY);
    await room.cardHas(second, new RegExp(`Durduruldu.*Gönderildi: ${stopped} / 60, bekleyen: ${MANY - stopped}`));
    expect(contentOf(room.cardOf(second))).not.toContain("Sürdür");
    await another("Yeni yönetmelik");
    expect([having("Bu yanlıştı."), most("Bu yanlıştı."), most("Hepinizi")]).toEqual([stopped, 1, 1]);
  });
});
