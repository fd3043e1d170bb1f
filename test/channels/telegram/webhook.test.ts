import { expect, test } from "vitest";
import { describeStores } from "../../support/store.ts";
import { startBotApi } from "../../support/bot-api/server.ts";
import { runTelegramBot } from "../../support/telegram-bot.ts";

const SECRET = "bir-sinama-sirri-0123456789";

describeStores("the webhook", (place) => {
  test("takes what Telegram sends, and nothing else", async () => {
    await using api = await startBotApi();
    await using bot = await runTelegramBot(await place().open(), api, { webhookSecret: SECRET });
    await api.until(() => api.state.webhook !== undefined);
    expect(bot.telegram.healthy()).toBe(true);
    const url = api.state.webhook?.url ?? "";
    const update = { update_id: 1, message: { message_id: 1, date: 1, text: "esmed nedir" } };
    const body = JSON.stringify(update);
    const send = async (init: RequestInit, secret: string | undefined = SECRET) =>
      (await fetch(url, { headers: secret === undefined ? {} : { "x-telegram-bot-api-secret-token": secret }, ...init })).status;
    expect(await send({ method: "POST", body }, "x")).toBe(401);
    expect(await send({ method: "POST", body }, SECRET.slice(0, -1))).toBe(401);
    expect(await send({ method: "POST", body, headers: {} })).toBe(401);
    expect(await send({ method: "POST", body: "a".repeat(1_048_577), headers: {} })).toBe(401);
    expect(await send({ method: "GET" })).toBe(405);
    expect((await fetch(url.replace("/telegram", "/baska"))).status).toBe(404);
    expect(await send({ method: "POST", body: "a".repeat(1_048_577) })).toBe(413);
    const streamed = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("a".repeat(65_536))),
    });
    expect(await send({ method: "POST", body: streamed, duplex: "half" })).toBe(413);
    expect(await send({ method: "POST", body: "{" })).toBe(200);
    expect(await send({ method: "POST", body: '{"__proto__":{"update_id":1}}' })).toBe(200);
    expect(api.callsOf("sendMessage")).toHaveLength(0);
  });

  test("answers each question once, though updates come three times, out of order, and to two processes", async () => {
    await using api = await startBotApi();
    api.webhook.mischief.copies = 3;
    api.webhook.mischief.reordered = true;
    const store = await place().open();
    await using first = await runTelegramBot(store, api, { webhookSecret: SECRET });
    await api.until(() => api.state.webhook !== undefined);
    await using second = await runTelegramBot(store, api, { webhookSecret: SECRET });
    await api.until(() => second.telegram.healthy());
    api.webhook.mischief.alsoTo.push(`http://127.0.0.1:${first.http?.port}/telegram`);
    const people = Array.from({ length: 12 }, () => api.person());
    for (let round = 0; round < 4; round += 1) for (const person of people) person.says("esmed ne zaman kuruldu");
    await api.until(() => api.webhook.statuses.length >= 12 * 4 * 3, 30_000);
    await api.until(() => people.every(({ chat }) => api.shown(chat.id).length >= 4), 30_000);
    for (const { chat } of people) expect(api.shown(chat.id)).toHaveLength(4);
    expect(api.webhook.statuses.every((status) => status === 200)).toBe(true);
  });
});
