import { afterEach, beforeEach, expect, test } from "vitest";
import { TOO_MANY } from "../support/bot-api/faults.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import type { Person } from "../support/bot-api/people.ts";
import type { Message } from "../support/bot-api/shapes.ts";
import { CALENDARS } from "../support/calendars.ts";
import { describeStores } from "../support/store.ts";
import { runTelegramBot, type RunningBot } from "../support/telegram-bot.ts";

let api: BotApi;
const running: RunningBot[] = [];
beforeEach(async () => {
  api = await startBotApi();
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

/** What the bot wrote since `before`, once there are this many messages more. */
async function answers(chat: number, before: number, count = 1): Promise<readonly Message[]> {
  await api.until(() => api.shown(chat).length >= before + count);
  return api.shown(chat).slice(before);
}

/** Someone writes, and reads the one answer. */
async function ask(person: Person, text: string): Promise<Message> {
  const before = api.shown(person.chat.id).length;
  person.says(text);
  const [answer] = await answers(person.chat.id, before);
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

async function press(person: Person, message: Message, label: string): Promise<Message> {
  const before = api.shown(message.chat.id).length;
  person.presses(message, label);
  const [answer] = await answers(message.chat.id, before);
  if (answer === undefined) throw new Error("no answer");
  return answer;
}

const labels = (message: Message | undefined) => message?.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];

describeStores("on Telegram a member", (place) => {
  const run = async () => {
    const store = await place().open();
    running.push(await runTelegramBot(store, api));
    return store;
  };

  test("is welcomed, asks without Turkish letters and with a typo, and gets an answer with its source", async () => {
    await run();
    const ayse = api.person();
    const welcome = await ask(ayse, "/start");
    expect(welcome.text).toContain("Merhaba");
    expect(labels(welcome)).toEqual(["Konular", "Etkinlikler", "English"]);

    const answer = await ask(ayse, "esmede nasil uye oluruz");
    expect(answer.text).toContain("Kaynak: ");
    expect(answer.entities?.[0]).toMatchObject({ type: "bold", offset: 0 });
    expect(labels(answer)).toContain("İşime yaradı");
    expect((await ask(api.person(), "esmed ne zmaan kuruldu")).text).toMatch(/^ESMED ne zaman/);
    expect(api.callsOf("sendMessage").every(({ payload }) => payload["link_preview_options"] !== undefined)).toBe(true);
  });

  test("picks by button what was meant, or by its number, or says that it is none of these", async () => {
    await run();
    const ayse = api.person();
    const offer = await ask(ayse, "üyelik");
    const [first = ""] = labels(offer);
    expect(first).toMatch(/^1\. /);
    expect(labels(offer).at(-1)).toBe("Hiçbiri değil");
    expect((await press(ayse, offer, first)).text).toContain("Kaynak: ");
    const [, second = ""] = labels(await ask(ayse, "üyelik"));
    expect((await ask(ayse, "2")).text).toContain(second.replace(/^2\. |…$/g, "").slice(0, 20));
    const mehmet = api.person({ name: "Mehmet" });
    const none = await press(mehmet, await ask(mehmet, "üyelik"), "Hiçbiri");
    expect(none.text).toContain("yanlış bilgi vermek istemem");
    expect(labels(none)).toEqual(["Birliğe ilet", "Konular"]);
    const preview = await press(mehmet, none, "Birliğe ilet");
    expect(preview.text).toContain("«üyelik»");
    expect((await press(mehmet, preview, "Gönder")).text).toContain("kaydettim");
    await api.until(() => [...api.state.callbacks.values()].every(({ answer }) => answer !== undefined));
  });

  test("changes the language, and everything follows", async () => {
    await run();
    const ayse = api.person();
    await press(ayse, await ask(ayse, "/dil"), "English");
    expect((await ask(ayse, "esmed ne zaman kuruldu")).text).toContain("Source: ");
    expect((await ask(ayse, "/help")).text).toContain("/topics");
  });

  test("looks through topics page by page in one message, and at the events of a year", async () => {
    await run();
    const ayse = api.person();
    const menu = await ask(ayse, "/konular");
    ayse.presses(menu, labels(menu).find((label) => label.includes("hukuku")) ?? "");
    await api.until(() => menu.text?.includes("Sayfa 1 / ") === true);
    ayse.presses(menu, "Devamı");
    await api.until(() => menu.text?.includes("Sayfa 2 / ") === true);
    ayse.presses(menu, "Konular");
    const [again] = await answers(ayse.chat.id, 1);
    expect(again?.text).toContain("Hangi konuya");
    // Deleted in the meantime: it is shown anew.
    api.state.messages.set(ayse.chat.id, []);
    ayse.presses(again, labels(again).find((label) => label.includes("hukuku")) ?? "");
    expect((await answers(ayse.chat.id, 0))[0]?.text).toContain("Sayfa 1 / ");

    const events = await ask(ayse, "/etkinlikler");
    expect(events.text).toContain("yaklaşan bir etkinlik yok");
    const year = await press(ayse, events, labels(events).find((label) => label.includes("2022")) ?? "");
    expect(year.text).toContain("2022 yılının etkinlikleri (");
    expect((await press(ayse, year, "1.")).text).toContain("Kaynak: ");
  });

  test("puts an event into the calendar: the file opens in calendars, and is sent once for one press", async () => {
    // Before the seminar, as everything that is known lies in the past.
    running.push(await runTelegramBot(await place().open(), api, { now: () => Date.UTC(2022, 10, 1, 9) }));
    const ayse = api.person();
    const list = await ask(ayse, "/etkinlikler");
    expect(list.text).toContain("Yaklaşan etkinlikler:");
    const event = await press(ayse, list, "1.");
    expect(event.text).toContain("AVİTEM");
    const file = await press(ayse, event, "Takvime ekle");
    expect(file.document?.file_name).toBe("etkinlik.ics");
    expect(file.caption).toContain("Takviminize");
    const start = "2022-11-21";
    for (const read of Object.values(CALENDARS))
      expect(read(String(file["content"]))).toMatchObject([
        { uid: "avitem-izmir-2022@imece", start, end: "2022-11-22", sequence: 0 },
      ]);
    const both = await press(ayse, list, "Takvime ekle");
    expect(both["content"]).toContain(`DTSTART;VALUE=DATE:${start.replaceAll("-", "")}`);
    expect((await ask(ayse, "takvime ekle")).document?.file_name).toBe("etkinlik.ics");
  });

  test("comes by a link to an entry and to an event", async () => {
    await run();
    const ayse = api.person();
    expect((await ask(ayse, "/start e_esmed-nedir")).text).toMatch(/^ESMED nedir/);
    expect((await ask(ayse, "/start ev_avitem-izmir-2022")).text).toContain("Kaynak: ");
  });

  test("reads the privacy notice, gets all that is stored, has it deleted, and nothing is left", async () => {
    await run();
    const ayse = api.person();
    expect((await ask(ayse, "/gizlilik")).text).toContain("KVKK");
    await ask(ayse, "esmed ne zaman kuruldu");
    const export_ = await ask(ayse, "/verilerim");
    expect(export_.document).toMatchObject({ file_name: "verilerim.json" });
    expect(export_["content"]).toContain("esmed ne zaman kuruldu");
    const gone = await press(ayse, await ask(ayse, "/verilerimi_sil"), "Evet, sil");
    expect(gone.text).toContain("Verileriniz silindi");
    await api.until(() => api.callsOf("answerCallbackQuery").length > 0);
    // What is left names nobody: that this press had everything deleted, for a day, so that it cannot begin a new life when it is repeated.
    const ofItsOwn = ["leases", "owing", "ended"];
    expect((await place().scan()).filter((line) => !ofItsOwn.some((name) => line.includes(name)))).toEqual([]);
  });

  test("has nothing done by a button of the life before a deletion", async () => {
    await run();
    const ayse = api.person();
    const old = [await ask(ayse, "üyelik"), await ask(ayse, "/verilerimi_sil")];
    expect((await press(ayse, old[1]!, "Evet, sil")).text).toContain("Verileriniz silindi");
    // As many turns as the old buttons had before them: the numbers would meet, if they began anew.
    await ask(ayse, "üyelik");
    await ask(ayse, "/verilerimi_sil");
    for (const message of old) {
      const pressed = ayse.presses(message, labels(message)[0] ?? "");
      const answer = () => api.state.callbacks.get(pressed.callback_query?.id ?? "")?.answer;
      await api.until(() => answer() !== undefined);
      expect(answer()?.text).toContain("artık geçerli değil");
    }
    expect(api.shown(ayse.chat.id)).toHaveLength(5);
  });

  test("gets one kind sentence for a voice message, a sticker, a photo, a location", async () => {
    await run();
    const ayse = api.person();
    const kinds = { voice: {}, sticker: {}, photo: [], location: { latitude: 39.9, longitude: 32.8 } };
    for (const [kind, content] of Object.entries(kinds)) {
      const before = api.shown(ayse.chat.id).length;
      ayse.sends({ [kind]: content });
      const [answer] = await answers(ayse.chat.id, before);
      expect(answer?.text).toMatch(/yaz|Sorunuz/);
    }
    expect(api.shown(ayse.chat.id)).toHaveLength(4);
  });

  test("corrects the last message and gets a new answer; an older one stays answered as it was", async () => {
    await run();
    const ayse = api.person();
    await ask(ayse, "qwxz plfk");
    const [asked] = api.state.messages.get(ayse.chat.id) ?? [];
    if (asked === undefined) throw new Error("nothing was asked");
    const before = api.shown(ayse.chat.id).length;
    ayse.edits(asked, "esmed ne zaman kuruldu");
    const [answer] = await answers(ayse.chat.id, before);
    expect(answer?.text).toContain("Kaynak: ");
    await ask(ayse, "/dil");
    ayse.edits(asked, "merhaba");
    await ask(ayse, "teşekkürler");
    expect(api.shown(ayse.chat.id)).toHaveLength(4);
  });

  test("is answered once however often one update comes", async () => {
    const store = await run();
    const ayse = api.person();
    const asked = ayse.says("esmed ne zaman kuruldu");
    const [answer] = await answers(ayse.chat.id, 0);
    const pressed = ayse.presses(answer, "İşime yaradı");
    await answers(ayse.chat.id, 1);
    await running.pop()?.[Symbol.asyncDispose]();
    // As after a crash: what was not confirmed comes again. And the same press in an update of its own.
    api.state.pending.push(asked, pressed, { ...pressed, update_id: api.state.nextUpdate() });
    running.push(await runTelegramBot(store, api));
    expect((await ask(ayse, "/dil")).text).toContain("dilde");
    expect(api.shown(ayse.chat.id)).toHaveLength(3);
  });

  test("cannot be answered for by a forged, a stranger's or an expired button: that only says so", async () => {
    let days = 0;
    running.push(await runTelegramBot(await place().open(), api, { now: () => Date.now() + days * 86_400_000 }));
    const ayse = api.person();
    const group = api.group();
    ayse.says("@imece_sinama_bot üyelik", { chat: group });
    const [offer] = await answers(group.id, 0);
    expect(offer?.reply_to_message?.text).toContain("üyelik");
    const mehmet = api.person({ name: "Mehmet" });
    const data = offer?.reply_markup?.inline_keyboard[0]?.[0]?.callback_data ?? "";
    const pressed = [
      mehmet.presses(offer, "1."),
      ayse.pressesData(offer, data.replace(/^\w+/, "9")),
      ayse.pressesData(offer, "delete-my-data"),
      ayse.pressesData(undefined, data),
    ];
    const answerTo = ({ callback_query }: (typeof pressed)[number]) => api.state.callbacks.get(callback_query?.id ?? "")?.answer;
    await api.until(() => pressed.every((each) => answerTo(each) !== undefined));
    for (const each of pressed) expect(answerTo(each)).toMatchObject({ text: expect.stringContaining("geçersiz"), alert: true });
    days = 8;
    const late = ayse.presses(offer, "1.");
    await api.until(() => answerTo(late) !== undefined);
    expect(answerTo(late)?.text).toContain("süresi doldu");
    expect(api.shown(group.id)).toHaveLength(1);
  });

  test("is told in place when a choice is no longer known", async () => {
    await run();
    const ayse = api.person();
    const offer = await ask(ayse, "üyelik");
    for (let count = 0; count < 7; count += 1) await ask(ayse, "/konular");
    const pressed = ayse.presses(offer, "1.");
    await api.until(() => api.callsOf("answerCallbackQuery").length > 0);
    expect(api.state.callbacks.get(pressed.callback_query?.id ?? "")?.answer?.text).toContain("artık geçerli değil");
    expect(api.shown(ayse.chat.id)).toHaveLength(8);
  });

  test("finds it silent in a group until it is spoken to, and following the group to its new id", async () => {
    await run();
    const ayse = api.person();
    const group = api.group();
    ayse.says("yarın toplantı var mı, esmed nedir?", { chat: group });
    ayse.says("/konular@baska_bir_bot", { chat: group });
    ayse.says("/konular@imece_sinama_bot", { chat: group });
    const [topics] = await answers(group.id, 0);
    expect(topics?.text).toContain("Hangi konuya");
    ayse.says("3", { chat: group, ...(topics && { replyTo: topics }) });
    await answers(group.id, 1);
    const grown = api.migrate(group);
    ayse.says("@imece_sinama_bot esmed ne zaman kuruldu", { chat: grown });
    expect((await answers(grown.id, 0))[0]?.text).toContain("Kaynak: ");
    expect(api.shown(group.id)).toHaveLength(2);
  });

  test("gets a reply once more where nobody knows whether it arrived, and never a third time", async () => {
    await run();
    const ayse = api.person();
    const mehmet = api.person({ name: "Mehmet" });
    api.faults.add({ trouble: { kind: "reset-after" }, method: "sendMessage", chat: ayse.chat.id, times: 9 });
    api.faults.add({ trouble: { kind: "reset-before" }, method: "sendMessage", chat: mehmet.chat.id });
    ayse.says("/dil");
    mehmet.says("/dil");
    await answers(mehmet.chat.id, 0);
    await answers(ayse.chat.id, 0, 2);
    await api.until(() => api.state.pending.length === 0);
    const sent = (person: Person) =>
      api.callsOf("sendMessage").filter(({ payload }) => payload["chat_id"] === String(person.chat.id));
    for (const person of [ayse, mehmet]) {
      const [first, second] = sent(person);
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(3000);
    }
    // A third one would leave with the next thing that is owed.
    await ask(mehmet, "/dil");
    ayse.says("/gizlilik");
    await api.until(() => sent(ayse).length === 3);
    expect(api.shown(ayse.chat.id).map(({ text }) => text?.slice(0, 7))).toEqual(["Hangi d", "Hangi d", "Kişisel"]);
    expect(api.shown(mehmet.chat.id)).toHaveLength(2);
  });

  test("waits as long as Telegram asks, in one chat only, and is then answered once and in order", async () => {
    await run();
    const ayse = api.person();
    const mehmet = api.person({ name: "Mehmet" });
    api.faults.add({ trouble: TOO_MANY(2), method: "sendMessage", chat: ayse.chat.id });
    ayse.says("/dil");
    await api.until(() => api.callsOf("sendMessage").length === 1);
    ayse.says("/gizlilik");
    mehmet.says("/dil");
    await answers(mehmet.chat.id, 0);
    expect(api.shown(ayse.chat.id)).toHaveLength(0);
    const [first, second] = await answers(ayse.chat.id, 0, 2);
    expect([first?.text, second?.text]).toEqual([expect.stringContaining("dilde"), expect.stringContaining("KVKK")]);
    const [refused, again] = api.callsOf("sendMessage").filter(({ payload }) => payload["chat_id"] === String(ayse.chat.id));
    expect((again?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(2000);
  });

  test("who sends too much is told so once, then left in silence; every press is answered, and nobody else waits", async () => {
    running.push(await runTelegramBot(await place().open(), api, { limit: { most: 3, lastsMs: 60_000 } }));
    const [ayse, mehmet] = [api.person({ language: "en" }), api.person({ name: "Mehmet" })];
    const texts = ({ chat }: Person) => api.shown(chat.id).map(({ text }) => text);
    const answerTo = (update: ReturnType<Person["presses"]>) => api.state.callbacks.get(update.callback_query?.id ?? "")?.answer;
    for (let count = 0; count < 8; count += 1) ayse.says("/topics");
    const pressed = ayse.presses(await answers(ayse.chat.id, 0).then(([menu]) => menu), "ESMED");
    await api.until(() => answerTo(pressed) !== undefined);
    expect(answerTo(pressed)).toEqual({ alert: false });
    expect(texts(ayse).slice(3)).toEqual([expect.stringContaining("Please write again in a minute")]);

    // Told where it was pressed, if it is a press that goes beyond.
    const menu = await ask(mehmet, "/dil");
    await ask(mehmet, "/dil");
    await ask(mehmet, "/dil");
    const beyond = [mehmet.presses(menu, "English"), mehmet.presses(menu, "English")] as const;
    await api.until(() => beyond.every((each) => answerTo(each) !== undefined));
    expect(beyond.map(answerTo)).toEqual([{ text: expect.stringContaining("Bir dakika sonra"), alert: true }, { alert: false }]);
    expect(texts(mehmet)).toHaveLength(3);
  });

  test("who blocked the bot costs nobody else an answer", async () => {
    await run();
    const ayse = api.person();
    ayse.says("/dil");
    ayse.blocks();
    const mehmet = api.person({ name: "Mehmet" });
    expect((await ask(mehmet, "/dil")).text).toContain("dilde");
    await api.until(() => api.state.pending.length === 0);
    expect(api.callsOf("sendMessage").filter(({ payload }) => payload["chat_id"] === String(ayse.chat.id)).length).toBeLessThan(
      2,
    );
  });

  test("finds commands and a description in the language of the phone", async () => {
    await run();
    await api.until(() => api.state.registered.size >= 15);
    const of = (name: string) => JSON.stringify(api.state.registered.get(name));
    expect(of("commands all_private_chats tr")).toContain("verilerimi_sil");
    expect(of("commands all_private_chats en")).toContain("delete_my_data");
    expect(of("commands default")).toContain("konular");
    expect(of("commands all_group_chats tr")).not.toContain("verilerim");
    expect(of("description default en")).toContain("cooperatives");
    expect(of("short description default tr")).toContain("Kooperatifçilik");
  });
});
