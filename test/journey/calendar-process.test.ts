import { afterEach, beforeEach, expect, test } from "vitest";
import { startBotApi } from "../support/bot-api/server.ts";
import { startBotProcess } from "../support/bot-process.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";

let redis: RedisServer;
beforeEach(async () => {
  redis = await startRedisServer();
}, 180_000);
afterEach(async () => {
  await redis.stop();
});

const PUBLIC_URL = "https://imece.example.org/bot/";
const ADDRESS = /https:\/\/imece\.example\.org\/bot(\/calendar\/[\w-]{43}\.ics)/;

test(
  "the program gives a calendar's address over long polling and answers at it; its log never holds the token",
  { timeout: 120_000 },
  async () => {
    await using api = await startBotApi();
    await using bot = await startBotProcess(api, { PUBLIC_URL, REDIS_URL: redis.url, LOG_LEVEL: "debug" });
    const member = api.person();
    const hears = async (part: string) => {
      const shown = () => api.shown(member.chat.id).findLast(({ text }) => text?.includes(part) === true);
      await api.until(() => shown() !== undefined);
      return shown();
    };
    const get = (path: string) => fetch(bot.health.replace("/health", path));
    const pathIn = (text = "") => ADDRESS.exec(text)?.[1] ?? "no address";

    member.says("/duyurular");
    member.presses(await hears("Hangi konularda"), "Takvim bağlantısı");
    const shown = await hears("Takvim bağlantınız:");
    const path = pathIn(shown?.text);
    const calendar = await get(path);
    expect([calendar.status, calendar.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(await calendar.text()).toMatch(/^BEGIN:VCALENDAR\r\n/);
    member.presses(shown, "Yeni bağlantı");
    const renewed = await hears("Yeni takvim bağlantınız hazır");
    const second = pathIn(renewed?.text);
    expect(second).not.toBe(path);
    expect([(await get(path)).status, (await get(second)).status]).toEqual([404, 200]);
    member.presses(renewed, "Bağlantıyı kapat");
    await hears("kapattım");
    expect((await get(second)).status).toBe(404);
    const head = await fetch(bot.health, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);

    expect(bot.logged("listening")).toHaveLength(1);
    for (const each of [path, second]) expect(bot.output()).not.toContain(each.slice("/calendar/".length, -".ics".length));
    expect(bot.output()).not.toContain("/calendar/");
  },
);

test("without a public address it says that there is no such link, and answers at none", { timeout: 120_000 }, async () => {
  await using api = await startBotApi();
  await using bot = await startBotProcess(api, { REDIS_URL: redis.url });
  const member = api.person();
  member.says("/duyurular takvim");
  await api.until(() => api.shown(member.chat.id).some(({ text }) => text?.includes("takvim bağlantısı yok") === true));
  expect((await fetch(bot.health.replace("/health", `/calendar/${"A".repeat(43)}.ics`))).status).toBe(404);
});
