import { afterEach, beforeEach, expect, test } from "vitest";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import type { Person as Member } from "../support/bot-api/people.ts";
import type { Message as Sent } from "../support/bot-api/shapes.ts";
import { deskSettings, runDeskBot, type DeskBot } from "../support/desk-bot.ts";
import type { Person as Colleague } from "../support/slack/people.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel, Message, View } from "../support/slack/shapes.ts";
import { describeStores, type Place } from "../support/store.ts";

const QUESTION = "qwxz plfk borcum 0532 123 45 67";

let api: BotApi;
let slack: Slack;
let desk: Channel;
let mehmet: Colleague;
let zeynep: Colleague;
const running: DeskBot[] = [];
beforeEach(async () => {
  api = await startBotApi();
  slack = await startSlack();
  mehmet = slack.person({ name: "mehmet" });
  zeynep = slack.person({ name: "zeynep" });
  desk = slack.channel({ name: "danisma-masasi", members: [mehmet, zeynep] });
});
afterEach(async () => {
  for (const bot of running.splice(0)) await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const run = async (place: Place) => {
  const store = await place.open();
  running.push(await runDeskBot(store, slack, deskSettings(api, slack, desk)));
  return store;
};

/** What a reader sees of a message or form, its buttons left out. */
const seen = (of: Message | View | undefined): string => (of?.blocks ?? []).map(({ text }) => text?.text ?? "").join("\n");
const labels = (of: Message | undefined): string[] =>
  (of?.blocks ?? []).flatMap(({ type, elements = [] }) =>
    type === "actions" ? elements.map(({ text }) => (typeof text === "object" ? text.text : "")) : [],
  );
const cards = () => slack.shown(desk.id);
const card = () => cards()[0];
const cardHas = (part: string) => slack.until(() => seen(card()).includes(part));
const notes = () => slack.shown(desk.id, card()?.ts).map(seen);
const noteHas = (part: string) => slack.until(() => notes().some((note) => note.includes(part)));
const toldAlone = (person: Colleague) => slack.shownOnlyTo(person.user.id).map(({ text }) => text);

const holding = (member: Member, part: string) => api.shown(member.chat.id).filter(({ text }) => text?.includes(part));
async function reads(member: Member, part: string): Promise<Sent> {
  await api.until(() => holding(member, part).length > 0);
  return holding(member, part).at(-1) as Sent;
}

/** A member passes on what nobody knew, and confirms it. */
async function passOn(member: Member, question = QUESTION): Promise<void> {
  member.says(question);
  member.presses(await reads(member, "yanlış bilgi"), "Birliğe ilet");
  member.presses(await reads(member, "şu metin gidecek"), "Gönder");
  await reads(member, "Soru no:");
}
async function asked(place: Place) {
  const store = await run(place);
  const ayse = api.person();
  await passOn(ayse);
  await slack.until(() => cards().length === 1);
  return { store, ayse };
}

/** Presses a button of the card and waits for the form. */
async function opens(person: Colleague, label: string, title: string): Promise<View> {
  await person.presses(card(), label).done;
  return shows(person, title);
}
async function shows(person: Colleague, title: string, holding = ""): Promise<View> {
  const held = () => JSON.stringify(person.modal()?.view).includes(JSON.stringify(holding).slice(1, -1));
  await slack.until(() => person.modal()?.view.title?.text === title && held());
  return person.modal()?.view as View;
}
/** Writes what the open form asks for, sees it as the member will, and sends it. */
async function sends(person: Colleague, words: string): Promise<View> {
  person.submits({ words });
  const shown = await shows(person, "Üye böyle görecek", words);
  await person.submits({}).done;
  return shown;
}
async function answers(person: Colleague, words: string): Promise<void> {
  await opens(person, "Yanıtla", "Yanıt yazın");
  await sends(person, words);
}

describeStores("the desk in Slack", (place) => {
  test("a question nobody knew is claimed, answered after a preview, talked about, and closed", { timeout: 30_000 }, async () => {
    const { ayse } = await asked(place());
    expect(seen(card())).toMatch(/Soru [A-Z\d]{3}-[A-Z\d]{3}\nBekliyor[\s\S]*qwxz plfk borcum \[gizlendi\][\s\S]*Türkçe soruldu/);
    expect(JSON.stringify(card()?.blocks)).not.toMatch(/0532|532 123/);
    expect(labels(card())).toEqual(["Üstlen", "Yanıtla", "Hazır yanıt", "Kapat"]);

    mehmet.presses(card(), "Üstlen");
    await cardHas(`Üstlenen: <@${mehmet.user.id}>`);
    await reads(ayse, "bir çalışanımız ilgileniyor");
    mehmet.says("Buna muhasebe baksın", { channel: desk, thread: card()! });

    const form = await opens(mehmet, "Yanıtla", "Yanıt yazın");
    expect(seen(form)).toMatch(/qwxz plfk borcum[\s\S]*Türkçe soruldu/);
    const shown = await sends(mehmet, "*Borcunuz* <b>yok</b>.");
    expect(seen(shown)).toMatch(/Birliğin yanıtı \(soru no: .*\):\n+\*Borcunuz\* &lt;b&gt;yok&lt;\/b&gt;\./);
    // As words, not as markup: no star makes anything bold that the member will see as a star.
    expect(shown.blocks.find(({ text }) => text?.text.includes("Borcunuz") === true)?.text).toMatchObject({
      type: "plain_text",
      emoji: false,
    });
    await reads(ayse, "*Borcunuz* <b>yok</b>.");
    await cardHas(`✓ 1. yanıt ulaştı (<@${mehmet.user.id}>)`);
    expect(mehmet.modal()).toBeUndefined();

    ayse.says("peki faizi var mı");
    await noteHas("peki faizi var mı");
    await cardHas("Üstlenen");
    await opens(mehmet, "Kapat", "Soruyu kapatın");
    await mehmet.submits({ reason: "not-ours" }).done;
    await reads(ayse, "Birliğin görev alanında değil");
    await cardHas("Kapandı: bizim konumuz değil");
    expect(labels(card())).toEqual(["Düzelt", "Bilgi bankasına ekle"]);
    // What was said under the card stayed there.
    expect(holding(ayse, "muhasebe")).toEqual([]);
    expect(api.shown(ayse.chat.id).filter(({ text }) => text?.includes("Borcunuz"))).toHaveLength(1);
  });

  test(
    "nothing leaves that was not shown: changed words are shown again, and what cannot be sent stays",
    { timeout: 30_000 },
    async () => {
      const { ayse } = await asked(place());
      await opens(mehmet, "Yanıtla", "Yanıt yazın");
      await mehmet.submits({ words: "   " }).done;
      await slack.until(() => mehmet.modal()?.errors?.["words"] !== undefined);
      mehmet.submits({ words: "Borcunuz yok." });
      await shows(mehmet, "Üye böyle görecek");
      await mehmet.submits({ words: "Borcunuz var." }).done;
      await slack.until(() => seen(mehmet.modal()?.view).includes("Borcunuz var."));
      expect(holding(ayse, "Borcunuz")).toEqual([]);

      // Somebody else takes the question meanwhile.
      zeynep.presses(card(), "Üstlen");
      await cardHas("Üstlenen");
      await mehmet.submits({}).done;
      const kept = await shows(mehmet, "Yanıt yazın");
      expect(seen(kept)).toContain(`Bu soruyu <@${zeynep.user.id}> üstlendi.`);
      expect(JSON.stringify(kept)).toContain("Borcunuz var.");
      expect(holding(ayse, "Borcunuz")).toEqual([]);
      mehmet.presses(card(), "Devral");
      await cardHas(`Üstlenen: <@${mehmet.user.id}>`);
      await mehmet.submits({}).done;
      await shows(mehmet, "Üye böyle görecek");
      await mehmet.submits({}).done;
      await reads(ayse, "Borcunuz var.");
    },
  );

  test("of two who act at once one has it, and the other is told who", { timeout: 30_000 }, async () => {
    const { ayse } = await asked(place());
    await Promise.all([mehmet.presses(card(), "Üstlen").done, zeynep.presses(card(), "Üstlen").done]);
    await slack.until(() => toldAlone(mehmet).length + toldAlone(zeynep).length === 1);
    const [winner, other] = toldAlone(mehmet).length === 0 ? [mehmet, zeynep] : [zeynep, mehmet];
    expect(toldAlone(other)[0]).toContain(`Bu soruyu <@${winner.user.id}> üstlendi.`);
    await cardHas(`Üstlenen: <@${winner.user.id}>`);
    await other.presses(card(), "Yanıtla").done;
    await slack.until(() => toldAlone(other).length === 2);
    expect(other.modal()).toBeUndefined();
    expect(holding(ayse, "ilgileniyor")).toHaveLength(1);
  });

  test("two processes share the desk: whichever hears of a press, it is done once", { timeout: 30_000 }, async () => {
    const { store, ayse } = await asked(place());
    const { TELEGRAM_BOT_TOKEN: _, ...settings } = deskSettings(api, slack, desk);
    running.push(await runDeskBot(store, slack, settings));
    await slack.until(() => slack.sockets.open() === 4);
    slack.deliveries.mischief.copies = 3;
    await Promise.all([mehmet.presses(card(), "Üstlen").done, zeynep.presses(card(), "Üstlen").done]);
    await cardHas("Üstlenen");
    const winner = seen(card()).includes(mehmet.user.id) ? mehmet : zeynep;
    const other = winner === mehmet ? zeynep : mehmet;
    await slack.until(() => toldAlone(other).length > 0);
    expect(new Set(toldAlone(other))).toEqual(new Set([expect.stringContaining(`<@${winner.user.id}> üstlendi`)]));
    expect(toldAlone(winner)).toEqual([]);
    slack.deliveries.mischief.copies = 1;
    await opens(winner, "Yanıtla", "Yanıt yazın");
    winner.submits({ words: "Borcunuz yok." });
    await shows(winner, "Üye böyle görecek", "Borcunuz yok.");
    slack.deliveries.mischief.copies = 4;
    await winner.submits({}).done;
    await cardHas("✓ 1. yanıt ulaştı");
    expect(holding(ayse, "Borcunuz yok.")).toHaveLength(1);
    expect(holding(ayse, "ilgileniyor")).toHaveLength(1);
    expect(cards()).toHaveLength(1);
  });

  test("a correction replaces the message that the member has, and says so", { timeout: 30_000 }, async () => {
    const { ayse } = await asked(place());
    await answers(mehmet, "Borcunuz yok.");
    const { message_id } = await reads(ayse, "Borcunuz yok.");
    await cardHas("✓ 1. yanıt ulaştı");
    const form = await opens(mehmet, "Düzelt", "Yanıtı düzeltin");
    expect(JSON.stringify(form)).toContain("Borcunuz yok.");
    await mehmet.submits({}).done;
    await shows(mehmet, "Üye böyle görecek");
    await mehmet.submits({}).done;
    await slack.until(() => mehmet.modal()?.errors?.["words"]?.includes("aynı") === true);
    const preview = seen(await sends(mehmet, "12 TL borcunuz var."));
    const note = await reads(ayse, "Düzeltme");
    expect(holding(ayse, "12 TL")).toMatchObject([{ message_id }]);
    // What was shown before is what came: both messages, to the letter.
    const [amended] = holding(ayse, "12 TL");
    const plain = (said = "") => said.replace(/\s+/g, " ").trim();
    for (const message of [amended, note]) expect(plain(preview)).toContain(plain(message?.text ?? "nothing"));
    expect(holding(ayse, "Borcunuz yok.")).toEqual([]);
  });

  test("a ready answer is chosen or searched for, and can be changed before it leaves", { timeout: 30_000 }, async () => {
    const { ayse } = await asked(place());
    await opens(mehmet, "Hazır yanıt", "Hazır yanıt");
    mehmet.submits({ search: "esmed nedir" });
    await slack.until(() => JSON.stringify(mehmet.modal()?.view).includes("esmed-nedir"));
    await mehmet.submits({ search: "esmed nedir" }).done;
    await slack.until(() => mehmet.modal()?.errors?.["search"] !== undefined);
    mehmet.submits({ entry: "esmed-nedir" });
    const form = await shows(mehmet, "Yanıt yazın");
    expect(JSON.stringify(form)).toMatch(/ESMED[\s\S]*Kaynak: [\s\S]*https:/);
    mehmet.submits({});
    await shows(mehmet, "Üye böyle görecek");
    await mehmet.submits({}).done;
    await reads(ayse, "Kaynak: ");
  });

  test("a press or form that comes again, or from another trigger, is one act", { timeout: 30_000 }, async () => {
    const { ayse } = await asked(place());
    slack.deliveries.mischief.copies = 2;
    await mehmet.presses(card(), "Üstlen").done;
    await cardHas("Üstlenen");
    slack.deliveries.mischief.copies = 1;
    await opens(mehmet, "Yanıtla", "Yanıt yazın");
    mehmet.submits({ words: "Borcunuz yok." });
    await shows(mehmet, "Üye böyle görecek");
    slack.deliveries.mischief.copies = 2;
    await Promise.all([mehmet.submits({}).done, mehmet.submits({}).done]);
    await cardHas("✓ 1. yanıt ulaştı");
    expect(holding(ayse, "Borcunuz yok.")).toHaveLength(1);
    expect(holding(ayse, "ilgileniyor")).toHaveLength(1);
    expect(seen(card())).not.toContain("2. yanıt");
    expect(toldAlone(mehmet)).toEqual([]);
  });

  test("who is no full member of the channel is told kindly, and changes nothing", { timeout: 30_000 }, async () => {
    await asked(place());
    const guest = slack.person({ guest: "guest" });
    const stranger = slack.person({ guest: "stranger" });
    for (const { user } of [guest, stranger]) desk.members.add(user.id);
    const outside = slack.person();
    for (const person of [guest, stranger]) {
      await person.presses(card(), "Üstlen").done;
      await slack.until(() => toldAlone(person).length === 1);
      expect(toldAlone(person)[0]).toContain("yalnız danışma masası kanalının üyeleri");
    }
    await outside.presses(card(), "Yanıtla").done;
    expect(outside.modal()).toBeUndefined();
    // A new colleague may act at once.
    desk.members.add(outside.user.id);
    await outside.presses(card(), "Üstlen").done;
    await cardHas(`Üstlenen: <@${outside.user.id}>`);
  });

  test("a member who blocked the bot is shown as such, and the answer can be sent again", { timeout: 30_000 }, async () => {
    const { ayse } = await asked(place());
    ayse.blocks();
    await answers(mehmet, "Borcunuz yok.");
    await cardHas("✗ 1. yanıt ulaşmadı");
    await noteHas("ulaşmadı");
    expect(labels(card())).toContain("Yeniden gönder");
    ayse.unblocks();
    mehmet.presses(card(), "Yeniden gönder");
    await reads(ayse, "Borcunuz yok.");
    await cardHas("✓ 1. yanıt ulaştı");
  });

  test("deleting one's data closes the question and takes the words off card and thread", { timeout: 30_000 }, async () => {
    const { ayse } = await asked(place());
    mehmet.presses(card(), "Üstlen");
    await reads(ayse, "ilgileniyor");
    ayse.says("Ayşe Yılmaz adına");
    await noteHas("Ayşe Yılmaz");
    await mehmet.opensHome().done;
    const page = () => seen(slack.state.homes.get(mehmet.user.id));
    await slack.until(() => page().includes("plfk"));
    ayse.says("/verilerimi_sil");
    ayse.presses(await reads(ayse, "Geri alınamaz"), "Evet, sil");
    await reads(ayse, "Verileriniz silindi");
    await cardHas("üye verilerini sildirdi");
    await slack.until(() => notes().every((note) => !note.includes("Ayşe")));
    await slack.until(() => !page().includes("plfk"));
    expect(JSON.stringify([...slack.state.messages.values()])).not.toMatch(/plfk|Ayşe Yılmaz/);
  });

  test("while Slack is away the member is told all the same, and the card comes later, once", { timeout: 60_000 }, async () => {
    await run(place());
    slack.faults.add({ trouble: { kind: "status", status: 503 }, method: "chat.postMessage", channel: desk.id, times: 1 });
    slack.faults.add({ trouble: { kind: "reset-after" }, method: "chat.postMessage", channel: desk.id, times: 1 });
    const ayse = api.person();
    await passOn(ayse);
    await slack.until(() => cards().length > 0, 30_000);
    await answers(mehmet, "Borcunuz yok.");
    await cardHas("✓ 1. yanıt ulaştı");
    expect(cards()).toHaveLength(1);
  });
});

const ENTRY = {
  topic: "union",
  "title-tr": "Zeplin turu ne zaman?",
  "title-en": "When is the zeppelin tour?",
  "questions-tr": "zeplin turu\nzeplin ne zaman kalkıyor\nzeplinle gezi var mı\nzeplin gezisi saati\nzepline nasıl binilir",
  "questions-en": "zeppelin tour\nwhen does the zeppelin leave\nis there a zeppelin trip",
  "answer-tr": "Zeplin her salı kalkar.",
  "answer-en": "The zeppelin leaves every Tuesday.",
  "source-title": "Birlik: duyurular",
  "source-url": "https://birlik.example/zeplin",
  "source-date": "2026-11",
  review: "2027-01-31",
};

describeStores("what staff learn", (place) => {
  const runApproved = async (approvers: string) => {
    const store = await place().open();
    running.push(await runDeskBot(store, slack, { ...deskSettings(api, slack, desk), SLACK_APPROVERS: approvers }));
  };
  const draft = () => cards().find((each) => seen(each).includes("Kayıt taslağı"));
  const draftHas = (part: string) => slack.until(() => seen(draft()).includes(part));

  test(
    "an answer becomes an entry once a second person approves it, and answers without a restart",
    { timeout: 40_000 },
    async () => {
      slack.state.groups.set("S0ONAY", [mehmet.user.id, zeynep.user.id]);
      await runApproved("S0ONAY");
      const ayse = api.person();
      await passOn(ayse, "zeplinle gezi var mı");
      await slack.until(() => cards().length === 1);
      await answers(mehmet, "Zeplin her salı kalkar.");
      await cardHas("✓ 1. yanıt ulaştı");
      const form = await opens(mehmet, "Bilgi bankasına ekle", "Bilgi bankası kaydı");
      expect(JSON.stringify(form)).toMatch(/"zeplinle gezi var mı"[\s\S]*"Zeplin her salı kalkar\."/);

      await mehmet.submits({ ...ENTRY, "questions-tr": "zeplin", "source-url": "birlik", review: "yarın" }).done;
      await slack.until(() => mehmet.modal()?.errors !== undefined);
      expect(Object.keys(mehmet.modal()?.errors ?? {}).toSorted()).toEqual(["questions-tr", "review", "source-url"]);
      mehmet.submits(ENTRY);
      await slack.until(() => mehmet.modal()?.view.submit?.text === "Onaya sun");
      expect(draft()).toBeUndefined();
      await Promise.all([mehmet.submits({}).done, mehmet.submits({}).done]);
      await slack.until(() => draft() !== undefined);
      expect(seen(draft())).toMatch(/Onay bekliyor[\s\S]*Yazan: <@U\d+>[\s\S]*Zeplin her salı kalkar\.[\s\S]*zeppelin tour/);
      expect(labels(draft())).toEqual(["Onayla", "Reddet", "Neler değişir?", "Düzelt"]);

      await zeynep.opensHome().done;
      await slack.until(() => seen(slack.state.homes.get(zeynep.user.id)).includes("Zeplin turu ne zaman? (yazan: <@"));
      mehmet.presses(draft(), "Onayla");
      await slack.until(() => toldAlone(mehmet).some((text) => text.includes("Kendi yazdığınız")));
      const berk = api.person();
      berk.says("zeplin ne zaman kalkıyor");
      await reads(berk, "yanlış bilgi");

      await zeynep.presses(draft(), "Onayla").done;
      await draftHas(`Yayında. Onaylayan: <@${zeynep.user.id}>`);
      while (holding(berk, "Zeplin her salı kalkar.").length === 0) {
        berk.says("zeplin ne zaman kalkıyor");
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
      await reads(berk, "Kaynak: Birlik: duyurular");
      expect(labels(draft())).toEqual(["Düzelt", "Yayından kaldır"]);
      expect(cards()).toHaveLength(2);
    },
  );

  test(
    "an entry is begun by command, alike ones are shown, its draft survives a troubled Slack, and it is rejected",
    { timeout: 60_000 },
    async () => {
      await runApproved(zeynep.user.id);
      await mehmet.commands("yeni", { channel: desk }).done;
      await shows(mehmet, "Bilgi bankası kaydı");
      mehmet.submits({
        ...ENTRY,
        "title-tr": "ESMED nedir?",
        "questions-tr": "esmed nedir\nesmed ne\nesmed ne demek\nesmed kimdir\nesmed hakkında",
      });
      await slack.until(() => seen(mehmet.modal()?.view).includes("ESMED"));
      expect(seen(mehmet.modal()?.view)).toContain("benzer soruları zaten yanıtlıyor");
      slack.faults.add({ trouble: { kind: "status", status: 503 }, method: "chat.postMessage", channel: desk.id });
      await mehmet.submits({}).done;
      await slack.until(() => draft() !== undefined, 30_000);
      mehmet.presses(draft(), "Onayla");
      await slack.until(() => toldAlone(mehmet).some((text) => text.includes("onaylama yetkisi")));
      zeynep.presses(draft(), "Reddet");
      await draftHas(`Reddedildi. Karar veren: <@${zeynep.user.id}>`);
      expect(cards()).toHaveLength(1);
    },
  );

  test("where nobody may approve, a draft waits and whoever tries is told why", { timeout: 40_000 }, async () => {
    await run(place());
    await mehmet.commands("yeni", { channel: desk }).done;
    await shows(mehmet, "Bilgi bankası kaydı");
    mehmet.submits(ENTRY);
    await slack.until(() => mehmet.modal()?.view.submit?.text === "Onaya sun");
    await mehmet.submits({}).done;
    await slack.until(() => draft() !== undefined);
    zeynep.presses(draft(), "Onayla");
    await slack.until(() => toldAlone(zeynep).some((text) => text.includes("SLACK_APPROVERS")));
    expect(seen(draft())).toContain("Onay bekliyor");
  });

  test(
    "what found no answer is listed for staff, and a question like any other for everybody else",
    { timeout: 40_000 },
    async () => {
      await run(place());
      const ayse = api.person();
      ayse.says("qwxz plfk nedir");
      await reads(ayse, "yanlış bilgi");
      for (;;) {
        await mehmet.commands("yanıtsız", { channel: desk }).done;
        await shows(mehmet, "Yanıtı olmayan sorular");
        if (seen(mehmet.modal()?.view).includes("1. qwxz plfk nedir: 1")) break;
        mehmet.closes();
      }
      const outside = slack.person();
      await outside.commands("yanıtsız").done;
      await slack.until(() => toldAlone(outside).length > 0 || slack.callsOf("response_url").length > 0);
      expect(outside.modal()).toBeUndefined();
      await outside.opensHome().done;
      await slack.until(() => slack.state.homes.has(outside.user.id));
      expect(seen(slack.state.homes.get(outside.user.id))).not.toContain("Yanıt bekleyen sorular");
    },
  );
});
