import { afterEach, beforeEach, expect, test } from "vitest";
import type { Person } from "../support/bot-api/people.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import type { Message } from "../support/bot-api/shapes.ts";
import { createStaffRoom } from "../support/staff-room.ts";
import { describeStores, type Place } from "../support/store.ts";
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

const textsOf = (person: Person) => api.shown(person.chat.id).map(({ text }) => text ?? "");
const holding = (person: Person, part: string) => api.shown(person.chat.id).filter(({ text }) => text?.includes(part));

async function read(person: Person, part: string): Promise<Message> {
  await api.until(() => holding(person, part).length > 0);
  return holding(person, part).at(-1) as Message;
}

/** Ayşe passed a question on that nobody knew, and staff see it. */
async function asked(place: Place) {
  const store = await place.open();
  const room = createStaffRoom();
  const bot = await runTelegramBot(store, api, { room });
  running.push(bot);
  const { desk } = bot;
  if (desk === undefined) throw new Error("there is no desk");
  const ayse = api.person();
  ayse.says("qwxz plfk");
  ayse.presses(await read(ayse, "yanlış bilgi"), "Birliğe ilet");
  ayse.presses(await read(ayse, "şu metin gidecek"), "Gönder");
  await read(ayse, "Soru no:");
  await api.until(() => room.posted.size > 0);
  const [ticket] = await desk.waiting(1);
  if (ticket === undefined) throw new Error("there is no question");
  const answered = async () => (await desk.ticket(ticket.id))?.answers.map(({ delivery }) => delivery).join();
  return { ayse, desk, room, ticket: ticket.id, answered };
}

/** Waits for what no call tells. */
async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 10));
}

describeStores("on Telegram, with a desk", (place) => {
  test("in a group nothing is passed on: a link leads to the member's own chat, where it is", async () => {
    const store = await place().open();
    const room = createStaffRoom();
    running.push(await runTelegramBot(store, api, { room }));
    const ayse = api.person();
    const group = api.group();
    ayse.says("@imece_sinama_bot qwxz plfk", { chat: group });
    const inGroup = (part: string) => api.shown(group.id).find(({ text }) => text?.includes(part));
    await api.until(() => inGroup("yanlış bilgi") !== undefined);
    ayse.presses(inGroup("yanlış bilgi"), "Birliğe ilet");
    await api.until(() => inGroup("gruptan iletmiyorum") !== undefined);
    expect(JSON.stringify(inGroup("gruptan iletmiyorum"))).toContain("https://t.me/imece_sinama_bot?start=ilet");
    ayse.says("/start ilet");
    await api.until(() => textsOf(ayse).length === 1);
    ayse.says("qwxz plfk");
    ayse.presses(await read(ayse, "şu metin gidecek"), "Gönder");
    await read(ayse, "Soru no:");
    await api.until(() => room.posted.size > 0);
    expect(api.shown(group.id)).toHaveLength(2);
  });

  test("an answer of staff arrives, is corrected where it stands, and a reply to it goes to them", async () => {
    const { ayse, desk, room, ticket, answered } = await asked(place());
    await desk.act(ticket, "U1", { do: "answer", words: "Borcunuz <b>yok</b>." }, "press-1");
    const answer = await read(ayse, "Borcunuz <b>yok</b>.");
    await until(async () => (await answered()) === "sent");

    await desk.act(ticket, "U1", { do: "correct", answer: "1", words: "12 TL borcunuz var." }, "press-2");
    await read(ayse, "Düzeltme");
    expect(holding(ayse, "12 TL")).toMatchObject([{ message_id: answer.message_id }]);
    expect(holding(ayse, "<b>yok</b>")).toEqual([]);
    await until(async () => (await answered()) === "sent");

    await desk.act(ticket, "U1", { do: "close", reason: "answered" }, "press-3");
    await read(ayse, "Sorunuz kapandı");
    ayse.says("son bir şey daha", { replyTo: answer });
    await read(ayse, "İlettim.");
    await api.until(() => room.posted.size > 0);
    await until(async () => (await desk.waiting(9)).some(({ question }) => question === "son bir şey daha"));
  });

  test("an answer whose acknowledgement is lost is not sent again; staff see that nobody knows", async () => {
    const { ayse, desk, ticket, answered } = await asked(place());
    api.faults.add({ method: "sendMessage", chat: ayse.chat.id, trouble: { kind: "reset-after" } });
    await desk.act(ticket, "U1", { do: "answer", words: "Borcunuz yok." }, "press-1");
    await until(async () => (await answered()) === "uncertain");
    await running[0]?.settleOwed();
    expect(holding(ayse, "Borcunuz yok.")).toHaveLength(1);
    await desk.act(ticket, "U1", { do: "resend", answer: "1" }, "press-2");
    await until(async () => (await answered()) === "sent");
    expect(holding(ayse, "Borcunuz yok.")).toHaveLength(2);
  });

  test("a member who blocked the bot is told of to staff, once", async () => {
    const { ayse, desk, ticket, answered } = await asked(place());
    ayse.blocks();
    const before = textsOf(ayse).length;
    await desk.act(ticket, "U1", { do: "answer", words: "Borcunuz yok." }, "press-1");
    await until(async () => (await answered()) === "blocked");
    expect(textsOf(ayse)).toHaveLength(before);
  });
});
