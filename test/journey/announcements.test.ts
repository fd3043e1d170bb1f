import { afterEach, beforeEach, expect, test } from "vitest";
import { createAudit } from "#desk/audit.ts";
import { contentOf, openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { labels } from "../support/slack-desk.ts";
import { describeStores } from "../support/store.ts";

const DAY = new Date().toISOString().slice(0, 10);
const NEXT_YEAR = Number(DAY.slice(0, 4)) + 1;
const EVENT = "Ankara Kooperatif Buluşması";

let room: Newsroom;

describeStores("announcements from Slack", (place) => {
  beforeEach(async () => {
    room = await openNewsroom();
  });
  // Before the store is closed.
  afterEach(async () => {
    await room[Symbol.asyncDispose]();
  });

  test("an event is announced in two languages, moved and cancelled, and each is told once", { timeout: 90_000 }, async () => {
    const { store } = await room.run(place());
    const { slack, zeynep, mehmet, reads, holding, cardHas, cardOf, press } = room;
    const ayse = await room.subscribes("tr");
    const john = await room.subscribes("en");
    const veli = room.api.person();
    await room.publishes({
      "title-tr": EVENT,
      "title-en": "Ankara Cooperative Gathering",
      start: `05.12.${NEXT_YEAR} 14.00`,
      city: "Ankara",
      venue: "Birlik salonu",
    });
    veli.says("Ankara toplantısı ne zaman?");
    await reads(veli, "Birlik salonu");
    // Who asked for a reminder was told of it too.
    const fatma = room.api.person();
    fatma.says("Ankara toplantısı ne zaman?");
    fatma.presses(await reads(fatma, "Birlik salonu"), "Bana hatırlat");
    await reads(fatma, "hatırlatacağım");

    const key = `ankara-kooperatif-bulusmasi-${NEXT_YEAR}`;
    const card = await room.writes({ event: key });
    await cardHas(card, "Şu an 2 kişi");
    expect(contentOf(cardOf(card))).toMatch(
      /Türkçe okurlar böyle görecek[\s\S]*Duyurulardan çık[\s\S]*Join the gathering[\s\S]*Stop these/,
    );
    await press(zeynep, card, "Önce bana gönder");
    const tests = () => slack.shown(zeynep.dm.id).map((message) => contentOf(message));
    await slack.until(() => tests().some((test) => test.includes("Join the gathering")));
    expect(tests()).toEqual([
      expect.stringMatching(/"Deneme: yalnız size geldi \(Türkçe\).*Buluşmaya bekleriz/),
      expect.stringMatching(/"Test: only you got this \(English\).*Join the gathering/),
    ]);
    expect(tests().join("")).not.toContain('"button"');

    await press(zeynep, card, "Onayla");
    await slack.until(() => room.toldAlone(zeynep).some((text) => text.includes("Kendi yazdığınızı onaylayamazsınız")));
    expect(holding(ayse, "Hepinizi bekliyoruz")).toEqual([]);
    await press(mehmet, card, "Onayla");
    // Whoever gets it need not ask when and where.
    const toAyse = await reads(ayse, "Hepinizi bekliyoruz.");
    expect(toAyse.text).toMatch(/bekliyoruz\.[\s\S]*5 Aralık[\s\S]*14\.00[\s\S]*Birlik salonu, Ankara[\s\S]*seçiminiz için/);
    ayse.presses(toAyse, "Bana hatırlat");
    const toJohn = await reads(john, "Everybody is welcome.");
    expect(toJohn.text).toMatch(/5 December[\s\S]*14:00[\s\S]*Birlik salonu, Ankara/);
    await cardHas(card, "Gönderildi: 2 / 2");

    const move = await room.proposesChange("move", EVENT, { start: `06.12.${NEXT_YEAR} 14.00`, "note-tr": "Salon değişmedi." });
    await cardHas(move, "Onaylanınca 3 kişiye şu haber gidecek:");
    await cardHas(move, "3 kişiye şimdi gönderilecek");
    await cardHas(move, "İngilizce not yok; Türkçesi gidecek.");
    await press(mehmet, move, "Onayla");
    await cardHas(move, "giden haber");
    await reads(ayse, "6 Aralık");
    await reads(john, "6 December");
    const late = await room.writes({ event: key, "title-tr": "Son çağrı", "title-en": "", "body-en": "" });
    // One approver's word is enough to cancel, the author's own too.
    await room.changes("cancel", EVENT, {}, zeynep);
    await reads(ayse, "Bu etkinlik iptal edildi.");
    await reads(john, "This event is cancelled.");
    await reads(fatma, "Bu etkinlik iptal edildi.");
    await cardHas(`İptal duyurusu: ${EVENT}`, "Gönderildi: 3 / 3");
    await cardHas(late, `<@${zeynep.user.id}> iptal etti; bu taslak onaylanamaz`);
    expect(labels(cardOf(late))).toEqual(["Düzelt", "Sil"]);
    for (const part of ["Hepinizi bekliyoruz", "Salon değişmedi", "iptal edildi"])
      expect([part, holding(ayse, part).length]).toEqual([part, 1]);
    expect(["Hepinizi", "Salon değişmedi", "iptal edildi"].map((part) => holding(fatma, part).length)).toEqual([0, 1, 1]);
    expect(["Hepinizi", "iptal edildi"].map((part) => holding(veli, part).length)).toEqual([0, 0]);

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
    await room.run(place());
    const { api, slack, zeynep, mehmet, reads, holding, cardHas, cardOf, press } = room;
    const ayse = await room.subscribes("tr");
    const card = await room.writes();
    await press(mehmet, card, "Onayla");
    const sent = await reads(ayse, "Hepinizi bekliyoruz.");
    await cardHas(card, "Gönderim bitti");
    await press(zeynep, card, "Düzelt");
    await room.opens(zeynep, "Duyuruyu düzeltin");
    await zeynep.submits({ "body-tr": "Hepinizi 14.00'te bekliyoruz." }).done;
    await cardHas(card, "Düzeltmeyi onayla");
    expect(labels(cardOf(card))).toContain("Düzeltmeden vazgeç");
    await press(mehmet, card, "Düzeltmeyi onayla");
    expect(await reads(ayse, "14.00'te")).toMatchObject({ message_id: sent.message_id });
    await cardHas(card, "Düzeltildi: 1 / 1");
    // What is wrong can be taken away while nothing is sent, and then above all.
    await mehmet.commands("dur", { channel: room.desk, command: "/duyuru" }).done;
    await slack.until(() => room.toldAlone(mehmet).some((text) => text.includes("Bütün gönderim durdu")));
    await press(mehmet, card, "Geri çek");
    await room.opens(mehmet, "Geri çek");
    await mehmet.submits({}).done;
    await api.until(() => holding(ayse, "bekliyoruz").length === 0);
    await cardHas(card, "Silindi: 1 / 1");
    expect(slack.shown(room.desk.id).filter((message) => contentOf(message).includes(card))).toHaveLength(1);
  });

  test("waits for the morning, and while all sending is held; what is stopped goes no further", { timeout: 60_000 }, async () => {
    await room.run(place());
    const { slack, desk, zeynep, mehmet, reads, holding, cardHas, press, at } = room;
    const ayse = await room.subscribes("tr");
    at(`${DAY}T20:59:50Z`);
    const card = await room.writes();
    await press(mehmet, card, "Onayla");
    await cardHas(card, "bekleyen: 1");
    await cardHas(card, /Sessiz saatler.*08\.00/);
    expect(holding(ayse, "bekliyoruz")).toEqual([]);
    await mehmet.commands("dur", { channel: desk, command: "/duyuru" }).done;
    await slack.until(() => room.toldAlone(mehmet).some((text) => text.includes("Bütün gönderim durdu")));
    const next = new Date(Date.parse(`${DAY}T05:01:00Z`) + 86_400_000).toISOString();
    at(next);
    await cardHas(card, "Bütün gönderim durduruldu");
    expect(holding(ayse, "bekliyoruz")).toEqual([]);
    await mehmet.commands("sürdür", { channel: desk, command: "/duyuru" }).done;
    await reads(ayse, "Hepinizi bekliyoruz.");

    at(`${DAY}T20:59:50Z`);
    const second = await room.writes({ "title-tr": "İkinci duyuru", "body-tr": "Bu gitmeyecek." });
    await press(mehmet, second, "Onayla");
    await cardHas(second, "bekleyen: 1");
    await press(zeynep, second, "Gönderimi bitir");
    await cardHas(second, "Durduruldu");
    at(next);
    await mehmet.commands("dur", { channel: desk, command: "/duyuru" }).done;
    expect(holding(ayse, "Bu gitmeyecek")).toEqual([]);
  });
});
