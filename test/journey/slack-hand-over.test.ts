import { afterEach, beforeEach, expect, test } from "vitest";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import { deskSettings, runDeskBot, type DeskBot } from "../support/desk-bot.ts";
import type { Person } from "../support/slack/people.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel, Message } from "../support/slack/shapes.ts";
import { describeStores, type Place } from "../support/store.ts";

let api: BotApi;
let slack: Slack;
let desk: Channel;
let general: Channel;
let staff: Person;
let can: Person;
const running: DeskBot[] = [];
beforeEach(async () => {
  api = await startBotApi();
  slack = await startSlack();
  staff = slack.person({ name: "mehmet" });
  can = slack.person({ name: "can" });
  desk = slack.channel({ name: "danisma-masasi", members: [staff] });
  general = slack.channel({ name: "genel", members: [staff, can] });
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const run = async (place: Place) => {
  const bot = await runDeskBot(await place.open(), slack, deskSettings(api, slack, desk));
  running.push(bot);
  return bot.desk;
};

const seen = (of: Message | undefined): string => (of?.blocks ?? []).map(({ text }) => text?.text ?? "").join("\n");
const card = () => slack.shown(desk.id)[0];
const notes = () => slack.shown(desk.id, card()?.ts).map(seen);
const inDm = () => slack.shown(can.dm.id).map(seen);
const holding = (list: () => readonly string[], part: string) => slack.until(() => list().some((each) => each.includes(part)));
const message = (part: string) => slack.shown(can.dm.id).find((each) => seen(each).includes(part));
/** Everything that stands in the channel, in its threads too. */
const inPublic = () => (slack.state.messages.get(general.id) ?? []).map(seen).join("\n");

const claimed = async (bot: Awaited<ReturnType<typeof run>>) => {
  const [ticket] = await bot.waiting(1);
  await bot.act(ticket?.id ?? "", staff.user.id, { do: "claim" }, "claims");
  await holding(inDm, "ilgileniyor");
  return ticket?.id ?? "";
};
const confirms = async () => {
  await holding(inDm, "şu metin gidecek");
  can.presses(message("şu metin gidecek"), "Gönder");
  await holding(inDm, "Soru no:");
  await slack.until(() => card() !== undefined);
};

describeStores("a question of Slack goes to staff", (place) => {
  test("from a channel's thread only in the direct message, and nothing of it is seen in public", async () => {
    const bot = await run(place());
    const { message: question } = can.says(`${slack.mention} qwxz plfk nedir`, { channel: general });
    const thread = () => slack.shown(general.id, question.ts).map(seen);
    await holding(thread, "yanlış bilgi");
    can.says(`${slack.mention} birliğe ilet`, { channel: general, thread: question });
    await holding(thread, "özel mesajdan yazıyorum");
    expect(inPublic()).not.toContain("şu metin gidecek");
    await confirms();
    expect(seen(card())).toContain("qwxz plfk nedir");
    const ticket = await claimed(bot);
    can.says("dosyam K-17");
    await holding(notes, "dosyam K-17");
    await bot.act(ticket, staff.user.id, { do: "answer", words: "Borcunuz yok." }, "answers");
    await holding(inDm, "Borcunuz yok.");
    expect(inPublic()).not.toMatch(/Borcunuz|ilgileniyor|Soru no|K-17/);
  });

  test("from /imece in the direct message, and the answer too", async () => {
    const bot = await run(place());
    const command = (words: string) => can.commands(words, { channel: general }).done;
    await command("qwxz plfk nedir");
    await command("birliğe ilet");
    await confirms();
    const before = slack.callsOf("response_url").length;
    const [ticket] = await bot.waiting(1);
    await bot.act(ticket?.id ?? "", staff.user.id, { do: "answer", words: "Borcunuz yok." }, "answers");
    await holding(inDm, "Borcunuz yok.");
    await slack.until(() => seen(card()).includes("ulaştı"));
    expect(slack.callsOf("response_url")).toHaveLength(before);
    expect(slack.callsOf("chat.postEphemeral")).toEqual([]);
  });

  test("in the thread under staff's answer in the direct message, as a reply to it", async () => {
    const bot = await run(place());
    can.says("qwxz plfk nedir");
    await holding(inDm, "yanlış bilgi");
    can.says("birliğe ilet");
    await confirms();
    const ticket = await claimed(bot);
    await bot.act(ticket, staff.user.id, { do: "answer", words: "Borcunuz yok." }, "answers");
    await holding(inDm, "Borcunuz yok.");
    await slack.until(() => seen(card()).includes("ulaştı"));
    can.says("görüşmeyi bitir");
    await slack.until(() => seen(card()).includes("görüşmeyi bitirdi"));
    can.says("emin misiniz, dosyam K-17", { channel: can.dm, thread: message("Borcunuz yok.") as Message });
    await holding(inDm, "yeni bir soru oldu");
    await slack.until(() => slack.shown(desk.id).some((each) => seen(each).includes("dosyam K-17")));
  });
});
