import { afterEach, beforeEach, expect, test } from "vitest";
import { createAudit } from "#desk/audit.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import type { Person as Member } from "../support/bot-api/people.ts";
import { deskSettings, runDeskBot, type DeskBot } from "../support/desk-bot.ts";
import type { Person as Colleague } from "../support/slack/people.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel, Message, View } from "../support/slack/shapes.ts";
import { describeStores, type Place } from "../support/store.ts";

let api: BotApi;
let slack: Slack;
let desk: Channel;
let zeynep: Colleague;
let mehmet: Colleague;
/** The bot's clock goes on from here: a decent hour of a working day, whatever the real one. */
let ahead: number;
const running: DeskBot[] = [];
const DAY = new Date().toISOString().slice(0, 10);
const at = (moment: string) => {
  ahead = Date.parse(moment) - Date.now();
};
beforeEach(async () => {
  api = await startBotApi();
  slack = await startSlack();
  zeynep = slack.person({ name: "zeynep" });
  mehmet = slack.person({ name: "mehmet" });
  desk = slack.channel({ name: "danisma-masasi", members: [zeynep, mehmet] });
  at(`${DAY}T11:00:00Z`);
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const run = async (place: Place) => {
  const store = await place.open();
  const settings = { ...deskSettings(api, slack, desk), SLACK_APPROVERS: `${zeynep.user.id},${mehmet.user.id}` };
  running.push(await runDeskBot(store, slack, settings, {}, () => Date.now() + ahead));
  return store;
};

const seen = (of: Message | View | undefined): string => JSON.stringify(of?.blocks ?? []);
const labels = (of: Message | undefined): string[] =>
  (of?.blocks ?? []).flatMap(({ type, elements = [] }) =>
    type === "actions" ? elements.map(({ text }) => (typeof text === "object" ? text.text : "")) : [],
  );
const cardOf = (title: string) => slack.shown(desk.id).findLast((message) => seen(message).includes(title));
const cardHas = (title: string, part: string) => slack.until(() => seen(cardOf(title)).includes(part));
const toldAlone = (person: Colleague) => slack.shownOnlyTo(person.user.id).map(({ text }) => text);
const holding = (member: Member, part: string) => api.shown(member.chat.id).filter(({ text }) => text?.includes(part));
const reads = async (member: Member, part: string) => {
  await api.until(() => holding(member, part).length > 0);
  return holding(member, part).at(-1);
};

/** A member who chose announcements of one topic. */
async function subscribes(language: "tr" | "en"): Promise<Member> {
  const member = api.person({ language });
  member.says(language === "tr" ? "/duyurular" : "/news");
  const menu = await reads(member, language === "tr" ? "Hangi konularda" : "Which");
  member.presses(menu, language === "tr" ? "Etkinlikler" : "Events");
  await reads(member, "✓");
  return member;
}

async function opens(person: Colleague, title: string): Promise<void> {
  await slack.until(() => person.modal()?.view.title?.text === title);
}
async function writes(person: Colleague, command: string, title: string, values: Record<string, string>): Promise<void> {
  await person.commands("", { channel: desk, command }).done;
  await opens(person, title);
  await person.submits(values).done;
}
/** The event, written by one and approved by another. */
async function published(): Promise<void> {
  await writes(zeynep, "/etkinlik", "Etkinlik", { change: "new" });
  await opens(zeynep, "Yeni etkinlik");
  const [year] = DAY.split("-");
  await zeynep.submits({
    "title-tr": "Ankara Kooperatif Buluşması",
    "title-en": "Ankara Cooperative Gathering",
    topics: "events",
    start: `05.12.${Number(year) + 1} 14.00`,
    city: "Ankara",
    venue: "Birlik salonu",
  }).done;
  await cardHas("Yeni etkinlik: Ankara", "Onay bekliyor");
  await mehmet.presses(cardOf("Yeni etkinlik: Ankara"), "Onayla").done;
  await cardHas("Yeni etkinlik: Ankara", "Yayında");
}
async function announced(extra: Record<string, string> = {}): Promise<void> {
  await writes(zeynep, "/duyuru", "Duyuru", {
    topics: "events",
    "title-tr": "Buluşmaya bekleriz",
    "body-tr": "Hepinizi bekliyoruz.",
    "title-en": "Join the gathering",
    "body-en": "Everybody is welcome.",
    ...extra,
  });
  await cardHas(extra["title-tr"] ?? "Buluşmaya bekleriz", "Onay bekliyor");
}
async function moved(change: "move" | "cancel", form: string, values: Record<string, string>): Promise<void> {
  await zeynep.commands("", { channel: desk, command: "/etkinlik" }).done;
  await opens(zeynep, "Etkinlik");
  const options = seen(zeynep.modal()?.view);
  const [, key = ""] = /"value":"(ankara-kooperatif-bulusmasi-\d{4})"/.exec(options) ?? [];
  await zeynep.submits({ change, event: key }).done;
  await opens(zeynep, form);
  await zeynep.submits(values).done;
}

describeStores("announcements from Slack", (place) => {
  test("an event is announced in two languages, moved and cancelled, and each is told once", { timeout: 90_000 }, async () => {
    const store = await run(place());
    const ayse = await subscribes("tr");
    const john = await subscribes("en");
    const veli = api.person();
    await published();
    veli.says("Ankara toplantısı ne zaman?");
    await reads(veli, "Birlik salonu");

    const key = `ankara-kooperatif-bulusmasi-${Number(DAY.slice(0, 4)) + 1}`;
    await announced({ event: key });
    await cardHas("Buluşmaya bekleriz", "Şu an 2 kişi");
    expect(seen(cardOf("Buluşmaya bekleriz"))).toMatch(
      /Türkçe okurlar böyle görecek[\s\S]*Duyurulardan çık[\s\S]*Join the gathering[\s\S]*Stop these/,
    );
    await zeynep.presses(cardOf("Buluşmaya bekleriz"), "Önce bana gönder").done;
    await slack.until(() => slack.shown(zeynep.dm.id).some((message) => seen(message).includes("Join the gathering")));

    await zeynep.presses(cardOf("Buluşmaya bekleriz"), "Onayla").done;
    await slack.until(() => toldAlone(zeynep).some((text) => text.includes("Kendi yazdığınızı onaylayamazsınız")));
    expect(holding(ayse, "Hepinizi bekliyoruz")).toEqual([]);
    await mehmet.presses(cardOf("Buluşmaya bekleriz"), "Onayla").done;
    await reads(ayse, "Hepinizi bekliyoruz.");
    await reads(john, "Everybody is welcome.");
    await cardHas("Buluşmaya bekleriz", "Gönderildi: 2 / 2");

    await moved("move", "Etkinliği erteleyin", {
      start: `06.12.${Number(DAY.slice(0, 4)) + 1} 14.00`,
      "note-tr": "Salon değişmedi.",
    });
    await cardHas("Ertelenen etkinlik", "Salon değişmedi.");
    await mehmet.presses(cardOf("Ertelenen etkinlik"), "Onayla").done;
    await reads(ayse, "6 Aralık");
    await reads(john, "6 December");
    await moved("cancel", "Etkinliği iptal edin", {});
    await cardHas("İptal edilen etkinlik", "Onay bekliyor");
    // One approver's word is enough, the author's own too.
    await zeynep.presses(cardOf("İptal edilen etkinlik"), "Onayla").done;
    await reads(ayse, "Bu etkinlik iptal edildi.");
    await reads(john, "This event is cancelled.");
    await cardHas("İptal duyurusu", "Gönderildi: 2 / 2");
    for (const part of ["Hepinizi bekliyoruz", "Salon değişmedi", "iptal edildi"])
      expect([part, holding(ayse, part).length]).toEqual([part, 1]);
    expect(holding(veli, "Hepinizi")).toEqual([]);

    const audit = await createAudit(store.records).list({ on: key }, 99);
    expect(audit.map(({ did, by }) => `${by === zeynep.user.id ? "zeynep" : "mehmet"} ${did}`)).toEqual([
      "zeynep event.propose",
      "mehmet event.approve",
      "zeynep event.propose",
      "mehmet event.approve",
      "zeynep event.propose",
      "zeynep event.approve",
    ]);
    expect(JSON.stringify(audit)).not.toMatch(/Salon|Buluşma/);
  });

  test("what was sent is corrected where it stands, and withdrawn", { timeout: 60_000 }, async () => {
    await run(place());
    const ayse = await subscribes("tr");
    await announced();
    await mehmet.presses(cardOf("Buluşmaya bekleriz"), "Onayla").done;
    const sent = await reads(ayse, "Hepinizi bekliyoruz.");
    await cardHas("Buluşmaya bekleriz", "Gönderim bitti");
    await zeynep.presses(cardOf("Buluşmaya bekleriz"), "Düzelt").done;
    await opens(zeynep, "Duyuruyu düzeltin");
    await zeynep.submits({ "body-tr": "Hepinizi 14.00'te bekliyoruz." }).done;
    await slack.until(() => labels(cardOf("Buluşmaya bekleriz")).includes("Düzeltmeyi onayla"));
    await mehmet.presses(cardOf("Buluşmaya bekleriz"), "Düzeltmeyi onayla").done;
    expect(await reads(ayse, "14.00'te")).toMatchObject({ message_id: sent?.message_id });
    await cardHas("Buluşmaya bekleriz", "Düzeltildi: 1 / 1");
    // What is wrong can be taken away while nothing is sent, and then above all.
    await mehmet.commands("dur", { channel: desk, command: "/duyuru" }).done;
    await slack.until(() => toldAlone(mehmet).some((text) => text.includes("Bütün gönderim durdu")));
    await mehmet.presses(cardOf("Buluşmaya bekleriz"), "Geri çek").done;
    await opens(mehmet, "Geri çek");
    await mehmet.submits({}).done;
    await api.until(() => holding(ayse, "bekliyoruz").length === 0);
    await cardHas("Buluşmaya bekleriz", "Silindi: 1 / 1");
  });

  test("waits for the morning, and while all sending is held; what is stopped goes no further", { timeout: 60_000 }, async () => {
    await run(place());
    const ayse = await subscribes("tr");
    at(`${DAY}T20:59:50Z`);
    await announced();
    await mehmet.presses(cardOf("Buluşmaya bekleriz"), "Onayla").done;
    await cardHas("Buluşmaya bekleriz", "bekleyen: 1");
    expect(holding(ayse, "bekliyoruz")).toEqual([]);
    await mehmet.commands("dur", { channel: desk, command: "/duyuru" }).done;
    await slack.until(() => toldAlone(mehmet).some((text) => text.includes("Bütün gönderim durdu")));
    const next = new Date(Date.parse(`${DAY}T05:01:00Z`) + 86_400_000).toISOString();
    at(next);
    await cardHas("Buluşmaya bekleriz", "Bütün gönderim durduruldu");
    expect(holding(ayse, "bekliyoruz")).toEqual([]);
    await mehmet.commands("sürdür", { channel: desk, command: "/duyuru" }).done;
    await reads(ayse, "Hepinizi bekliyoruz.");

    at(`${DAY}T20:59:50Z`);
    await announced({ "title-tr": "İkinci duyuru", "body-tr": "Bu gitmeyecek." });
    await cardHas("İkinci duyuru", "Onay bekliyor");
    await mehmet.presses(cardOf("İkinci duyuru"), "Onayla").done;
    await cardHas("İkinci duyuru", "bekleyen: 1");
    await zeynep.presses(cardOf("İkinci duyuru"), "Durdur").done;
    await cardHas("İkinci duyuru", "Durduruldu");
    at(next);
    await mehmet.commands("dur", { channel: desk, command: "/duyuru" }).done;
    expect(holding(ayse, "Bu gitmeyecek")).toEqual([]);
  });
});
