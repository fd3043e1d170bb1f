import { afterEach, beforeEach, expect, test } from "vitest";
import { nextDigest } from "#announcements/digest-hours.ts";
import type { Event } from "#core/event.ts";
import type { AnnouncementDraft } from "#core/announcing.ts";
import type { Store } from "#core/ports.ts";
import { REMINDERS } from "#reminders/reminder.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import type { Person as Member } from "../support/bot-api/people.ts";
import { deskSettings, runDeskBot, type DeskBot } from "../support/desk-bot.ts";
import { slackSettings } from "../support/bot-process.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel } from "../support/slack/shapes.ts";
import { describeStores } from "../support/store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A weekly message's time; what is announced before it, an event after it. */
const MONDAY = nextDigest(Date.now() + 7 * DAY_MS, "Europe/Istanbul");
const WEDNESDAY = MONDAY - 5 * DAY_MS + 4 * HOUR_MS;
/** Where the readers are it is three hours later. */
const startOf = (moment: number) => new Date(moment + 3 * HOUR_MS).toISOString().slice(0, 16);
const BEGINS = MONDAY + 20 * DAY_MS + 4 * HOUR_MS;
const EVENT: Event = {
  key: "ankara-bulusmasi",
  kind: "gathering",
  topics: ["events"],
  title: { tr: "Ankara Kooperatif Buluşması", en: "Ankara Cooperative Gathering" },
  timeZone: "Europe/Istanbul",
  start: startOf(BEGINS),
  city: "Ankara",
  venue: "Birlik salonu",
  organisers: [],
  participants: [],
  entries: [],
  status: "announced",
  sequence: 0,
};

