import { afterEach, beforeEach, expect, test } from "vitest";
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
