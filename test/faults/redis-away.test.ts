import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Redis } from "ioredis";
import { TOO_MANY } from "../support/bot-api/faults.ts";
import type { Person } from "../support/bot-api/people.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import type { Message } from "../support/bot-api/shapes.ts";
import { startBotProcess, type BotProcess } from "../support/bot-process.ts";
import { startRedisGroup } from "../support/redis-sentinel.ts";
import { startRedisServer } from "../support/redis-server.ts";

let api: BotApi;
beforeEach(async () => {
  api = await startBotApi();
});
afterEach(() => api[Symbol.asyncDispose]());

const PHONE = "0312 000 00 00";
const start = async (url: string) => {
  const bot = await startBotProcess(api, { REDIS_URL: url, UNION_PHONE: PHONE });
  await api.until(() => api.callsOf("getUpdates").length > 0);
  return bot;
};

async function answer(person: Person, says: () => unknown): Promise<Message> {
  const before = api.shown(person.chat.id).length;
  says();
  await api.until(() => api.shown(person.chat.id).length > before, 15_000);
  return api.shown(person.chat.id)[before] as Message;
}
const ask = (person: Person, text: string) => answer(person, () => person.says(text));
const press = (person: Person, under: Message, label: string) => answer(person, () => person.presses(under, label));

/** Something that was promised before the fault, and is kept where it is to be kept: a reply that Telegram asked to send later. */
async function owe(url: string, replicas = 0): Promise<Person> {
  const mehmet = api.person({ name: "Mehmet" });
  api.faults.add({ trouble: TOO_MANY(3), method: "sendMessage", chat: mehmet.chat.id });
  mehmet.says("/gizlilik");
  const raw = new Redis(url);
  const due = async () => Promise.all((await raw.keys("*:debts:*")).map((key) => raw.hgetall(key)));
  const isPutOff = ([field, value]: [string, string]) => field.endsWith(":due") && Number(value) > 0;
  while (!(await due()).some((debts) => Object.entries(debts).some(isPutOff))) await pause(10);
  expect(await raw.wait(replicas, 10_000)).toBe(replicas);
  raw.disconnect();
  return mehmet;
}

/** A question about which nothing is known, up to the button that hands it to staff. */
async function upToSend(person: Person): Promise<Message> {
  return press(person, await ask(person, "qwxz plfk zzrt"), "Birliğe ilet");
}

/** What members meet while Redis is away: answers, choices that can be picked, and an honest no. */
async function expectServiceWithoutMemory(before: Message, who: Person): Promise<number> {
  const ayse = api.person();
  const began = Date.now();
  const first = await ask(ayse, "esmed ne zaman kuruldu");
  const tookMs = Date.now() - began;
  expect(first.text).toContain("Kaynak: ");
  expect((await press(ayse, first, "İşime yaradı")).text).toContain("kaydedemiyorum");
  expect((await press(ayse, await ask(ayse, "üyelik"), "1.")).text).toContain("Kaynak: ");
  const declined = await press(ayse, await upToSend(ayse), "Gönder");
  expect(declined.text).toContain("kaydedemiyorum");
  expect(declined.text).toContain(PHONE);
  expect((await press(ayse, await ask(ayse, "/verilerimi_sil"), "Evet, sil")).text).toContain("kaydedemiyorum");
  expect((await ask(ayse, "/verilerim")).text).toContain("kaydedemiyorum");
  expect((await press(ayse, await ask(ayse, "/dil"), "English")).text).toContain("kaydedemiyorum");
  // What was chosen is not known now, and no menu says that it was nothing.
  expect((await ask(ayse, "/duyurular")).text).toContain("kaydedemiyorum");
  expect((await ask(ayse, "/duyurular esmed")).text).toContain("kaydedemiyorum");
  const john = api.person({ name: "John", language: "en" });
  expect((await press(john, await ask(john, "/delete_my_data"), "Yes, delete")).text).toContain("cannot save this");
  // Shown before the fault: what it stood for cannot be looked up.
  expect((await press(who, before, "Gönder")).text).toContain("kaydedemiyorum");
  return tookMs;
}

/** Everything as before, once the bot itself says that its store works. */
async function expectReturn(bot: BotProcess, owed: Person, before: Message, who: Person): Promise<number> {
  const began = Date.now();
  while ((await fetch(bot.health)).status !== 200) await pause(50);
  const tookMs = Date.now() - began;
  await api.until(() => api.shown(owed.chat.id).length > 0, 20_000);
  // Kept through the fault: what stood open before can be sent now. A moment without memory may still last.
  let sent = await press(who, before, "Gönder");
  while (sent.text?.includes("kaydedemiyorum") === true) sent = await press(who, before, "Gönder");
  expect(sent.text).toContain("kaydettim");
  const ayse = api.person();
  expect((await press(ayse, await ask(ayse, "esmed ne zaman kuruldu"), "İşime yaradı")).text).toContain("Teşekkür");
  expect(api.shown(owed.chat.id)).toHaveLength(1);
  return tookMs;
}

test.each([
  ["killed and started again", "kill"],
  ["stopped for ten seconds", "freeze"],
] as const)("Redis %s: members are answered meanwhile, and what was owed is done", { timeout: 120_000 }, async (name, fault) => {
  const redis = await startRedisServer({ keeps: true });
  try {
    await using bot = await start(redis.url);
    const who = api.person({ name: "Zeynep" });
    const before = await upToSend(who);
    const owed = await owe(redis.url);
    const faultAt = Date.now();
    if (fault === "kill") await redis.kill();
    else redis.freeze();
    const answeredMs = await expectServiceWithoutMemory(before, who);
    expect((await fetch(bot.health)).status).toBe(503);
    expect(api.shown(owed.chat.id)).toHaveLength(0);
    if (fault === "kill") await redis.restart();
    else {
      await pause(Math.max(0, faultAt + 10_000 - Date.now()));
      redis.goOn();
    }
    const backMs = await expectReturn(bot, owed, before, who);
    console.info(`Redis ${name}: first answer after ${answeredMs} ms, back ${backMs} ms after Redis was`);
    expect(answeredMs).toBeLessThan(5000);
  } finally {
    await redis.stop();
  }
});

test(
  "the master killed under three sentinels: everybody is answered, and what was owed is done by the new one",
  { timeout: 120_000 },
  async () => {
    const group = await startRedisGroup();
    try {
      await using bot = await start(group.url);
      const who = api.person({ name: "Zeynep" });
      const before = await upToSend(who);
      const owed = await owe(group.master.url, 2);
      const killedAt = Date.now();
      await group.master.kill();
      const asked: { person: Person; at: number }[] = [];
      while ((await group.masterPort()) === group.master.port) {
        const person = api.person();
        person.says("esmed ne zaman kuruldu");
        asked.push({ person, at: Date.now() });
        await pause(100);
      }
      const electedMs = Date.now() - killedAt;
      await api.until(() => asked.every(({ person }) => api.shown(person.chat.id).length > 0), 20_000);
      const waits = asked.map(({ person, at }) => {
        const call = api.callsOf("sendMessage").find(({ payload }) => payload["chat_id"] === String(person.chat.id));
        return (call?.at ?? 0) - at;
      });
      await expectReturn(bot, owed, before, who);
      console.info(
        `failover: first answer after ${waits[0]} ms, the slowest of ${waits.length} after ${Math.max(...waits)} ms, a new master after ${electedMs} ms`,
      );
      expect(Math.max(...waits)).toBeLessThan(10_000);
    } finally {
      await group.stop();
    }
  },
);
