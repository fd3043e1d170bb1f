import { afterEach, beforeEach, expect, test } from "vitest";
import { createAudit } from "#desk/audit.ts";
import { contentOf, openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { describeStores } from "../support/store.ts";
import { dayThat, daysAfter, inWords, isFeast, there, typed } from "../support/turkish-days.ts";

/** With the day after it, no feast. */
const DAY = dayThat((day) => [0, 1].every((off) => !isFeast(daysAfter(day, off))));

let room: Newsroom;
beforeEach(async () => {
  room = await openNewsroom();
});
afterEach(async () => {
  await room[Symbol.asyncDispose]();
});

describeStores("staff who announce", (place) => {
  test("correct what was sent at an hour that they had set", async () => {
    await room.run(place());
    const { zeynep, reads, cardHas, press } = room;
    const ayse = await room.subscribes("tr");
    room.at(there(DAY, "09:00:00"));
    const card = await room.writes({ when: typed(DAY, "09.30") });
    await room.approved(card);
    room.at(there(DAY, "09:30:00"));
    await reads(ayse, "Hepinizi");
    await cardHas(card, "Gönderim bitti");
    await cardHas(card, `Gönderildi: ${inWords(DAY)}.*, 09\\.30`);
    await press(zeynep, card, "Düzelt");
    await room.opens(zeynep, "Duyuruyu düzeltin");
    expect(contentOf(zeynep.modal()?.view)).toContain("Hepinizi bekliyoruz.");
  });

  test("announce an event in Turkish alone without taking its English title out of the form", async () => {
    await room.run(place());
    const { zeynep, cardHas, cardOf, press } = room;
    const year = Number(DAY.slice(0, 4)) + 1;
    await room.publishes({ "title-tr": "Yaz Okulu", "title-en": "Summer School", start: `05.07.${year}` });
    await press(zeynep, "Yeni etkinlik: Yaz Okulu", "Duyur");
    await room.opens(zeynep, "Duyuru");
    expect(contentOf(zeynep.modal()?.view)).toContain("Summer School");
    await zeynep.submits({ "title-en": "Another title", "body-tr": "Bekleriz." }).done;
    expect(zeynep.modal()?.errors?.["body-en"]).toContain("İngilizce başlığın metnini");
    await zeynep.submits({ "title-en": "Summer School", "body-tr": "Bekleriz." }).done;
    await cardHas("Etkinlik duyurusu: Yaz Okulu", "Onay bekliyor");
    expect(contentOf(cardOf("Etkinlik duyurusu: Yaz Okulu"))).not.toContain("Summer School");
  });

  test("take an approval back before its hour, and whoever wrote it puts it right", async () => {
    const { store, bot } = await room.run(place());
    const { zeynep, mehmet, cardHas, cardOf, press, reads, holding } = room;
    const ayse = await room.subscribes("tr");
    room.at(there(DAY, "09:00:00"));
    const card = await room.writes({ when: typed(DAY, "09.30") });
    await room.approved(card);
    await cardHas(card, "Onaylandı");
    await press(mehmet, card, "Onayı geri al");
    await cardHas(card, "Onay bekliyor");
    expect(contentOf(cardOf(card))).not.toContain("Onaylayan");
    await press(zeynep, card, "Düzelt");
    await room.opens(zeynep, "Duyuru");
    await zeynep.submits({ "body-tr": "Saat değişti." }).done;
    await cardHas(card, "Saat değişti");
    room.at(there(DAY, "09:31:00"));
    const other = await room.writes({ "title-tr": "Ara haber", "body-tr": "Araya girdi." });
    await room.approved(other);
    await reads(ayse, "Araya girdi.");
    expect(holding(ayse, "Saat değişti")).toEqual([]);
    await room.approved(card);
    await reads(ayse, "Saat değişti.");
    expect(holding(ayse, "Hepinizi")).toEqual([]);
    await cardHas(card, "Gönderim bitti");
    const [sent] = (await bot.announcing.announcements.sent()).filter(({ text }) => text.tr.title === card);
    const deeds = (await createAudit(store.records).list({ on: sent?.id ?? "" }, 99)).map(({ did }) => did);
    expect(deeds.filter((did) => did === "announcement.take-back")).toHaveLength(1);
  });

  test("read on the card at which hour it really goes, and are asked before it does", async () => {
    await room.run(place());
    const { cardHas, cardOf, reads, holding } = room;
    const ayse = await room.subscribes("tr");
    room.at(there(DAY, "21:00:00"));
    const card = await room.writes({ when: typed(DAY, "23.30") });
    const morning = `${inWords(daysAfter(DAY, 1))}.*, 08\\.00`;
    await cardHas(card, `22\\.00–08\\.00 arasında gönderilmez\\. Gideceği zaman: ${morning}`);
    await cardHas(card, `1 kişiye gönderilecek\\. Zamanı: ${morning}`);
    await room.approved(card);
    await cardHas(card, `Onaylandı\\. Gönderim: ${morning}`);
    room.at(there(DAY, "23:31:00"));
    await cardHas(card, `Sessiz saatler.*${morning}`);
    expect(contentOf(cardOf(card))).not.toContain("Gönderime başlıyor");
    expect(holding(ayse, "Hepinizi")).toEqual([]);
    room.at(there(daysAfter(DAY, 1), "08:00:00"));
    await reads(ayse, "Hepinizi");
    await cardHas(card, "Gönderim bitti");
    const nobody = await room.writes({ topics: "law", "title-tr": "Kimseye gitmeyen" });
    await cardHas(nobody, "Bu seçimle kimseye gitmez");
  });
});
