import { afterEach, beforeEach, expect, test } from "vitest";
import { nextDigest } from "#announcements/digest-hours.ts";
import { openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { describeStores } from "../support/store.ts";
import { dayThat, daysAfter, there, typed } from "../support/turkish-days.ts";

const MINUTE_MS = 60_000;
const DAY = dayThat(() => true);
/** When weekly messages go out, the first after a moment. */
const mondayAfter = (moment: number) => nextDigest(moment, "Europe/Istanbul");
const TITLE = "Ankara Kooperatif Buluşması";

let room: Newsroom;

describeStores("who reads once a week", (place) => {
  beforeEach(async () => {
    room = await openNewsroom();
    room.at(there(DAY, "14:00:00"));
  });
  // Before the store is closed.
  afterEach(async () => {
    await room[Symbol.asyncDispose]();
  });

  test("has one message, and what staff cancel in Slack of that by itself, once", async () => {
    await room.run(place());
    const { reads, holding, cardHas } = room;
    const [ayse, fatma] = [await room.subscribes("tr"), await room.subscribes("tr")];
    ayse.presses(await reads(ayse, "✓"), "Haftada bir gönderin");
    await reads(ayse, "haftada bir, tek mesajda");
    await room.publishes({
      "title-tr": TITLE,
      "title-en": "Gathering",
      start: typed(daysAfter(DAY, 20), "14.00"),
      city: "Ankara",
    });
    const card = await room.writes({ event: (await room.eventKey(TITLE)) ?? "" });
    await cardHas(card, "2 kişi: 1 şimdi, 1 haftalık mesajda");
    await room.approved(card);
    await reads(fatma, "Hepinizi");
    await cardHas(card, /Gönderim bitti.*Gönderildi: 1 \/ 1/);
    expect(holding(ayse, "bekleriz")).toEqual([]);

    const monday = mondayAfter(room.now());
    room.at(new Date(monday + MINUTE_MS).toISOString());
    expect((await reads(ayse, "Geçen haftanın duyuruları")).text).toMatch(
      /1\. Buluşmaya bekleriz[^]*Ankara Kooperatif Buluşması/,
    );
    await room.changes("cancel", TITLE, {}, room.zeynep);
    for (const reader of [ayse, fatma]) await reads(reader, `İptal: ${TITLE}`);
    await cardHas("İptal duyurusu", /Gönderim bitti.*Gönderildi: 2 \/ 2/);

    const guide = await room.writes({ "title-tr": "Yeni rehber", "body-tr": "Rehber yayında." });
    await room.approved(guide);
    await reads(fatma, "Rehber yayında.");
    await cardHas(guide, "Gönderim bitti");
    room.at(new Date(mondayAfter(monday + MINUTE_MS) + MINUTE_MS).toISOString());
    const second = await reads(ayse, "Yeni rehber");
    expect(second.text).toContain("Geçen haftanın duyuruları");
    expect(second.text).not.toMatch(/Buluşma|İptal/);
    const counted = ["Geçen haftanın", "bekleriz", "İptal:", "Yeni rehber"].map((part) => holding(ayse, part).length);
    expect(counted).toEqual([2, 1, 1, 1]);
    expect(["Geçen haftanın", "Hepinizi", "İptal:"].map((part) => holding(fatma, part).length)).toEqual([0, 1, 1]);
  });
});
