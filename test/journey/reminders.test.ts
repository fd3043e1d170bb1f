import { expect, test } from "vitest";
import { REMINDERS } from "#reminders/reminder.ts";
import { ADDRESS } from "../support/bot.ts";
import { reminding } from "../support/reminding.ts";
import { describeStores } from "../support/store.ts";

type Scene = Awaited<ReturnType<typeof reminding>>;

const ASK = "avitem semineri ne zaman";

describeStores("reminders", (place) => {
  test("asked for under an answer, they come at their times, once, in the person's words, with what can be done", async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    expect(await scene.say(ASK)).toContain("Bana hatırlat");
    const set = await scene.say("bana hatırlat");
    expect(set).toContain("• 28 Kasım Cumartesi, 14.00\n• 4 Aralık Cuma, 14.00\n• 5 Aralık Cumartesi, 12.00");
    const { told, times } = await scene.until("2026-12-06T14:00");
    expect(times).toEqual(["2026-11-28T14:00", "2026-12-04T14:00", "2026-12-05T12:00"]);
    expect(told[0]).toMatch(/AVİTEM.*Yaklaşıyor: 5 Aralık 2026, 14\.00\..*Yer: .*Takvime ekle.*Hatırlatmayı kaldır/s);
    expect(told[1]).toContain("Yarın: 5 Aralık 2026, 14.00.");
    expect(told[2]).toContain("Bugün: 5 Aralık 2026, 14.00.");
    await scene.close();
  });

  test("a moved event moves them, there and back; a cancelled one has none, until it takes place after all", async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    await scene.say(ASK);
    await scene.say("bana hatırlat");
    expect((await scene.until("2026-11-29T00:00")).times).toEqual(["2026-11-28T14:00"]);
    await scene.change({ start: "2026-12-10T10:00" });
    expect((await scene.until("2026-12-08T00:00")).times).toEqual(["2026-12-03T10:00"]);
    await scene.change({ start: "2026-12-09T16:00" });
    expect((await scene.until("2026-12-09T00:00")).times).toEqual(["2026-12-08T16:00"]);
    await scene.change({ status: "cancelled" });
    expect((await scene.until("2026-12-09T15:00")).told).toEqual([]);
    await scene.change({ status: "announced", start: "2026-12-20T16:00" });
    expect((await scene.until("2026-12-21T00:00")).times).toEqual(["2026-12-13T16:00", "2026-12-19T16:00", "2026-12-20T14:00"]);
    await scene.close();
  });

  test("a moved event moves them though the process died while they were planned anew", async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    await scene.say(ASK);
    await scene.say("bana hatırlat");
    scene.dies("jobs-remind");
    await expect(scene.change({ start: "2026-11-26T14:00" })).rejects.toThrow("away");
    await scene.reminders.follow();
    expect((await scene.until("2026-11-27T00:00")).times).toEqual(["2026-11-25T14:00", "2026-11-26T12:00"]);
    await scene.close();
  });

  test("a moved event moves them all, however many pages of them there are", { timeout: 60_000 }, async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    const people = Array.from({ length: 1001 }, (_each, at) => ({ ...ADDRESS, chat: `c${at}`, person: `p${at}` }));
    await Promise.all(people.map((address) => scene.reminders.remindOf(scene.key, [address])));
    await scene.change({ start: "2026-12-10T10:00" });
    const kept = await scene.store.records.list(REMINDERS, { by: "index", name: "event", value: scene.key, limit: 9999 });
    expect(kept.filter(({ value }) => JSON.stringify(value).includes("2026-12-10T10:00"))).toHaveLength(1001);
    await scene.close();
  });

  test("taken back, they do not come; asked for again, they do", async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    await scene.say(ASK);
    await scene.say("bana hatırlat");
    expect(await scene.say(ASK)).toContain("Hatırlatmayı kaldır");
    expect(await scene.say("hatırlatmayı kaldır")).toContain("hatırlatmayacağım");
    expect((await scene.until("2026-11-29T00:00")).told).toEqual([]);
    await scene.say(ASK);
    await scene.say("bana hatırlat");
    expect((await scene.until("2026-12-06T00:00")).times).toEqual(["2026-12-04T14:00", "2026-12-05T12:00"]);
    await scene.close();
  });

  test("what came while nothing ran is told in the morning, the latest of it alone, and not after it began", async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    await scene.say(ASK);
    await scene.say("bana hatırlat");
    scene.sleep("2026-12-04T23:00");
    expect((await scene.until("2026-12-05T11:00")).times).toEqual(["2026-12-05T08:00"]);
    scene.sleep("2026-12-05T14:30");
    expect((await scene.until("2026-12-07T14:30")).told).toEqual([]);
    await scene.close();
  });

  test("while all sending is held none comes; then what is still to come is told, and what has begun is not", async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    await scene.say(ASK);
    await scene.say("bana hatırlat");
    scene.hold(true);
    expect((await scene.until("2026-12-04T20:00")).told).toEqual([]);
    scene.hold(false);
    expect((await scene.until("2026-12-05T11:45")).times).toEqual(["2026-12-04T20:15"]);
    scene.hold(true);
    await scene.until("2026-12-05T14:15");
    scene.hold(false);
    expect((await scene.until("2026-12-06T11:00")).told).toEqual([]);
    await scene.close();
  });

  test("one of which nobody knows whether it arrived is not sent again", async () => {
    const scene = await reminding(place(), "2026-11-25T14:00", [{ ok: false, why: "unknown" }]);
    await scene.reminders.set(ADDRESS, scene.key, true);
    expect((await scene.until("2026-11-25T15:00")).times).toEqual(["2026-11-25T12:00"]);
    await scene.close();
  });

  test("those whom an announcement reached are reminded where they chose so, and who said no stays with that", async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    await scene.say("/duyurular etkinlikler");
    const other = { ...ADDRESS, chat: "other", person: "other" };
    await scene.reminders.set(other, scene.key, false);
    await scene.reminders.remindOf(scene.key, [ADDRESS, other]);
    await scene.reminders.remindOf(scene.key, [ADDRESS, other]);
    const { told, times } = await scene.until("2026-11-29T00:00");
    expect(times).toEqual(["2026-11-28T14:00"]);
    expect(told[0]).toContain("hatırlatmaları açık tuttuğunuz için");
    await scene.close();
  });

  test.each([
    ["turned reminders off", (scene: Scene) => scene.say("/duyurular").then(() => scene.say("9"))],
    ["left all topics", (scene: Scene) => scene.say("/duyurular çık")],
    ["blocked the bot", (scene: Scene) => scene.send({ id: "away", kind: "presence", reachable: false })],
  ])("who %s since an announcement is reminded of nothing but what they asked for", async (_name, turns) => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    await scene.say("/duyurular etkinlikler");
    await scene.reminders.remindOf(scene.key, [ADDRESS]);
    expect((await scene.until("2026-11-29T00:00")).times).toEqual(["2026-11-28T14:00"]);
    await turns(scene);
    expect((await scene.until("2026-12-04T15:00")).told).toEqual([]);
    await scene.reminders.set(ADDRESS, scene.key, true);
    expect((await scene.until("2026-12-05T13:00")).told.join()).toContain("Hatırlatmamı istemiştiniz");
    await scene.close();
  });

  test("they are shown among a person's data, and deleting it leaves nothing of them that is due", async () => {
    const scene = await reminding(place(), "2026-12-05T14:00");
    await scene.say(ASK);
    await scene.say("bana hatırlat");
    const exported = await Promise.all(scene.store.personalData.map((each) => each.export(ADDRESS.channel, ADDRESS.person)));
    expect(JSON.stringify(exported)).toMatch(/"collection":"reminders".*"event":"avitem-izmir-2022"/);
    await scene.send({ id: "delete", kind: "command", command: "delete-my-data", argument: "" });
    await scene.say("evet, sil");
    expect((await place().scan()).filter((each) => !/^ended |:ended:/.test(each))).toEqual([]);
    expect((await scene.until("2026-12-06T00:00")).told).toEqual([]);
    await scene.close();
  });
});
