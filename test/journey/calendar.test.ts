import { afterEach, expect, test } from "vitest";
import type { Event } from "#core/event.ts";
import { GATHERING } from "../support/gathering.ts";
import { ADDRESS } from "../support/bot.ts";
import { CALENDARS } from "../support/calendars.ts";
import { openCalendarBot, pathIn } from "../support/calendar-bot.ts";
import { TODAY } from "../support/knowledge.ts";
import { describeStores, type Place } from "../support/store.ts";

const OTHER: Event = {
  ...GATHERING,
  key: "izmir-hukuk-2026",
  topics: ["law"],
  city: "İzmir",
  start: "2026-12-07",
  end: "2026-12-08",
};
const LINK = /^\/calendar\/[\w-]{43}\.ics$/;
const DAY_MS = 86_400_000;

type Bot = Awaited<ReturnType<typeof openCalendarBot>>;

/** The events of a calendar as two programs take it that are not ours; they must agree. */
async function eventsAt(bot: Bot, path: string) {
  const got = await bot.ask(path);
  expect(got.status).toBe(200);
  const [first = [], second] = Object.values(CALENDARS).map((read) => read(got.body));
  expect(second).toEqual(first);
  return first;
}

const opened: Bot[] = [];
afterEach(async () => {
  for (const bot of opened.splice(0)) await bot.close();
});
async function open(place: Place, time?: { now: number }): Promise<Bot> {
  const bot = await openCalendarBot(place, time);
  opened.push(bot);
  return bot;
}

