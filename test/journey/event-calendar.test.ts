import { afterEach, beforeEach, expect, test } from "vitest";
import { REMINDERS } from "#reminders/reminder.ts";
import type { Person as Member } from "../support/bot-api/people.ts";
import { ask, pathIn } from "../support/calendar-bot.ts";
import { CALENDARS, type Taken } from "../support/calendars.ts";
import { openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { describeStores } from "../support/store.ts";
import { dayThat, daysAfter, inWords, isFeast, there, typed } from "../support/turkish-days.ts";

/** No feast then, nor when it is reminded of what is to come. */
const TODAY = dayThat((day) => [0, 25, 32].every((off) => !isFeast(daysAfter(day, off))));
const daysOn = (days: number) => daysAfter(TODAY, days);
/** Thirty looks in ten minutes are let in. */
const SOON = { interval: 500, timeout: 10_000 };
const GATHERING = { "title-tr": "Ankara Kooperatif Buluşması", "title-en": "Ankara Cooperative Gathering" };

let room: Newsroom;

/** The events of a file as two calendars take it that are not ours; they must agree. */
function taken(file: unknown): readonly Taken[] {
  const [first = [], ...others] = Object.values(CALENDARS).map((read) => read(String(file)));
  expect(others).toEqual([first]);
  return first.toSorted((one, other) => (one.uid < other.uid ? -1 : 1));
}
async function feedOf(member: Member) {
  member.says("/duyurular takvim");
  const path = pathIn((await room.reads(member, "/calendar/")).text ?? "");
  return async () => taken((await ask(room.port(), path)).body);
}
/** The file that a press under a message brings. */
async function fileUnder(member: Member, part: string): Promise<string> {
  const files = () => room.api.shown(member.chat.id).filter(({ document }) => document !== undefined);
  const before = files().length;
  member.presses(await room.reads(member, part), "Takvime ekle");
  await room.api.until(() => files().length > before);
  return String(files().at(-1)?.["content"]);
}

describeStores("what staff do with an event in Slack", (place) => {
  beforeEach(async () => {
    room = await openNewsroom();
    room.at(there(TODAY, "14:00:00"));
  });
  // Before the store is closed.
  afterEach(async () => {
    await room[Symbol.asyncDispose]();
  });

  test("reaches readers and calendars, and reminders go by it: announced, moved, cancelled", { timeout: 60_000 }, async () => {
    const { store } = await room.run(place());
    const { slack, zeynep, reads, holding, cardHas, press } = room;
    const ayse = await room.subscribes("tr");
    const john = await room.subscribes("en");
    const feed = await feedOf(ayse);
    const place_ = { city: "Ankara", venue: "Birlik salonu" };
    const event = { ...GATHERING, ...place_, start: typed(daysOn(30), "14.00"), end: typed(daysOn(30), "16.30") };
    const proposed = await room.proposes(event);
    await press(zeynep, proposed, "Onayla");
    await slack.until(() => room.toldAlone(zeynep).some((text) => text.includes("Kendi yazdığınızı onaylayamazsınız")));
    expect(await feed()).toEqual([]);
    await room.approved(proposed);
    await cardHas(proposed, "Yayında");
    const all = { location: "Birlik salonu, Ankara", summary: GATHERING["title-tr"] };
    const first = {
      ...all,
      sequence: 0,
      status: "CONFIRMED",
      start: there(daysOn(30), "14:00"),
      end: there(daysOn(30), "16:30"),
    };
    await expect.poll(feed, SOON).toMatchObject([first]);

    const key = (await room.eventKey(GATHERING["title-tr"])) ?? "";
    const card = await room.writes({ event: key });
    await room.approved(card);
    ayse.presses(await reads(ayse, "Hepinizi bekliyoruz."), "Bana hatırlat");
    const times = [23, 29].map((days) => inWords(daysOn(days)).replace(/ \d+$/, "")).join("[^]*");
    expect((await reads(ayse, "şu zamanlarda hatırlatacağım")).text).toMatch(new RegExp(times));
    await reads(john, "Everybody is welcome.");
    await cardHas(card, "Gönderildi: 2 / 2");
    const saved = await fileUnder(ayse, "Hepinizi");
    expect(saved).toContain("METHOD:PUBLISH\r\n");
    expect(taken(saved)).toMatchObject([first]);

    await room.changes("move", GATHERING["title-tr"], { start: typed(daysOn(32), "10.00"), end: typed(daysOn(32), "12.00") });
    await reads(ayse, "tarihi ya da yeri değişti");
    await reads(john, "date or place of the event has changed");
    const moved = {
      ...all,
      sequence: 1,
      status: "CONFIRMED",
      start: there(daysOn(32), "10:00"),
      end: there(daysOn(32), "12:00"),
    };
    await expect.poll(feed, SOON).toMatchObject([moved]);
    expect(taken(await fileUnder(ayse, "Hepinizi"))).toMatchObject([{ ...moved, uid: taken(saved)[0]?.uid }]);

    // A reminder whose time lies in the past by the time the move is followed is not made up for.
    const followed = async () => {
      const reminders = await store.records.list(REMINDERS, { by: "index", name: "event", value: key, limit: 99 });
      return reminders.map(({ value }) => JSON.stringify(value).includes(`${daysOn(32)}T10:00`));
    };
    await expect.poll(followed, { timeout: 20_000 }).toEqual([true, true]);
    room.at(there(daysOn(25), "10:01:00"));
    await reads(ayse, "Yaklaşıyor:");
    await reads(john, "Coming up");
    await room.changes("cancel", GATHERING["title-tr"], {}, zeynep);
    await reads(ayse, "Bu etkinlik iptal edildi.");
    await reads(john, "This event is cancelled.");
    const cancelled = { ...moved, sequence: 2, status: "CANCELLED", uid: taken(saved)[0]?.uid };
    await expect.poll(feed, SOON).toMatchObject([cancelled]);
    const last = await fileUnder(ayse, "Hepinizi");
    expect(last).toContain("METHOD:CANCEL\r\n");
    expect(taken(last)).toMatchObject([cancelled]);

    // The hours come at which those who had asked would have been reminded.
    room.at(there(daysOn(32), "08:01:00"));
    const news = await room.writes({ "title-tr": "Yeni rehber", "body-tr": "Rehber yayında." });
    await room.approved(news);
    for (const reader of [ayse, john]) await reads(reader, reader === ayse ? "Rehber yayında." : "Everybody is welcome.");
    await cardHas(news, "Gönderildi: 2 / 2");
    expect(
      ["Hepinizi", "tarihi ya da yeri değişti", "Yaklaşıyor:", "İptal: Ankara", "Yarın:", "Bugün:"].map(
        (part) => holding(ayse, part).length,
      ),
    ).toEqual([1, 1, 1, 1, 0, 0]);
    expect(
      ["has changed", "Coming up", "Cancelled: Ankara", "Tomorrow", "Today"].map((part) => holding(john, part).length),
    ).toEqual([1, 1, 1, 0, 0]);
  });

  test("stands in every calendar at the same days and instants, summer and winter", { timeout: 60_000 }, async () => {
    await room.run(place());
    const ayse = await room.subscribes("tr");
    const feed = await feedOf(ayse);
    const year = Number(TODAY.slice(0, 4)) + 1;
    const [winter, summer] = [`${year}-01-15`, `${year}-07-15`];
    const cases = [
      ["Bir Gün", typed(winter), "", winter, `${year}-01-16`],
      ["Yıl Sonu", typed(`${year}-12-30`), typed(`${year}-12-31`), `${year}-12-30`, `${year + 1}-01-01`],
      [
        "Kış Gecesi",
        typed(winter, "22.00"),
        typed(`${year}-01-16`, "02.00"),
        there(winter, "22:00"),
        there(`${year}-01-16`, "02:00"),
      ],
      ["Yaz Gecesi", typed(summer, "00.30"), typed(summer, "03.15"), there(summer, "00:30"), there(summer, "03:15")],
      ["Bitişi Belirsiz", typed(summer, "9.00"), "", there(summer, "09:00"), undefined],
    ] as const;
    for (const [title, start, end] of cases)
      await room.publishes({
        "title-tr": title,
        "title-en": `${title} (en)`,
        start,
        ...(end === "" ? {} : { end }),
        venue: "Salon",
      });
    const titles: readonly string[] = cases.map(([title]) => title);
    const ofThese = (all: readonly Taken[]) => all.filter(({ summary }) => titles.includes(summary));
    const spans = async () => Object.fromEntries(ofThese(await feed()).map(({ summary, start, end }) => [summary, [start, end]]));
    const expected = Object.fromEntries(cases.map(([title, , , start, end]) => [title, [start, end]]));
    expect(await spans()).toEqual(expected);
    // One file of all that is to come says the same.
    ayse.says("/etkinlikler");
    const file = await fileUnder(ayse, "Yaklaşan etkinlikler");
    expect(ofThese(taken(file))).toEqual(ofThese(await feed()));
    expect(new Set(ofThese(taken(file)).map(({ uid }) => uid)).size).toBe(cases.length);

    await room.changes("cancel", "Yıl Sonu");
    await expect
      .poll(async () => (await feed()).filter(({ status }) => status === "CANCELLED"), SOON)
      .toMatchObject([{ summary: "Yıl Sonu", start: `${year}-12-30`, end: `${year + 1}-01-01`, sequence: 1 }]);
    expect(await spans()).toEqual(expected);
  });
});
