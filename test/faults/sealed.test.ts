import { expect, test } from "vitest";
import { startBotApi } from "../support/bot-api/server.ts";
import { saveTurn } from "../contracts/store-samples.ts";
import { describeStores, SECRET_KEY } from "../support/store.ts";
import { runTelegramBot } from "../support/telegram-bot.ts";

const NEW_KEY = "another secret key for tests, as long";

describeStores("an update whose conversation is sealed with a key that this process has not", (place) => {
  test.each([
    ["polling", {}],
    ["the webhook", { webhookSecret: "bir-sinama-sirri-0123456789" }],
  ])("is apologised for once, lets the offset pass, and keeps nobody else waiting: %s", async (_name, by) => {
    await using api = await startBotApi();
    const ayse = api.person();
    const mehmet = api.person({ name: "Mehmet" });
    // Sealed with a key that was taken away again.
    const changed = await place().open({ secretKey: NEW_KEY });
    await saveTurn(changed, { channel: "telegram", chat: String(ayse.chat.id), person: String(ayse.user.id) }, "a", []);
    await changed[Symbol.asyncDispose]();
    await (await place().open({ secretKey: SECRET_KEY, previousKey: NEW_KEY }))[Symbol.asyncDispose]();
    await using _bot = await runTelegramBot(await place().open(), api, by);
    const asked = ayse.says("esmed nedir");
    ayse.says("esmed ne zaman kuruldu");
    mehmet.says("/dil");
    await api.until(() => api.shown(mehmet.chat.id).length === 1);
    expect(api.shown(ayse.chat.id)).toHaveLength(0);
    const apologies = () => api.shown(ayse.chat.id).map(({ text }) => text);
    await api.until(() => apologies().length === 2);
    expect(apologies()).toEqual([expect.stringContaining("aksaklık"), expect.stringContaining("aksaklık")]);
    // Delivered again.
    api.state.pending.push({ ...asked, update_id: api.state.nextUpdate() });
    api.state.happened.emit("update");
    mehmet.says("/dil");
    await api.until(() => api.shown(mehmet.chat.id).length === 2);
    await api.until(() => apologies().length === 3);
    await api.until(() => api.state.pending.length === 0);
  });
});