describeStores("a calendar of one's own", (place) => {
  test("follows an event that is moved, and one that is cancelled, under one UID", async () => {
    const bot = await open(place());
    const said = await bot.say("/duyurular takvim");
    expect(said).toMatch(/kopyalayıp.*bilen herkes.*Yeni bağlantı.*Bağlantıyı kapat/is);
    const path = pathIn(said);
    expect(path).toMatch(LINK);
    expect(await eventsAt(bot, path)).toEqual([]);

    await bot.publish("new", GATHERING);
    const told = { uid: "ankara-bulusmasi-2026@imece", summary: GATHERING.title.tr, location: "Birlik salonu, Ankara" };
    expect(await eventsAt(bot, path)).toMatchObject([
      { ...told, start: "2026-12-05T11:00:00.000Z", end: "2026-12-05T13:30:00.000Z", sequence: 0, status: "CONFIRMED" },
    ]);
    await bot.publish("move", { ...GATHERING, start: "2026-12-12T10:00", end: "2026-12-12T12:00" });
    expect(await eventsAt(bot, path)).toMatchObject([{ ...told, start: "2026-12-12T07:00:00.000Z", sequence: 1 }]);
    await bot.publish("cancel", GATHERING);
    expect(await eventsAt(bot, path)).toMatchObject([
      { ...told, start: "2026-12-12T07:00:00.000Z", sequence: 2, status: "CANCELLED" },
    ]);
    // What was published stays published: the calendar as a whole is not withdrawn with its last event.
    expect((await bot.ask(path)).body).toMatch(/METHOD:PUBLISH\r\n.*REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n/s);
  });

  test("holds what fits their topics and province, in their language; what is over stays for ninety days", async () => {
    const time = { now: TODAY };
    const bot = await open(place(), time);
    await bot.publish("new", GATHERING);
    await bot.publish("new", OTHER);
    await bot.publish("new", { ...GATHERING, key: "cevrim-ici-2026", topics: ["law"], city: "çevrim içi" });
    const path = pathIn(await bot.say("/duyurular takvim"));
    const keys = async () => (await eventsAt(bot, path)).map(({ uid }) => uid.replace("@imece", ""));
    expect(await keys()).toEqual(["ankara-bulusmasi-2026", "cevrim-ici-2026", "izmir-hukuk-2026"]);
    await bot.say("/duyurular hukuk");
    expect(await keys()).toEqual(["cevrim-ici-2026", "izmir-hukuk-2026"]);
    await bot.say("/duyurular ankara");
    expect(await keys()).toEqual(["cevrim-ici-2026"]);
    await bot.say("/duyurular etkinlikler");
    expect(await keys()).toEqual(["ankara-bulusmasi-2026", "cevrim-ici-2026"]);

    await bot.press("button.inEnglish");
    const english = await bot.ask(path);
    expect(english.body).toContain("SUMMARY:Ankara Cooperative Gathering");
    expect(english.body).toContain("X-WR-CALNAME:");
    time.now = Date.parse("2026-12-05T13:30:00Z") + 90 * DAY_MS;
    expect(await keys()).toEqual(["ankara-bulusmasi-2026", "cevrim-ici-2026"]);
    time.now += 1;
    expect(await keys()).toEqual([]);
  });

  test("is sent again only where it changed, to nobody's cache but theirs; HEAD gives the same without the file", async () => {
    const time = { now: TODAY };
    const bot = await open(place(), time);
    await bot.publish("new", GATHERING);
    const path = pathIn(await bot.say("/duyurular takvim"));
    const first = await bot.ask(path);
    expect(first.headers).toMatchObject({
      "content-type": "text/calendar; charset=utf-8",
      "cache-control": "private, max-age=3600",
      "x-robots-tag": "noindex",
      "content-length": String(Buffer.byteLength(first.body)),
    });
    const etag = String(first.headers["etag"]);
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const head = await bot.ask(path, {}, "HEAD");
    expect([head.status, head.body]).toEqual([200, ""]);
    const { date: _at, ...ofGet } = first.headers;
    expect(head.headers).toMatchObject(ofGet);
    time.now += 60_000;
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await bot.ask(path, { "if-none-match": known });
      expect([known, again.status, again.body, again.headers["etag"]]).toEqual([known, 304, "", etag]);
    }
    await bot.publish("move", { ...GATHERING, start: "2026-12-12T10:00", end: "2026-12-12T12:00" });
    const moved = await bot.ask(path, { "if-none-match": etag });
    expect(moved.status).toBe(200);
    expect(moved.body).toContain("DTSTART:20261212T070000Z");
    expect((await bot.ask(path, {}, "POST")).status).toBe(405);
  });

  test("is shown at the same address again; another one, closing it and deleting one's data end the old one at once", async () => {
    const bot = await open(place());
    const path = pathIn(await bot.say("/duyurular takvim"));
    expect(pathIn(await bot.say("/news calendar"))).toBe(path);
    const said = await bot.say("yeni bağlantı");
    expect(said).toContain("eskisi artık çalışmıyor");
    const second = pathIn(said);
    const status = async (which: string) => (await bot.ask(which)).status;
    expect([await status(path), await status(second)]).toEqual([404, 200]);
    expect(await bot.say("bağlantıyı kapat")).toMatch(/kapattım.*Yeni bağlantı/s);
    expect(await status(second)).toBe(404);
    const third = pathIn(await bot.say("/duyurular takvim"));
    expect(new Set([path, second, third]).size).toBe(3);
    expect(await status(third)).toBe(200);

    const exported = await Promise.all(bot.store.personalData.map((each) => each.export(ADDRESS.channel, ADDRESS.person)));
    expect(JSON.stringify(exported)).toContain(third.slice("/calendar/".length, -".ics".length));
    // The file may go through many hands, and whoever knows the token has the calendar.
    const file = await bot.say("/verilerim");
    expect(file).toContain('"takvim bağlantınız var": "evet"');
    expect(file).not.toContain(third.slice("/calendar/".length, -".ics".length));
    await bot.send({ id: "delete", kind: "command", command: "delete-my-data", argument: "" });
    expect(await bot.say("evet, sil")).toContain("silindi");
    expect([await status(path), await status(second), await status(third)]).toEqual([404, 404, 404]);
    expect((await place().scan()).filter((line) => line.includes("calendar-link"))).toEqual([]);
  });

  test("repeated or raced, what makes one makes no second; the token lies nowhere in the open", async () => {
    const bot = await open(place());
    const of = { ...ADDRESS, language: "tr" } as const;
    const renew = () => bot.links.change(of, { id: "press#0", do: "renew" });
    const first = await renew();
    expect(await renew()).toBe(first);
    const raced = await Promise.all(
      Array.from({ length: 12 }, (_, at) => bot.links.change(of, { id: `race-${at}`, do: at % 2 === 0 ? "renew" : "show" })),
    );
    const held = await bot.links.change(of, { id: "after", do: "show" });
    const alive: string[] = [];
    for (const link of new Set([first, ...raced, held])) {
      const got = await bot.ask(pathIn(link ?? ""));
      if (got.status === 200) alive.push(link ?? "");
    }
    expect(alive).toEqual([held]);
    const lies = (await place().scan()).join("\n");
    for (const link of [first, ...raced, held]) expect(lies).not.toContain(link?.slice(-47, -4));
    const records = await bot.store.records.list("calendar-links", { by: "owner", ...ADDRESS, limit: 10 });
    expect(records).toHaveLength(1);
  });

  test("an act that is repeated after later ones changes nothing: the address given last goes on, what was closed stays closed", async () => {
    const bot = await open(place());
    const of = { ...ADDRESS, language: "tr" } as const;
    const change = (id: string, act: "show" | "renew" | "close") => bot.links.change(of, { id, do: act });
    const status = async (link: string | undefined) => (await bot.ask(pathIn(link ?? ""))).status;
    const first = await change("1", "renew");
    const second = await change("2", "renew");
    expect(await change("1", "renew")).toBe(second);
    expect([await status(first), await status(second)]).toEqual([404, 200]);
    await change("3", "close");
    for (const id of ["1", "2"]) expect([id, await change(id, "renew")]).toEqual([id, undefined]);
    expect(await status(second)).toBe(404);
    const third = await change("4", "show");
    expect(await change("3", "close")).toBe(third);
    // Further back than any process could be.
    for (let act = 5; act < 30; act += 1) await change(String(act), "renew");
    const [held] = await bot.store.records.list("calendar-link-of", { by: "owner", ...ADDRESS, limit: 10 });
    expect(JSON.stringify(held?.value).length).toBeLessThan(500);
  });

  test("whatever else is asked for there is not there, and no file is behind it", async () => {
    const bot = await open(place());
    const path = pathIn(await bot.say("/duyurular takvim"));
    const token = path.slice("/calendar/".length, -".ics".length);
    const forged = [
      "/calendar/",
      "/calendar/.ics",
      `/calendar/${token}`,
      `/calendar/${token}.ICS`,
      `/calendar/${token}.ics/`,
      `/calendar/${token}.ics%00`,
      `/calendar/%00${token}.ics`,
      `/calendar/../calendar/${token}.ics`,
      `/calendar//${token}.ics`,
      "/calendar/../../package.json",
      "/calendar/..%2f..%2fpackage.json",
      `/calendar/${"A".repeat(43)}.ics`,
      `/calendar/${token.slice(0, -1)}.ics`,
      `/calendar/${"a".repeat(8000)}.ics`,
      `/calendar/${token.toUpperCase()}.ics`,
      `/Calendar/${token}.ics`,
      "/calendar",
    ];
    for (const each of forged) {
      const got = await bot.ask(each);
      expect([each, got.status, got.body]).toEqual([each, 404, ""]);
    }
    expect((await bot.ask(`${path}?utm=1`)).status).toBe(200);
  });

  test("who asks for one too often waits, and others do not", async () => {
    const time = { now: TODAY };
    const bot = await open(place(), time);
    const path = pathIn(await bot.say("/duyurular takvim"));
    const other = pathIn(await bot.say("/duyurular takvim", { ...ADDRESS, chat: "other", person: "other" }));
    const statuses: number[] = [];
    for (let asked = 0; asked < 31; asked += 1) statuses.push((await bot.ask(path)).status);
    expect([new Set(statuses.slice(0, 30)), statuses[30]]).toEqual([new Set([200]), 429]);
    expect((await bot.ask(path)).headers["retry-after"]).toBe("600");
    expect((await bot.ask(other)).status).toBe(200);
    time.now += 10 * 60_000;
    expect((await bot.ask(path)).status).toBe(200);
  });

  test("is the same in every process that may share the store, as soon as that has looked", async () => {
    const here = place();
    const bot = await open(here);
    const path = pathIn(await bot.say("/duyurular takvim"));
    await bot.publish("new", GATHERING);
    const second = await open(here).catch((error: unknown) => error);
    // The embedded store belongs to one process.
    if (second instanceof Error) return expect(second).toMatchObject({ code: "store.locked" });
    const other = second as Bot;
    expect((await other.ask(path)).headers["etag"]).toBe((await bot.ask(path)).headers["etag"]);
    await bot.publish("cancel", GATHERING);
    await other.refresh();
    expect(await eventsAt(other, path)).toMatchObject([{ status: "CANCELLED", sequence: 1 }]);
    await bot.say("yeni bağlantı");
    expect((await other.ask(path)).status).toBe(404);
  });
});