let api: BotApi;
let slack: Slack;
let desk: Channel;
let writer: string;
let approver: string;
/** The bots' clock goes on from here. */
let ahead: number;
const running: DeskBot[] = [];
/** The weeks of which the log told how they ended. */
const ended: [string, object][] = [];
const at = (moment: number) => {
  ahead = moment - Date.now();
};
const clock = () => Date.now() + ahead;
beforeEach(async () => {
  api = await startBotApi();
  slack = await startSlack();
  const people = [slack.person({ name: "zeynep" }), slack.person({ name: "mehmet" })] as const;
  [writer, approver] = [people[0].user.id, people[1].user.id];
  desk = slack.channel({ name: "danisma-masasi", members: [...people] });
  at(WEDNESDAY);
  ended.length = 0;
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const run = async (store: Store, settings: Record<string, string> = deskSettings(api, slack, desk)): Promise<DeskBot> => {
  const hear = { weekEnded: (week: string, told: object) => void ended.push([week, told]) };
  const bot = await runDeskBot(store, slack, { ...settings, SLACK_APPROVERS: `${writer},${approver}` }, hear, clock);
  running.push(bot);
  return bot;
};
/** Another process, beside the one that has Telegram. */
const runBeside = (store: Store) => run(store, { ...slackSettings(slack), SLACK_DESK_CHANNEL: desk.id });

const holding = (member: Member, part: string) => api.shown(member.chat.id).filter(({ text }) => text?.includes(part));
const reads = async (member: Member, part: string) => {
  // What a process takes that has no Telegram waits five seconds for the other.
  await api.until(() => holding(member, part).length > 0, 40_000);
  return holding(member, part).at(-1);
};

/** A member who chose announcements of events. */
async function subscribes(language: "tr" | "en", ...presses: readonly string[]): Promise<Member> {
  const member = api.person({ language });
  member.says(language === "tr" ? "/duyurular" : "/news");
  const menu = await reads(member, language === "tr" ? "Hangi konularda" : "Which");
  member.presses(menu, language === "tr" ? "Etkinlikler" : "Events");
  await reads(member, "✓");
  for (const label of presses) {
    await api.until(() => JSON.stringify(holding(member, "").at(-1)?.reply_markup).includes(label));
    member.presses(holding(member, "").at(-1), label);
    await api.until(() => !JSON.stringify(holding(member, "").at(-1)?.reply_markup).includes(label));
  }
  return member;
}

async function changes({ announcing, knowledge }: DeskBot, change: "new" | "move" | "cancel", event: Event): Promise<void> {
  const number = ((await announcing.events.record(event.key))?.versions.length ?? 0) + 1;
  const told = { text: { tr: { title: change === "move" ? "Yeni tarih" : "Buluşma iptal", body: "Yeni haber." } }, urgent: true };
  const propose = { id: `propose-${number}`, by: writer, do: "propose", change, event } as const;
  const proposed = await announcing.events.act(event.key, change === "new" ? propose : { ...propose, told });
  expect(proposed.kind).toBe("done");
  const approved = { id: `approve-${number}`, by: approver, do: "approve", version: number, urgent: true } as const;
  expect(await announcing.events.act(event.key, approved)).toMatchObject({ kind: "done" });
  // Its time may not go on before it is taken up.
  const { start, status } = event;
  await expect.poll(() => knowledge().event(event.key), { timeout: 20_000 }).toMatchObject({ start, status });
}

async function announces({ announcing }: DeskBot, id: string, draft: Partial<AnnouncementDraft>): Promise<void> {
  const written = {
    news: "news",
    topics: ["events"],
    audience: { of: "subscribers", topics: ["events"] },
    text: { tr: { title: "Yeni rehber", body: "Rehber yayında." } },
    urgent: false,
    ...draft,
  } as const;
  await announcing.announcements.act(id, { id: `${id}-write`, by: writer, do: "write", draft: written });
  const approve = { id: `${id}-approve`, by: approver, do: "approve", revision: 1, urgent: written.urgent } as const;
  expect(await announcing.announcements.act(id, approve)).toMatchObject({ kind: "done" });
}
const isDone = async ({ announcing }: DeskBot, id: string) => {
  await expect.poll(async () => (await announcing.announcements.announcement(id))?.state, { timeout: 20_000 }).toBe("done");
};
/** When the event begins, as the reminders of it have taken it up. */
const seenOf = async ({ records }: Store) => {
  const reminders = await records.list(REMINDERS, { by: "index", name: "event", value: EVENT.key, limit: 99 });
  return reminders.map(({ value }) => /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(JSON.stringify(value))?.[0]);
};
const GATHERING = {
  news: "event",
  event: EVENT.key,
  text: {
    tr: { title: "Buluşmaya bekleriz", body: "Hepinizi bekliyoruz." },
    en: { title: "Join the gathering", body: "Everybody is welcome." },
  },
} as const;

describeStores("the weekly message", (place) => {
  test(
    "tells once what waited, in the reader's language; what cannot wait comes by itself; a cancellation reaches its readers",
    { timeout: 90_000 },
    async () => {
      const store = await place().open();
      const bot = await run(store);
      const ayse = await subscribes("tr");
      const fatma = await subscribes("tr", "Haftada bir gönderin");
      const john = await subscribes("en", "Send once a week");
      await changes(bot, "new", EVENT);
      await announces(bot, "gather01", GATHERING);
      await reads(ayse, "Hepinizi bekliyoruz.");
      await isDone(bot, "gather01");
      await announces(bot, "urgent01", { urgent: true, text: { tr: { title: "Salon kapalı", body: "Bugün kapalıyız." } } });
      await reads(fatma, "Bugün kapalıyız.");
      expect([holding(fatma, "bekl"), holding(john, "welcome")]).toEqual([[], []]);
      // Who had it by itself does not read it again.
      const menu = holding(ayse, "Hangi konularda").at(-1);
      ayse.presses(menu, "Haftada bir gönderin");
      await api.until(() => holding(ayse, "haftada bir, tek mesajda").length > 0);

      at(MONDAY + 60_000);
      const told = await reads(fatma, "Geçen haftanın duyuruları");
      expect(told?.text).toMatch(/1\. Buluşmaya bekleriz\n[\s\S]*Ankara Kooperatif Buluşması[\s\S]*\/duyurular$/);
      expect(told?.text).not.toContain("Salon");
      expect((await reads(john, "Last week's announcements"))?.text).toContain("1. Join the gathering");
      await expect
        .poll(() => ended, { timeout: 20_000 })
        .toEqual([[expect.stringMatching(/^week-/), { sent: 2, failed: 0, uncertain: 0 }]]);
      const late = await subscribes("tr", "Haftada bir gönderin");

      // Days later, before the next one, each can still be read, with all that stands under an announcement.
      at(MONDAY + 6 * DAY_MS);
      fatma.presses(told, "1. Buluşmaya bekleriz");
      const opened = await reads(fatma, "Hepinizi bekliyoruz.");
      expect(JSON.stringify(opened?.reply_markup)).toMatch(/Takvime ekle.*Bana hatırlat.*Duyurulardan çık/);
      at(MONDAY + 60_000);

      await changes(bot, "cancel", { ...EVENT, status: "cancelled" });
      for (const reader of [ayse, fatma, john]) await reads(reader, "Buluşma iptal");
      // A week later nothing is left to tell; what is new then is.
      await announces(bot, "guide001", {});
      await isDone(bot, "guide001");
      at(nextDigest(MONDAY + 60_000, "Europe/Istanbul") + 60_000);
      for (const reader of [ayse, fatma, john, late]) await reads(reader, "Yeni rehber");
      fatma.presses(told, "1. Buluşmaya bekleriz");
      await reads(fatma, "Bu duyuru artık geçerli değil.");
      fatma.presses(told, "Duyurulardan çık");
      await reads(fatma, "Bütün duyurulardan çıktınız");
      const counted = [ayse, fatma, john, late].map((reader) => [
        holding(reader, "Buluşma iptal").length,
        holding(reader, "bekleriz").length -
          holding(reader, "Hepinizi").length * Number(reader === fatma) +
          holding(reader, "Join").length,
        holding(reader, "Yeni rehber").length,
      ]);
      expect(counted).toEqual([
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
        [0, 0, 1],
      ]);
    },
  );

  test("two processes tell each reader once, and one that begins anew tells nobody again", { timeout: 90_000 }, async () => {
    const store = await place().open();
    const bot = await run(store);
    bot.workBeside();
    const readers: Member[] = [];
    for (let each = 0; each < 8; each += 1) readers.push(await subscribes("tr", "Haftada bir gönderin"));
    await announces(bot, "guide001", {});
    await isDone(bot, "guide001");
    at(MONDAY + 60_000);
    for (const reader of readers) await reads(reader, "Geçen haftanın duyuruları");
    await expect.poll(async () => (await bot.announcing.weeks.due()).length, { timeout: 20_000 }).toBe(0);
    for (const each of running.splice(0)) await each[Symbol.asyncDispose]();

    const again = await run(store);
    await again.announcing.weeks.begin(`week-${startOf(MONDAY).slice(0, 10)}`);
    await announces(again, "urgent01", { urgent: true, text: { tr: { title: "Salon", body: "Bugün kapalıyız." } } });
    for (const reader of readers) await reads(reader, "Bugün kapalıyız.");
    expect(readers.map((reader) => holding(reader, "Geçen haftanın duyuruları").length)).toEqual(readers.map(() => 1));
  });

  test(
    "who read of an event is reminded of it where they chose so, once, at the times it has after another process moved it",
    { timeout: 90_000 },
    async () => {
      const store = await place().open();
      const bot = await run(store);
      const ayse = await subscribes("tr");
      const fatma = await subscribes("tr", "Haftada bir gönderin");
      const veli = await subscribes("tr", "Hatırlatmaları kapat");
      await changes(bot, "new", EVENT);
      await announces(bot, "gather01", GATHERING);
      await isDone(bot, "gather01");
      at(MONDAY + 60_000);
      await reads(fatma, "Geçen haftanın duyuruları");
      await expect.poll(async () => (await bot.announcing.weeks.due()).length, { timeout: 20_000 }).toBe(0);

      // What lies in the past by the time it is followed is not made up for.
      await expect.poll(async () => seenOf(store), { timeout: 20_000 }).toEqual([EVENT.start, EVENT.start]);
      at(BEGINS - 7 * DAY_MS + 60_000);
      for (const reader of [ayse, fatma]) await reads(reader, "Yaklaşıyor:");
      const beside = await runBeside(store);
      await changes(beside, "move", { ...EVENT, start: startOf(BEGINS + 2 * DAY_MS) });
      for (const reader of [ayse, fatma, veli]) await reads(reader, "Yeni tarih");
      const moved = startOf(BEGINS + 2 * DAY_MS);
      await expect.poll(async () => seenOf(store), { timeout: 20_000 }).toEqual([moved, moved]);
      at(BEGINS - DAY_MS + 60_000);
      for (const reader of [ayse, fatma]) await api.until(() => holding(reader, "Yaklaşıyor:").length === 2, 40_000);
      at(BEGINS + DAY_MS + 60_000);
      for (const reader of [ayse, fatma]) await reads(reader, "Yarın:");
      expect([ayse, fatma, veli].map((reader) => holding(reader, "Yarın:").length)).toEqual([1, 1, 0]);
      expect([ayse, fatma, veli].map((reader) => holding(reader, "Yaklaşıyor:").length)).toEqual([2, 2, 0]);
    },
  );
});
