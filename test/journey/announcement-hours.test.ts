import { afterEach, beforeEach, expect, test } from "vitest";
import type { Person as Member } from "../support/bot-api/people.ts";
import { openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { describeStores } from "../support/store.ts";
import { dayThat, daysAfter, inWords, isFeast, there, typed } from "../support/turkish-days.ts";

const MANY = 8;
const BAYRAM = dayThat((day) => isFeast(day) && !isFeast(daysAfter(day, -1)));
/** With those around it, no feast. */
const DAY = dayThat((day) => [-1, 0, 1, 2].every((off) => !isFeast(daysAfter(day, off))));

let room: Newsroom;

describeStores("announcements keep the hours of Türkiye", (place) => {
  beforeEach(async () => {
    room = await openNewsroom();
  });
  // Before the store is closed.
  afterEach(async () => {
    await room[Symbol.asyncDispose]();
  });

  test("what is approved late in the evening goes at eight, the rest of what had begun too; what is urgent does not wait", async () => {
    const { store, bot } = await room.run(place(), { BULK_RATE: "5" });
    const { reads, holding, cardHas } = room;
    const readers: Member[] = [];
    for (let each = 0; each < MANY; each += 1) readers.push(await room.subscribes("tr"));
    const having = (part: string) => readers.filter((reader) => holding(reader, part).length > 0).length;
    const atRest = async (title: string) => {
      const [sent] = (await bot.announcing.announcements.sent()).filter(({ text }) => text.tr.title === title);
      const { claimed, sending } = await store.ledger.counts(sent?.id ?? "");
      return [sent?.state, claimed + sending];
    };
    room.at(there(DAY, "21:50:00"));
    const begun = await room.writes();
    room.at(there(DAY, "21:59:50"));
    await room.approved(begun);
    await room.api.until(() => having("Hepinizi") >= 1);
    room.at(there(DAY, "22:00:00"));
    await expect.poll(() => atRest(begun), { timeout: 20_000 }).toEqual(["sending", 0]);
    const inTheEvening = having("Hepinizi");
    expect(inTheEvening).toBeLessThan(MANY);

    room.at(there(DAY, "22:30:00"));
    const late = await room.writes({ "title-tr": "Gece yazılan", "body-tr": "Sabaha kalır." });
    await room.approved(late);
    await cardHas(late, `bekleyen: ${MANY}`);
    room.at(there(daysAfter(DAY, 1), "07:58:00"));
    const urgent = await room.writes({ "title-tr": "Salon kapalı", "body-tr": "Bugün kapalıyız.", urgent: "yes" });
    await room.approved(urgent, "Acil olarak onayla");
    for (const reader of readers) await reads(reader, "Bugün kapalıyız.");
    expect([having("Hepinizi"), having("Sabaha kalır.")]).toEqual([inTheEvening, 0]);
    room.at(there(daysAfter(DAY, 1), "08:00:00"));
    for (const reader of readers) for (const part of ["Hepinizi", "Sabaha kalır."]) await reads(reader, part);
    await cardHas(begun, `Gönderildi: ${MANY} / ${MANY}`);
    await cardHas(late, `Gönderildi: ${MANY} / ${MANY}`);
    for (const part of ["Hepinizi", "Sabaha kalır.", "Bugün kapalıyız."])
      expect(readers.map((reader) => holding(reader, part).length)).toEqual(readers.map(() => 1));
  });

  test("after midnight, while it is still the day before in UTC, days are those that staff and readers have", async () => {
    await room.run(place());
    const { zeynep, reads, holding, cardHas } = room;
    const ayse = await room.subscribes("tr");
    room.at(there(DAY, "01:30:00"));
    expect(new Date(room.now()).toISOString().slice(0, 10)).toBe(daysAfter(DAY, -1));
    // Yesterday is over, though not in UTC.
    await zeynep.commands("", { channel: room.desk, command: "/etkinlik" }).done;
    await room.opens(zeynep, "Etkinlik");
    await zeynep.submits({ change: "new" }).done;
    await room.opens(zeynep, "Yeni etkinlik");
    const event = { "title-tr": "Gece Nöbeti", "title-en": "Night Watch", topics: "events", venue: "Liman" };
    await zeynep.submits({ ...event, start: typed(daysAfter(DAY, -1), "23.30") }).done;
    expect(zeynep.modal()?.errors?.["start"]).toContain("geç");
    zeynep.closes();
    await room.publishes({ ...event, start: typed(daysAfter(DAY, 1), "00.30") });
    const card = await room.writes({ event: (await room.eventKey("Gece Nöbeti")) ?? "", when: typed(DAY, "09.30") });
    await cardHas(card, `${inWords(DAY)} [^ ]+, 09\\.30`);
    await room.approved(card);
    await cardHas(card, `Onaylandı. Gönderim: ${inWords(DAY)} [^ ]+, 09\\.30`);

    room.at(there(DAY, "09:29:00"));
    const other = await room.writes({ "title-tr": "Ara haber", "body-tr": "Araya girdi." });
    room.at(there(DAY, "09:29:30"));
    await room.approved(other);
    await reads(ayse, "Araya girdi.");
    expect(holding(ayse, "Hepinizi")).toEqual([]);
    room.at(there(DAY, "09:30:00"));
    await reads(ayse, "Hepinizi");
    ayse.says("gece nöbeti ne zaman");
    const answer = await reads(ayse, "Liman");
    expect(answer.text).toMatch(new RegExp(`${inWords(daysAfter(DAY, 1))} \\S+, 00\\.30`));
  });

  test("nothing goes out on the first morning of a bayram, not even what is urgent, and all of it does at noon", async () => {
    await room.run(place());
    const { reads, holding, cardHas } = room;
    const ayse = await room.subscribes("tr");
    room.at(there(daysAfter(BAYRAM, -1), "23:00:00"));
    const night = await room.writes({ "title-tr": "Gece haberi", "body-tr": "Gece de gider.", urgent: "yes" });
    await room.approved(night, "Acil olarak onayla");
    await reads(ayse, "Gece de gider.");
    const usual = await room.writes();
    await room.approved(usual);
    await cardHas(usual, "bekleyen: 1");
    room.at(there(BAYRAM, "08:05:00"));
    const urgent = await room.writes({ "title-tr": "Acil haber", "body-tr": "Hemen okuyun.", urgent: "yes" });
    await room.approved(urgent, "Acil olarak onayla");
    await cardHas(urgent, "bekleyen: 1");
    room.at(there(BAYRAM, "11:58:00"));
    // Whoever writes is answered on that morning as on any other.
    ayse.says("/yardim");
    await reads(ayse, "/duyurular");
    await cardHas(usual, "bekleyen: 1");
    expect([holding(ayse, "Hepinizi"), holding(ayse, "Hemen okuyun.")]).toEqual([[], []]);
    room.at(there(BAYRAM, "12:00:00"));
    await reads(ayse, "Hepinizi");
    await reads(ayse, "Hemen okuyun.");
    await cardHas(usual, "Gönderildi: 1 / 1");
    expect([holding(ayse, "Hepinizi").length, holding(ayse, "Hemen okuyun.").length]).toEqual([1, 1]);
  });
});
