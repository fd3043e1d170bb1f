import { afterEach, beforeEach, expect, test } from "vitest";
import { contentOf, openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { labels } from "../support/slack-desk.ts";
import { describeStores } from "../support/store.ts";

const HOUR_S = 3600;
const HOUR_MS = 3_600_000;

let room: Newsroom;

describeStores("once an announcement was sent", (place) => {
  beforeEach(async () => {
    room = await openNewsroom();
  });
  // Before the store is closed.
  afterEach(async () => {
    await room[Symbol.asyncDispose]();
  });

  test("it is corrected for all who have it, and withdrawn from all but those whose platform refuses, who are counted", async () => {
    await room.run(place());
    const { api, zeynep, mehmet, reads, holding, cardHas, press } = room;
    const ayse = await room.subscribes("tr");
    const fatma = await room.subscribes("tr");
    const veli = await room.subscribes("tr");
    const john = await room.subscribes("en");
    const card = await room.writes();
    await room.approved(card);
    for (const reader of [ayse, fatma, veli]) await reads(reader, "Hepinizi");
    await reads(john, "Everybody");
    await cardHas(card, /Gönderim bitti.*Gönderildi: 4 \/ 4/);
    const late = await room.subscribes("tr");

    await press(zeynep, card, "Düzelt");
    await room.opens(zeynep, "Duyuruyu düzeltin");
    await zeynep.submits({ "body-tr": "Saat 15.00'te bekliyoruz.", "body-en": "We meet at 15:00." }).done;
    await cardHas(card, "Düzeltme onay bekliyor");
    await press(zeynep, card, "Düzeltmeyi onayla");
    await room.slack.until(() => room.toldAlone(zeynep).some((text) => text.includes("Kendi yazdığınızı onaylayamazsınız")));
    expect(holding(ayse, "15.00")).toEqual([]);
    await press(mehmet, card, "Düzeltmeyi onayla");
    for (const reader of [ayse, fatma, veli]) await reads(reader, "Saat 15.00'te");
    await reads(john, "We meet at 15:00.");
    await cardHas(card, /Düzeltildi: 4 \/ 4/);
    for (const reader of [ayse, fatma, veli, john]) {
      expect(holding(reader, "Hepinizi").length + holding(reader, "Everybody").length).toBe(0);
      expect(holding(reader, "15.00").length + holding(reader, "15:00").length).toBe(1);
    }

    // Two days are over for one of them, and another has gone.
    const old = await reads(fatma, "15.00");
    Object.assign(old, { date: old.date - 49 * HOUR_S });
    veli.blocks();
    await press(mehmet, card, "Geri çek");
    await room.opens(mehmet, "Geri çek");
    expect(contentOf(mehmet.modal()?.view)).toContain("48 saat");
    await mehmet.submits({}).done;
    await api.until(() => holding(ayse, "15.00").length + holding(john, "15:00").length === 0);
    await cardHas(card, /Silindi: 2 \/ 4, bekleyen: 0.*sohbete ulaşılamıyor: 1.*sohbette duruyor: 1/);
    expect(holding(fatma, "15.00")).toHaveLength(1);
    expect([holding(late, "15.00"), holding(late, "Hepinizi")]).toEqual([[], []]);
    expect(labels(room.cardOf(card))).toEqual([]);
  });

  test("whose delivery is uncertain gets it again only where an approver says so, and nobody else does", async () => {
    await room.run(place());
    const { api, slack, zeynep, mehmet, reads, holding, cardHas, press } = room;
    const readers = [await room.subscribes("tr"), await room.subscribes("tr"), await room.subscribes("tr")] as const;
    const [ayse, fatma, veli] = readers;
    const elif = slack.person({ name: "elif" });
    room.desk.members.add(elif.user.id);
    // Of one it is lost that it arrived, of another that it did not: nobody can tell which is which.
    api.faults.add({ method: "sendMessage", chat: veli.chat.id, trouble: { kind: "reset-after" } });
    api.faults.add({ method: "sendMessage", chat: fatma.chat.id, trouble: { kind: "reset-before" } });
    const card = await room.writes();
    await room.approved(card);
    await cardHas(card, /Gönderim bitti.*Gönderildi: 1 \/ 3, bekleyen: 0.*Teslimi belirsiz: 2/);
    const have = () => readers.map((reader) => holding(reader, "Hepinizi").length);
    expect(have()).toEqual([1, 0, 1]);

    // Hours, and what goes out after them, change nothing in that.
    room.at(new Date(room.now() + 2 * HOUR_MS).toISOString());
    const second = await room.writes({ "title-tr": "Yeni rehber", "body-tr": "Rehber yayında." });
    await room.approved(second);
    for (const reader of readers) await reads(reader, "Rehber yayında.");
    await cardHas(second, "Gönderildi: 3 / 3");
    expect(have()).toEqual([1, 0, 1]);

    await press(elif, card, "Belirsizlere gönder");
    await room.opens(elif, "Belirsizlere gönder");
    await elif.submits({}).done;
    await slack.until(() => contentOf(elif.modal()?.view).includes("onay"));
    expect(have()).toEqual([1, 0, 1]);
    await press(zeynep, card, "Belirsizlere gönder");
    await room.opens(zeynep, "Belirsizlere gönder");
    expect(contentOf(zeynep.modal()?.view)).toContain("ikinci kez");
    await zeynep.submits({}).done;
    await reads(fatma, "Hepinizi");
    await cardHas(card, /Gönderim bitti.*Gönderildi: 3 \/ 3, bekleyen: 0/);
    expect(have()).toEqual([1, 1, 2]);
    expect(contentOf(room.cardOf(card))).not.toMatch(/belirsiz/i);
    expect(mehmet.modal()).toBeUndefined();
    expect(holding(ayse, "Hepinizi")).toHaveLength(1);
  });
});
