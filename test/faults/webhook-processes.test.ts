import { afterAll, beforeAll, expect, test } from "vitest";
import { startBotApi } from "../support/bot-api/server.ts";
import { startBotProcess } from "../support/bot-process.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";
import { freePort } from "../support/free-port.ts";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
}, 180_000);
afterAll(() => redis.stop());

// More by the environment: CHATS=500 EACH=20 npx vitest run test/faults/webhook-processes.test.ts
const CHATS = Number(process.env["CHATS"] ?? 100);
const EACH = Number(process.env["EACH"] ?? 5);

test(
  "two processes, every update twice and out of order: each question is answered exactly once, in the order of its turn",
  {
    timeout: 600_000,
  },
  async () => {
    await using api = await startBotApi();
    api.webhook.mischief.copies = 2;
    api.webhook.mischief.reordered = true;
    const ports = [await freePort(), await freePort()];
    const urls = ports.map((port) => `http://127.0.0.1:${port}/telegram`);
    const settings = {
      REDIS_URL: redis.url,
      TELEGRAM_WEBHOOK_URL: urls[0] ?? "",
      TELEGRAM_WEBHOOK_SECRET: "bir-sinama-sirri-0123456789",
    };
    await using first = await startBotProcess(api, { ...settings, PORT: String(ports[0]) });
    await using second = await startBotProcess(api, { ...settings, PORT: String(ports[1]) });
    await api.until(() => api.callsOf("setWebhook").length === 2 && api.state.registered.size >= 15);
    api.webhook.mischief.alsoTo.push(urls[1] ?? "");

    const people = Array.from({ length: CHATS }, () => api.person());
    const began = Date.now();
    for (let round = 0; round < EACH; round += 1) for (const person of people) person.says("esmed ne zaman kuruldu");
    const sent = () => api.callsOf("sendMessage").length;
    await api.until(
      () => sent() >= CHATS * EACH && api.webhook.statuses.filter((status) => status === 200).length >= CHATS * EACH * 2,
      500_000,
    );
    const seconds = (Date.now() - began) / 1000;
    console.info(
      `${CHATS * EACH} updates, each twice, in ${seconds.toFixed(1)} s: ${Math.round((CHATS * EACH) / seconds)} answers/s`,
    );

    expect(sent()).toBe(CHATS * EACH);
    for (const { chat } of people) {
      // A button names the turn it belongs to.
      const turns = api
        .shown(chat.id)
        .map(({ reply_markup: markup }) => markup?.inline_keyboard[0]?.[0]?.callback_data?.split(".")[0] ?? "");
      const numbers = turns.map((turn) => parseInt(turn, 36));
      expect(numbers).toEqual(Array.from({ length: EACH }, (_, at) => (numbers[0] ?? 0) + at));
    }
    for (const bot of [first, second]) bot.kill("SIGTERM");
    expect(await Promise.all([first.ended, second.ended])).toEqual([0, 0]);
  },
);
