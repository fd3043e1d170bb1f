import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store } from "#core/ports.ts";
import { addressOf, type Subscriber } from "#core/subscription.ts";
import { brought } from "../support/brought.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import type { Person } from "../support/bot-api/people.ts";
import type { Message } from "../support/bot-api/shapes.ts";
import { describeStores } from "../support/store.ts";
import { announced, announcementTo, listed } from "../support/subscribers.ts";
import { runTelegramBot, type RunningBot, type RunOptions } from "../support/telegram-bot.ts";

let api: BotApi;
const running: RunningBot[] = [];
beforeEach(async () => {
  api = await startBotApi();
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const next = (chat: number, what: () => unknown) => brought(api, () => api.shown(chat), what);
const ask = (person: Person, text: string) => next(person.chat.id, () => person.says(text));
const press = (person: Person, on: Message, label: string) => next(person.chat.id, () => person.presses(on, label));
const labels = ({ reply_markup }: Message) => reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];

/** Presses what changes a message in place, and waits for that. */
async function change(person: Person, on: Message, label: string, shows: string): Promise<void> {
  person.presses(on, label);
  await api.until(() => [on.text, ...labels(on)].some((each) => each?.includes(shows) === true));
}

/** Whoever is drawn, once that is as it is waited for. */
const drawn = (store: Store) => expect.poll(async () => (await listed(store)).map(({ subscription }) => subscription));

describeStores("on Telegram a member", (place) => {
  const run = async (options: RunOptions = {}) => {
    const store = await place().open();
    const bot = await runTelegramBot(store, api, { announced, ...options });
    running.push(bot);
    const announceTo = async (person: Person, to: Subscriber) =>
      next(person.chat.id, () => bot.telegram.deliver(addressOf(to), announcementTo(to)));
    return { store, announceTo };
  };

  test("chooses topics in one message that changes in place, a province by typing it, and how announcements come", async () => {
    const { store } = await run();
    const ayse = api.person();
    const menu = await ask(ayse, "/duyurular");
    expect(menu.text).toContain("Ücretsizdir");
    expect(labels(menu).join("|")).toBe(
      "1. Etkinlikler|2. Sosyal ekonomi|3. Kooperatifçilik|4. Kooperatif hukuku|5. Birlik|6. ESMED|İl seçin",
    );
    await drawn(store).toEqual([]);
    await change(ayse, menu, "6. ESMED", "✓ ESMED");
    await change(ayse, menu, "1. Etkinlikler", "✓ Etkinlikler");
    await drawn(store).toMatchObject([
      { topics: ["events", "esmed"], language: "tr", reminders: true, weekly: false, consent: { textVersion: "2026-11-24" } },
    ]);
    await change(ayse, menu, "6. ✓ ESMED", "6. ESMED");
    await change(ayse, menu, "İl seçin", "Hangi ilin");
    expect(labels(menu).slice(0, 4)).toEqual(["1. Adana", "2. Adıyaman", "3. Afyonkarahisar", "4. Ağrı"]);
    const again = await ask(ayse, "antep");
    expect(again.text).toContain("İl: Gaziantep");
    await change(ayse, again, "İngilizce gönderin", "Duyuru dili: İngilizce");
    await change(ayse, again, "Hatırlatmaları kapat", "Etkinlik hatırlatmaları: kapalı");
    await change(ayse, again, "Haftada bir gönderin", "tek mesajda");
    await drawn(store).toMatchObject([
      {
        topics: ["events"],
        city: "Gaziantep",
        language: "en",
        reminders: false,
        weekly: true,
        chat: String(ayse.chat.id),
      },
    ]);
    await change(ayse, again, "Hepsinden çık", "Bütün duyurulardan çıktınız");
    await drawn(store).toEqual([]);
    await change(ayse, again, "Geri al", "✓ Etkinlikler");
    await drawn(store).toMatchObject([{ topics: ["events"], city: "Gaziantep" }]);
    // Two messages in all: the menu, and the one after the province was typed.
    expect(api.shown(ayse.chat.id).filter(({ from }) => from?.is_bot)).toHaveLength(2);
  });

  test("follows a link to a topic, names a province or leaves after the command, and asks in own words", async () => {
    const { store } = await run();
    const ayse = api.person();
    expect(labels(await ask(ayse, "/start sub_social-economy"))).toContain("2. ✓ Sosyal ekonomi");
    expect((await ask(ayse, "/duyurular urfa")).text).toContain("İl: Şanlıurfa");
    expect(labels(await ask(ayse, "/duyurular hukuk"))).toContain("4. ✓ Kooperatif hukuku");
    await drawn(store).toMatchObject([{ topics: ["social-economy", "law"], city: "Şanlıurfa" }]);
    expect((await ask(ayse, "/duyurular hepsinden çık")).text).toContain("Bütün duyurulardan çıktınız");
    await drawn(store).toEqual([]);

    const told = await ask(ayse, "duyurulara abone olmak istiyorum");
    expect(labels(told)).toContain("Duyurular");
    await change(ayse, told, "Duyurular", "Hangi konularda");
    expect(labels(await ask(ayse, "beni listeden çıkarın"))).toContain("Duyurular");
  });

  test("gets an announcement, leaves its topics by one press however late, and takes that back", async () => {
    let late = 0;
    const { store, announceTo } = await run({ now: () => Date.now() + late });
    const ayse = api.person();
    await ask(ayse, "/duyurular etkinlik");
    await ask(ayse, "/duyurular hukuk");
    await drawn(store).toMatchObject([{ topics: ["events", "law"] }]);
    const [subscriber] = (await listed(store)) as [Subscriber];
    const message = await announceTo(ayse, subscriber);
    expect(message.text).toContain("“Etkinlikler, bütün iller” seçiminiz için gönderildi. Ücretsizdir.");
    expect(labels(message)).toEqual(["Takvime ekle", "Bana hatırlat", "Duyurulardan çık"]);

    late = 40 * 86_400_000;
    const left = await press(ayse, message, "Duyurulardan çık");
    expect(left.text).toBe(
      "“Etkinlikler” duyurularından çıktınız; bu konuda artık mesaj göndermeyeceğiz.\nYalnız, size bildirdiğimiz bir etkinlik ertelenir ya da iptal edilirse haber veririz.\nÖteki konularınızın duyuruları gelmeye devam edecek.",
    );
    expect(labels(left)).toEqual(["Geri al", "Hepsinden çık"]);
    await drawn(store).toMatchObject([{ topics: ["law"] }]);
    await change(ayse, left, "Geri al", "✓ Etkinlikler");
    await drawn(store).toMatchObject([{ topics: ["events", "law"] }]);
    expect((await press(ayse, message, "Takvime ekle")).document?.file_name).toBe("etkinlik.ics");
    // The seminar is over.
    expect((await press(ayse, message, "Bana hatırlat")).text).toContain("hatırlatamıyorum");
    await press(ayse, message, "Duyurulardan çık");
    expect((await press(ayse, message, "Duyurulardan çık")).text).toContain("zaten duyuru almıyorsunuz");
  });

  test("is shown what can be left where a button, or its signature, is no longer known, and nobody leaves for another", async () => {
    const { store, announceTo } = await run({ announced: () => undefined });
    const ayse = api.person();
    await ask(ayse, "/duyurular esmed");
    await drawn(store).toMatchObject([{ topics: ["esmed"] }]);
    const message = await announceTo(ayse, ((await listed(store)) as [Subscriber])[0]);
    expect((await press(ayse, message, "Duyurulardan çık")).text).toContain("Hangi konularda");
    const stale = await next(ayse.chat.id, () => ayse.pressesData(message, "a:k7m2p9qx:2:AAAAAAAAAAAAAAAA"));
    expect(stale.text).toContain("Hangi konularda");
    expect(labels(stale)).toContain("Hepsinden çık");
    const mehmet = api.person({ name: "Mehmet" });
    await ask(mehmet, "/duyurular esmed");
    const data = message.reply_markup?.inline_keyboard.flat().at(-1)?.callback_data ?? "";
    const { callback_query } = mehmet.pressesData(message, data);
    await api.until(() => callback_query !== undefined && api.state.callbacks.get(callback_query.id)?.answer !== undefined);
    await drawn(store).toHaveLength(2);
  });

  test("gets nothing while the bot is blocked, and all that was chosen once back", async () => {
    const { store } = await run();
    const [ayse, mehmet] = [api.person(), api.person({ name: "Mehmet" })];
    await ask(ayse, "/duyurular esmed");
    await ask(mehmet, "/duyurular hukuk");
    await drawn(store).toHaveLength(2);
    ayse.blocks();
    await drawn(store).toMatchObject([{ topics: ["law"] }]);
    expect((await next(ayse.chat.id, () => ayse.unblocks())).text).toContain("Yeniden hoş geldiniz");
    await drawn(store).toHaveLength(2);

    // Back without a word of it from Telegram: whoever writes can be reached.
    mehmet.blocks();
    await drawn(store).toMatchObject([{ topics: ["esmed"] }]);
    api.state.blocked.delete(mehmet.chat.id);
    expect((await ask(mehmet, "/start")).text).toContain("Merhaba");
    await drawn(store).toHaveLength(2);
  });

  test("chooses in a chat of their own: in a group there is the way to it", async () => {
    const { store } = await run();
    const ayse = api.person();
    const group = api.group();
    const told = await next(group.id, () => ayse.says("/duyurular esmed", { chat: group }));
    expect(told.text).toContain("özel mesaj yazın");
    expect(told.entities?.[0]).toMatchObject({ type: "text_link", url: `https://t.me/${api.state.bot.username}?start=sub` });
    expect((await ask(ayse, "/start sub")).text).toContain("Hangi konularda");
    await drawn(store).toEqual([]);
  });

  test("sees the choice in what is kept of them, and nothing is left of it after a deletion", async () => {
    const { store } = await run();
    const ayse = api.person();
    await ask(ayse, "/duyurular esmed ankara");
    await drawn(store).toHaveLength(1);
    const kept = await ask(ayse, "/verilerim");
    expect(kept.caption).toContain("duyuru konusu: 1");
    const json = api.callsOf("sendDocument").at(-1)?.payload["document"];
    expect(JSON.stringify(json)).toContain("Ankara");
    await press(ayse, await ask(ayse, "/verilerimi_sil"), "Evet, sil");
    await drawn(store).toEqual([]);
    const ofItsOwn = ["ended", "owing"];
    await expect
      .poll(async () => (await place().scan()).filter((line) => !ofItsOwn.some((name) => line.includes(name))))
      .toEqual([]);
  });
});
