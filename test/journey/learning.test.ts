import { expect, test } from "vitest";
import { createAudit } from "#desk/audit.ts";
import { describeDesk, labels, seen } from "../support/slack-desk.ts";
import { describeStores } from "../support/store.ts";

const scene = describeDesk();

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
};

describeStores("entries in Slack", (place) => {
  test(
    "an entry of the files is edited and retired from Slack, each approved by another, and every version is kept",
    { timeout: 60_000 },
    async () => {
      const { api, slack, desk, mehmet, zeynep, run, card, form, toldAlone, reads, holding } = scene();
      const store = await run(place());
      const ayse = api.person();

      await mehmet.commands("düzelt esmed-nedir", { channel: desk }).done;
      const shown = await form(mehmet, "Kaydı düzeltin");
      expect(JSON.stringify(shown)).toMatch(/"ESMED nedir\?"[\s\S]*"initial_value":"https:/);
      expect(JSON.stringify(shown)).toContain('"hukuk"');
      await mehmet.submits({}).done;
      await slack.until(() => mehmet.modal()?.errors?.["title-tr"]?.includes("Yayındaki kayıtla aynı") === true);
      mehmet.submits({ "answer-tr": "ESMED, zeplin gibi bir ağdır.", owner: "hukuk" });
      await slack.until(() => mehmet.modal()?.view.submit?.text === "Onaya sun");
      await mehmet.submits({}).done;
      const draft = await card("Kayıt taslağı: ESMED nedir?");
      expect(seen(draft)).toContain("Yayındaki kaydın yerine geçecek.");
      mehmet.presses(draft, "Onayla");
      await slack.until(() => toldAlone(mehmet).some((text) => text.includes("Kendi yazdığınız")));
      await zeynep.presses(draft, "Onayla").done;
      const live = await card("Yayında. Onaylayan");
      expect(labels(live)).toEqual(["Düzelt", "Yayından kaldır"]);
      await api.until(() => {
        ayse.says("esmed nedir");
        return holding(ayse, "zeplin gibi bir ağdır").length > 0;
      });
      await reads(ayse, "Kaynak: ");

      // Found by its words, and retired by the other one.
      await zeynep.commands("kaldır esmed", { channel: desk }).done;
      await form(zeynep, "Yayından kaldırın", "esmed-nedir");
      zeynep.submits({ entry: "esmed-nedir" });
      await form(zeynep, "Yayından kaldırın", "zeplin gibi bir ağdır");
      await zeynep.submits({}).done;
      const retiring = await card("Yayından kaldırma: ESMED nedir?");
      expect(retiring.ts).not.toBe(live.ts);
      zeynep.presses(retiring, "Onayla");
      await slack.until(() => toldAlone(zeynep).some((text) => text.includes("Kendi yazdığınız")));
      await mehmet.presses(retiring, "Onayla").done;
      const gone = await card("Yayından kaldırıldı. Onaylayan");
      const berk = api.person();
      await mehmet.commands("kaldır esmed-nedir", { channel: desk }).done;
      await form(mehmet, "Yayından kaldırın", "yayında değil");
      mehmet.closes();
      await api.until(() => {
        berk.says("/start e_esmed-nedir");
        return holding(berk, "hoş geldiniz").length > 0;
      });

      // It can be written anew, with what it said.
      await mehmet.presses(gone, "Düzelt").done;
      const anew = await form(mehmet, "Kaydı düzeltin", "zeplin gibi bir ağdır");
      expect(JSON.stringify(anew)).toContain("ESMED nedir?");
      const log = await createAudit(store.records).list({ on: "esmed-nedir" }, 20);
      const did = log.filter(({ did: each }) => each !== "refused").map(({ by, did: each }) => [by, each]);
      expect(did).toEqual([
        [mehmet.user.id, "entry.propose"],
        [zeynep.user.id, "entry.approve"],
        [zeynep.user.id, "entry.propose-retiring"],
        [mehmet.user.id, "entry.approve"],
      ]);
      expect(JSON.stringify(log)).not.toContain("zeplin");
      const record = await store.records.get("entries", "esmed-nedir");
      expect(record?.value).toMatchObject({
        live: 2,
        versions: [
          { number: 1, by: mehmet.user.id, entry: { owner: "hukuk" }, decided: { is: "approved", by: zeynep.user.id } },
          { number: 2, by: zeynep.user.id, was: { owner: "hukuk" }, decided: { is: "approved", by: mehmet.user.id } },
        ],
      });
    },
  );

  test(
    "of two who edit the same entry the second is told who was first, and what they wrote stays",
    { timeout: 60_000 },
    async () => {
      const { slack, desk, mehmet, zeynep, run, card, form } = scene();
      await run(place());
      for (const person of [mehmet, zeynep]) {
        await person.commands("düzelt esmed-nedir", { channel: desk }).done;
        await form(person, "Kaydı düzeltin");
        person.submits({ "answer-tr": `${person.user.name} böyle yazdı.` });
        await slack.until(() => person.modal()?.view.submit?.text === "Onaya sun");
      }
      await mehmet.submits({}).done;
      await card("mehmet böyle yazdı.");
      await zeynep.submits({}).done;
      const kept = await form(zeynep, "Kaydı düzeltin", `<@${mehmet.user.id}>`);
      expect(JSON.stringify(kept)).toContain("zeynep böyle yazdı.");
    },
  );

  test(
    "a rejected draft is taken up again from its card; what tells of the service itself is not changed",
    { timeout: 60_000 },
    async () => {
      const { desk, mehmet, zeynep, run, card, form, slack } = scene();
      await run(place());
      await mehmet.commands("düzelt esmed-nedir", { channel: desk }).done;
      await form(mehmet, "Kaydı düzeltin");
      mehmet.submits({ "answer-tr": "Yarım kalan yanıt." });
      await slack.until(() => mehmet.modal()?.view.submit?.text === "Onaya sun");
      await mehmet.submits({}).done;
      zeynep.presses(await card("Yarım kalan yanıt."), "Reddet");
      const rejected = await card("Reddedildi");
      await mehmet.presses(rejected, "Düzelt").done;
      await form(mehmet, "Kaydı düzeltin", "Yarım kalan yanıt.");
      mehmet.closes();
      await mehmet.commands("düzelt hakaret", { channel: desk }).done;
      await form(mehmet, "Kaydı düzeltin", "dosyasında düzeltilir");
    },
  );

  test(
    "a draft is begun from what found no answer, shows what it would change, and a deleted question is shown no more",
    { timeout: 60_000 },
    async () => {
      const { api, slack, desk, mehmet, zeynep, run, card, form, reads } = scene();
      await run(place());
      const ayse = api.person();
      const berk = api.person();
      for (const [member, question] of [
        [ayse, "zeplin ne zaman kalkıyor"],
        [berk, "zeplin kaçta kalkıyor"],
      ] as const) {
        member.says(question);
        await reads(member, "yanlış bilgi");
      }
      const home = () => slack.state.homes.get(mehmet.user.id);
      while (!seen(home()).includes(": 2")) await mehmet.opensHome().done;
      await mehmet.presses(home(), "1: kayıt yaz").done;
      const begun = await form(mehmet, "Bilgi bankası kaydı", "zeplin ne zaman kalkıyor");
      expect(JSON.stringify(begun)).toContain("zeplin kaçta kalkıyor");
      mehmet.closes();

      await mehmet.commands("yanıtsız", { channel: desk }).done;
      await mehmet.presses(await form(mehmet, "Yanıtı olmayan sorular"), "1: kayıt yaz").done;
      await form(mehmet, "Bilgi bankası kaydı", "zeplin kaçta kalkıyor");
      mehmet.submits(ENTRY);
      await slack.until(() => mehmet.modal()?.view.submit?.text === "Onaya sun");
      await mehmet.submits({}).done;
      const draft = await card("Kayıt taslağı: Zeplin turu ne zaman?");
      expect(seen(draft)).toContain("Başka yanıt alacak soru sayısı: 2");
      expect(seen(draft)).not.toContain("zeplin kaçta kalkıyor");

      await zeynep.presses(draft, "Neler değişir?").done;
      const changes = await form(zeynep, "Neler değişir?");
      expect(seen(changes)).toContain("• zeplin ne zaman kalkıyor\nŞimdi: kesin yanıt yok. Sonra: Zeplin turu ne zaman?");
      expect(seen(changes)).toContain("zeplin kaçta kalkıyor");
      zeynep.closes();
      berk.says("/verilerimi_sil");
      berk.presses(await reads(berk, "Geri alınamaz"), "Evet, sil");
      await reads(berk, "Verileriniz silindi");
      await zeynep.presses(draft, "Neler değişir?").done;
      expect(seen(await form(zeynep, "Neler değişir?"))).not.toContain("zeplin kaçta kalkıyor");
    },
  );

  test(
    "what a retired entry answered is shown before it is retired; of an entry that changes nothing that is told",
    { timeout: 60_000 },
    async () => {
      const { slack, desk, mehmet, zeynep, run, card, form } = scene();
      await run(place());
      await mehmet.commands("kaldır esmed-nedir", { channel: desk }).done;
      await form(mehmet, "Yayından kaldırın");
      await mehmet.submits({}).done;
      await zeynep.presses(await card("Başka yanıt alacak soru sayısı: "), "Neler değişir?").done;
      expect(seen(await form(zeynep, "Neler değişir?"))).toMatch(/Şimdi: ESMED nedir\?\. Sonra: kesin yanıt yok\./);
      await mehmet.commands("yeni", { channel: desk }).done;
      await form(mehmet, "Bilgi bankası kaydı");
      mehmet.submits(ENTRY);
      await slack.until(() => mehmet.modal()?.view.submit?.text === "Onaya sun");
      await mehmet.submits({}).done;
      await card("Kayıtlı sorulardan hiçbirinin yanıtı değişmiyor.");
    },
  );

  test(
    "who asked and agreed is told once the entry is live, once, in their language; nobody else is",
    { timeout: 60_000 },
    async () => {
      const { api, slack, desk, mehmet, zeynep, run, card, form, reads, holding } = scene();
      const store = await run(place());
      const members = [api.person(), api.person(), api.person(), api.person()] as const;
      const [ayse, berk, cem, emma] = members;
      for (const member of [ayse, berk, cem]) {
        member.says("zeplin kaçta kalkıyor");
        await reads(member, "size haber verebilirim");
      }
      emma.says("is there a zeppelin trip");
      emma.presses(await reads(emma, "Did you mean"), "None of these");
      await reads(emma, "I can tell you");
      for (const member of [ayse, cem]) {
        member.presses(await reads(member, "size haber verebilirim"), "Yanıt bulununca haber verin");
        await reads(member, "buraya bir kez yazarım");
      }
      emma.presses(await reads(emma, "I can tell you"), "Tell me once you know");
      await reads(emma, "I will write here, once");
      cem.says("/verilerimi_sil");
      cem.presses(await reads(cem, "Geri alınamaz"), "Evet, sil");
      await reads(cem, "Verileriniz silindi");

      await mehmet.commands("yeni", { channel: desk }).done;
      await form(mehmet, "Bilgi bankası kaydı");
      mehmet.submits(ENTRY);
      await slack.until(() => mehmet.modal()?.view.submit?.text === "Onaya sun");
      await mehmet.submits({}).done;
      await zeynep.presses(await card("Kayıt taslağı: Zeplin"), "Onayla").done;
      const told = await reads(ayse, "artık bir yanıtı var");
      expect(told.text).toMatch(/«zeplin kaçta kalkıyor»[\s\S]*Zeplin her salı kalkar\.[\s\S]*Kaynak: Birlik/);
      expect((await reads(emma, "There is now an answer")).text).toContain("The zeppelin leaves every Tuesday.");
      ayse.presses(told, "İşime yaradı");
      await reads(ayse, "Teşekkür");

      // What is changed later tells nobody anew.
      await zeynep.presses(await card("Yayında. Onaylayan"), "Düzelt").done;
      await form(zeynep, "Kaydı düzeltin");
      zeynep.submits({ "answer-tr": "Zeplin her cuma kalkar." });
      await slack.until(() => zeynep.modal()?.view.submit?.text === "Onaya sun");
      await zeynep.submits({}).done;
      await mehmet.presses(await card("Zeplin her cuma kalkar."), "Onayla").done;
      await api.until(() => {
        berk.says("zeplin kaçta kalkıyor");
        return holding(berk, "Zeplin her cuma kalkar.").length > 0;
      });
      for (const member of members) {
        expect(holding(member, "artık bir yanıtı var").length).toBe(member === ayse ? 1 : 0);
      }
      expect(holding(emma, "There is now an answer")).toHaveLength(1);
      const log = await createAudit(store.records).list({ on: "zeplin-turu-ne-zaman" }, 20);
      expect(log).toHaveLength(4);
    },
  );

  test("what was asked in a week is told in the desk's channel on the Monday after, once", { timeout: 60_000 }, async () => {
    const { api, slack, run, card, cards, reads } = scene();
    let ahead = Date.parse("2026-11-24T10:00+03:00") - Date.now();
    const store = await run(place(), () => Date.now() + ahead);
    await slack.until(() => slack.sockets.open() === 2);
    for (let asked = 0; asked < 5; asked += 1) {
      const member = api.person();
      member.says("esmed nedir");
      await reads(member, "Kaynak: ");
    }
    const counted = async () => JSON.stringify((await store.records.get("answer-counts", "2026-11-23"))?.value ?? {});
    while (!(await counted()).includes('"esmed-nedir":5')) await new Promise((resolve) => setTimeout(resolve, 20));
    ahead += Date.parse("2026-11-30T10:00+03:00") - Date.parse("2026-11-24T10:00+03:00");
    const note = await card("Ne soruldu?");
    expect(seen(note)).toMatch(/23 Kasım 2026 - 29 Kasım 2026\)\s+En çok sorulanlar:\s+• ESMED nedir\?: 5/);
    expect(cards()).toHaveLength(1);
  });
});
