import { expect, test, vi } from "vitest";
import type { Sent, Store } from "#core/ports.ts";
import { ticketNumber } from "#core/ticket.ts";
import type { Desk } from "#desk/desk.ts";
import { createAudit } from "#desk/audit.ts";
import { readTicket, TICKETS } from "#desk/record.ts";
import { ADDRESS, message } from "../support/bot.ts";
import { botWithDesk, createTestDesk } from "../support/desk.ts";
import { TODAY } from "../support/knowledge.ts";
import { failingOnce } from "../support/failing.ts";
import { createStaffRoom } from "../support/staff-room.ts";
import { asked, claim, MINUTE, QUESTION, read, reply, scene, TICKET } from "../support/desk-scene.ts";
import { describeStores } from "../support/store.ts";

const LATER: Sent = { ok: false, why: "not-sent", retryAfterMs: 1000 };
const UNKNOWN: Sent = { ok: false, why: "unknown" };

async function refersOnly(store: Store): Promise<readonly unknown[]> {
  return (await Promise.all(store.personalData.map((each) => each.export(ADDRESS.channel, ADDRESS.person)))).flat();
}

describeStores("the desk", (place) => {
  test("a question goes from the member to staff and an answer back, each shown how it arrived", async () => {
    const { shown, last, press, board, desk, say, room, store } = await asked(place());
    expect(shown()).toContain("Birliğe şu metin gidecek:\n«qwxz plfk borcum [gizlendi]»");
    expect(last()).toContain(`Soru no: ${ticketNumber(TICKET)}`);
    expect(last()).toContain("Bugün mesai bitimine (17.00) kadar");
    expect(board()).toHaveLength(1);
    expect(board()[0]).toContain("qwxz plfk borcum [gizlendi]");
    expect(board()[0]).not.toContain("0532");
    expect([...room.posted.values()][0]?.post.buttons.map(({ act }) => act)).toEqual(["claim", "answer", "canned", "close"]);

    await press("U1", claim);
    expect(last()).toContain("bir çalışanımız ilgileniyor");
    expect(await press("U2", claim)).toMatchObject({ kind: "refused", refusal: { why: "claimed", by: "U1" } });

    const log = await createAudit(store.records).list({ on: TICKET }, 9);
    expect(log.map(({ by, did, why }) => [by, did, why]).toSorted(([one = ""], [other = ""]) => (one < other ? -1 : 1))).toEqual([
      ["U1", "ticket.claim", undefined],
      ["U2", "refused", "claimed"],
    ]);

    await say("acele eder misiniz");
    expect(last()).toContain("İlettim.");
    expect(board().at(-1)).toContain("acele eder misiniz");
    await press("U1", reply);
    expect(last()).toContain("Borcunuz yok.");
    expect(board()[0]).toContain("✓ 1. yanıt ulaştı (U1)");
    expect((await desk.ticket(TICKET))?.answers).toMatchObject([{ delivery: "sent", sends: 1 }]);
    await say("görüşmeyi bitir");
    expect(await desk.ticket(TICKET)).toMatchObject({ state: "closed", closed: { reason: "ended" } });
    expect(board()[0]).toContain("üye görüşmeyi bitirdi");
    await say("ESMED ne zaman kuruldu");
    expect(last()).toContain("ESMED");
  });

  test("an answer leaves once, whatever is pressed or delivered twice", async () => {
    const { press, shown, settle } = await asked(place());
    await press("U1", reply, "the press");
    await press("U1", reply, "the press");
    await settle();
    expect(shown().match(/Borcunuz yok/g)).toHaveLength(1);
  });

  test("an answer of which nobody knows is never sent again by itself, only with the button", async () => {
    const all = await asked(place());
    all.window.fails.push(UNKNOWN);
    await all.press("U1", reply);
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      all.pass(2 * MINUTE);
      await all.settle();
    }
    expect(all.shown()).not.toContain("Borcunuz");
    expect(all.board()[0]).toContain("? 1. yanıtın teslimi belirsiz");
    expect(all.board().at(-1)).toContain("yeniden gönderip göndermemek size kalmış");
    await all.press("U1", { do: "resend", answer: "1" });
    expect(all.shown().match(/Borcunuz yok/g)).toHaveLength(1);
    expect(all.board()[0]).toContain("✓ 1. yanıt ulaştı");
    expect(await all.press("U1", { do: "resend", answer: "1" })).toMatchObject({ refusal: { why: "arrived" } });
  });

  test("a process that dies while it sends an answer leaves it uncertain, and not to be sent twice", async () => {
    const all = await asked(place());
    all.window.fails.push(LATER);
    await all.press("U1", reply);
    all.pass(2000);
    // Another process takes the answer that is due, and dies before anybody learns whether it left.
    const taken = await all.store.debts.claim(ADDRESS, "dead", MINUTE, TODAY + 2000);
    expect(taken?.owed).toMatchObject({ kind: "effect", effect: { kind: "send-once" } });
    all.pass(2 * MINUTE);
    await all.settle();
    expect(all.shown()).not.toContain("Borcunuz");
    expect(all.board()[0]).toContain("? 1. yanıtın teslimi belirsiz");
  });

  test("what surely did not arrive goes out later, and a member who blocked the bot is told of", async () => {
    const all = await asked(place());
    all.window.fails.push(LATER);
    await all.press("U1", reply);
    expect(all.shown()).not.toContain("Borcunuz");
    all.pass(2000);
    await all.settle();
    expect(all.shown().match(/Borcunuz yok/g)).toHaveLength(1);
    all.window.fails.push({ ok: false, why: "gone" });
    await all.press("U1", { do: "answer", words: "Bir şey daha var." });
    expect(all.board()[0]).toContain("✗ 2. yanıt ulaşmadı");
  });

  test("an answer that the platform refuses is not taken for a member who blocked the bot, and the question stays open", async () => {
    const all = await asked(place());
    all.window.fails.push({ ok: false, why: "refused" });
    await all.press("U1", reply);
    expect(all.board()[0]).toContain("✗ 1. yanıt gönderilemedi: platform mesajı kabul etmedi");
    expect(all.board()[0]).not.toContain("engelle");
    expect(all.board()[0]).toContain("Üstlenen");
  });

  test("a correction replaces the message and says so; where it cannot be replaced, it is sent whole", async () => {
    const all = await asked(place());
    await all.press("U1", reply);
    await all.press("U1", { do: "correct", answer: "1", words: "12 TL borcunuz var." });
    const [amended, note] = all.window.shown.slice(-2);
    expect(amended).toMatchObject({
      kind: "amend",
      reply: { paragraphs: [{ key: "news.answer" }, { words: "12 TL borcunuz var." }] },
    });
    expect(note && read(note)).toContain("Düzeltme");
    all.window.fails.push({ ok: false, why: "refused" });
    await all.press("U1", { do: "correct", answer: "1", words: "13 TL borcunuz var." });
    expect(all.last()).toMatch(/Düzeltme[\s\S]*13 TL borcunuz var\./);
    expect(all.board()[0]).toContain("✓ 1. yanıt ulaştı");
    // Whether it was replaced nobody knows: sent whole as well, it might stand there twice.
    const shown = all.window.shown.length;
    all.window.fails.push(UNKNOWN);
    await all.press("U1", { do: "correct", answer: "1", words: "14 TL borcunuz var." });
    expect(all.window.shown).toHaveLength(shown);
    expect(all.board()[0]).toContain("? 1. yanıtın teslimi belirsiz");
  });

  test("until it is claimed the bot goes on answering, and offers to pass on that too", async () => {
    const all = await asked(place());
    await all.say("ESMED ne zaman kuruldu");
    expect(all.last()).toMatch(/ESMED[\s\S]*Bunu da ilet/);
    await all.say("bunu da ilet");
    expect(all.board().at(-1)).toContain("ESMED ne zaman kuruldu");
    expect(all.last()).toContain(ticketNumber(TICKET));
    expect(all.last()).not.toContain("gizledim");
    await all.say("ESMED ne zaman kuruldu 0532 123 45 67");
    await all.say("bunu da ilet");
    expect(all.board().at(-1)).toContain("ESMED ne zaman kuruldu [gizlendi]");
    expect(all.last()).toMatch(/Bunu da ilettim[\s\S]*telefon numaralarını gizledim/);
  });

  test("half an hour of silence ends the talk; a reply to staff still goes to them, and to pass on is offered first", async () => {
    const all = await asked(place());
    await all.press("U1", claim);
    await all.press("U1", reply);
    const reference = String(all.window.shown.length);
    all.pass(31 * MINUTE);
    await all.settle();
    expect(all.board().at(-1)).toContain("Yarım saattir yazan olmadı");
    await all.say("ESMED ne zaman kuruldu");
    expect(all.last()).toMatch(/1\. Bunu da ilet/);
    await all.say("peki faizi var mı", { repliesTo: reference });
    expect(all.last()).toContain("İlettim.");
    expect(all.board().at(-1)).toContain("peki faizi var mı");
    expect(await all.desk.ticket(TICKET)).toMatchObject({ state: "claimed" });
  });

  test("a reply to staff after closing begins another question, so that no word is lost", async () => {
    const all = await asked(place());
    await all.press("U1", reply);
    const reference = String(all.window.shown.length);
    await all.press("U1", { do: "close", reason: "answered" });
    expect(all.last()).toContain("Sorunuz kapandı");
    await all.say("son bir şey daha", { repliesTo: reference });
    const [next] = await all.desk.waiting(10);
    expect(next).toMatchObject({ state: "open", question: "son bir şey daha", follows: TICKET });
  });

  test("passing on while a question is open adds to it; /vazgec ends the talk and leaves the question open", async () => {
    const all = await asked(place());
    await all.send({ id: "pass", kind: "command", command: "pass-on", argument: "bir de dilekçe örneği" });
    await all.say("gönder");
    expect(all.last()).toContain("Bunu da ilettim");
    expect(all.board().at(-1)).toContain("bir de dilekçe örneği");
    expect(await all.desk.waiting(9)).toHaveLength(1);
    await all.press("U1", claim);
    await all.send({ id: "away", kind: "command", command: "cancel", argument: "" });
    expect(all.last()).toContain("Görüşmeyi bitirdim");
    expect(all.board().at(-1)).toContain("Üye görüşmeyi bitirdi");
    expect(await all.desk.ticket(TICKET)).toMatchObject({ state: "claimed", talking: false });
    await all.say("ESMED ne zaman kuruldu");
    expect(all.last()).toContain("Kaynak:");
    await all.press("U1", reply);
    expect(all.last()).toContain("Borcunuz yok.");
  });

  test("a question that was taken back is closed for staff, and what is written next is the bot's again", async () => {
    const all = await asked(place());
    await all.say("sorumu geri çek");
    expect(all.last()).toContain("Sorunuzu geri çektim");
    expect(all.board()[0]).toContain("üye geri çekti");
    expect(await all.press("U1", claim)).toMatchObject({ kind: "refused", refusal: { why: "closed" } });
  });

  test("staff see what the bot would have offered", async () => {
    const all = await scene(place());
    await all.say("üyelik");
    await all.say("hiçbiri değil");
    await all.say("birliğe ilet");
    await all.say("gönder");
    expect(all.board()[0]).toMatch(/Botun önereceği kayıtlar: .*ESMED/);
  });

  test("a voice message in an open question is told with its length, and not passed on", async () => {
    const all = await asked(place());
    await all.send({ id: "voice", kind: "attachment", what: "voice", seconds: 7 });
    expect(all.board().at(-1)).toContain("ses kaydı gönderdi (7 saniye)");
    expect(all.last()).toContain("içeriğini iletemiyorum");
  });

  test("Slack that is away or loses an answer keeps nobody waiting and shows nothing twice", async () => {
    const all = await scene(place());
    await all.say(QUESTION);
    await all.say("birliğe ilet");
    all.room.fails.push(LATER, "lost");
    await all.say("gönder");
    expect(all.last()).toContain("Sorunuz ulaştı");
    expect(all.board()).toHaveLength(0);
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      all.pass(MINUTE);
      await all.settle();
    }
    expect(all.board()).toHaveLength(1);
    all.room.fails.push("lost");
    await all.say("ESMED ne zaman kuruldu");
    await all.say("bunu da ilet");
    all.pass(MINUTE);
    await all.settle();
    expect(all.board()).toHaveLength(2);
  });

  test("who works on a question holds it, and seconds after a process died another goes on", async () => {
    let time = TODAY;
    const store = await place().open({ now: () => time });
    const room = createStaffRoom();
    let end: (sent: Sent) => void = () => {};
    const stuck = { ...room, post: () => new Promise<Sent>((resolve) => (end = resolve)) };
    const [working, other] = [stuck, room].map((each) =>
      createTestDesk(
        store,
        each,
        async () => {},
        () => time,
      ),
    ) as [Desk, Desk];
    const heldUntil = async () => readTicket(await store.records.get(TICKETS, "t"))?.lease?.until ?? 0;
    await working.open({ id: "t", address: ADDRESS, language: "tr", question: QUESTION, offered: [] });
    await vi.waitFor(async () => expect(await heldUntil()).toBeGreaterThan(TODAY));
    const first = await heldUntil();
    time += 10_000;
    await vi.waitFor(async () => expect(await heldUntil()).toBeGreaterThan(first), { timeout: 15_000 });
    time += 10_000;
    await other.settleOwed();
    expect(room.posted.size).toBe(0);
    time += 5000;
    await other.settleOwed();
    expect(room.posted.size).toBe(1);
    end(UNKNOWN);
    await working.idle();
    expect(await heldUntil()).toBe(0);
  });

  test("who did what is noted once, though the process died between the deed and the note", async () => {
    const all = await asked(place());
    const log = createAudit(all.store.records);
    const dying = botWithDesk(failingOnce(all.store, "audit"), all.window, all.room, () => TODAY);
    await dying.desk.act(TICKET, "U1", claim, "press-1").catch(() => {});
    await dying.desk.idle();
    all.pass(MINUTE);
    await all.settle();
    expect(await log.list({ on: TICKET }, 9)).toMatchObject([{ by: "U1", did: "ticket.claim" }]);
    await all.press("U1", claim, "press-1");
    expect(await log.list({ on: TICKET }, 9)).toHaveLength(1);
  });

  test("what is taken back before the desk could open it is closed once it is there", async () => {
    const all = await scene(place());
    await all.say(QUESTION);
    await all.say("birliğe ilet");
    const troubled = botWithDesk(failingOnce(all.store, "tickets"), all.window, all.room, () => TODAY);
    await troubled.bot.handle(ADDRESS, message("ask-3", "gönder"));
    await troubled.bot.handle(ADDRESS, message("ask-4", "sorumu geri çek"));
    expect(all.last()).toContain("Sorunuzu geri çektim");
    for (let sweeps = 0; sweeps < 6; sweeps += 1) {
      all.pass(MINUTE);
      await all.settle();
    }
    expect(all.board()[0]).toContain("üye geri çekti");
  });

  test("a question that Slack is slow to take keeps no other from its card", async () => {
    let time = TODAY;
    const store = await place().open({ now: () => time });
    const room = createStaffRoom();
    const slow = Promise.withResolvers<Sent>();
    const post: typeof room.post = (what, how) => (how.id.startsWith("a") ? slow.promise : room.post(what, how));
    const desk = createTestDesk(
      store,
      { ...room, post },
      async () => {},
      () => time,
    );
    // Both could not be posted when they came.
    room.fails.push(LATER, LATER);
    for (const id of ["a", "b"]) {
      const opening = { id, address: ADDRESS, language: "tr", question: QUESTION, offered: [] } as const;
      await createTestDesk(
        store,
        room,
        async () => {},
        () => time,
      ).open(opening);
    }
    await vi.waitFor(() => expect(room.fails).toEqual([]));
    await vi.waitFor(async () => expect(readTicket(await store.records.get(TICKETS, "b"))?.lease).toBeUndefined());
    time += 2000;
    const sweeping = desk.settleOwed();
    await vi.waitFor(() => expect(room.posted.size).toBe(1));
    slow.resolve(UNKNOWN);
    await sweeping;
  });

  test("one of many who press at once has it", async () => {
    const all = await asked(place());
    const others = botWithDesk(all.store, all.window, all.room, () => TODAY);
    const presses = await Promise.all(
      Array.from({ length: 12 }, (_, at) => (at % 2 === 0 ? all.desk : others.desk).act(TICKET, `U${at}`, claim, `p${at}`)),
    );
    await Promise.all([all.settle(), others.settle()]);
    const winner = presses.findIndex(({ kind }) => kind === "done");
    expect(presses.filter(({ kind }) => kind === "done")).toHaveLength(1);
    for (const [at, press] of presses.entries()) {
      if (at !== winner) expect(press).toMatchObject({ refusal: { why: "claimed", by: `U${winner}` } });
    }
    expect(all.shown().match(/bir çalışanımız ilgileniyor/g)).toHaveLength(1);
  });

  test("staff are reminded in working hours, and the list of every morning has what waits", async () => {
    const all = await asked(place());
    all.pass(121 * MINUTE);
    await all.settle();
    expect(all.board().at(-1)).toContain(`${ticketNumber(TICKET)} numaralı soru hâlâ yanıt bekliyor`);
    expect([...all.room.posted.values()].at(-1)?.post.aloud).toBe(true);
    // Tuesday noon became Wednesday morning.
    all.pass(20 * 60 * MINUTE);
    await all.settle();
    await all.settle();
    expect(all.board().filter((post) => post.includes("Yanıt bekleyen sorular (1):"))).toHaveLength(1);
    expect(all.board().join()).toContain(ticketNumber(TICKET));
  });

  test("to be called, the member gives a number on purpose and sees it first", async () => {
    const all = await scene(place());
    await all.say(QUESTION);
    await all.say("birliğe ilet");
    await all.say("beni arayın");
    expect(all.last()).toContain("hangi numaradan");
    await all.say("annemin numarası");
    expect(all.last()).toContain("okuyamadım");
    await all.say("+905321112233");
    expect(all.last()).toContain("Sizi şu numaradan arayacağız: +905321112233");
    expect(all.board()).toHaveLength(0);
    await all.say("gönder");
    expect(all.board()[0]).toContain("Aranmak istiyor: +905321112233");
  });

  test.each(["genel kurul ne zaman toplanır", "2025 etkinlikleri"])(
    "%s is answered while a number to call is waited for, and the text is still there",
    async (question) => {
      const all = await scene(place());
      for (const said of [QUESTION, "birliğe ilet", "beni arayın", question]) await all.say(said);
      expect(all.shown()).toContain("Az önceki metni göndermedim");
      expect(all.last()).toMatch(/Kaynak:|Bulduğum|etkinlik/);
      await all.say("/birlige_ilet");
      expect(all.last()).toContain("qwxz plfk borcum");
      expect(all.board()).toHaveLength(0);
    },
  );

  test("the member is given their words and the answers to them, in words; not who wrote them, nor what the bot works with", async () => {
    const all = await asked(place());
    await all.press("U12345", claim);
    await all.say("Ayşe Yılmaz adına");
    await all.press("U12345", reply);
    await all.press("U12345", { do: "correct", answer: "1", words: "12 TL borcunuz var." });
    await all.send({ id: "mine", kind: "command", command: "my-data", argument: "" });
    const file = all.window.shown.at(-1);
    if (file?.kind !== "document") throw new Error("there is no file");
    const given: unknown = JSON.parse(file.content);
    expect(given).toMatchObject({
      hesabınız: { "kullanıcı numaranız": ADDRESS.person },
      "Birliğe ilettiğiniz sorular": [
        {
          "soru no": ticketNumber(TICKET),
          soru: "qwxz plfk borcum [gizlendi]",
          durum: "yanıtlandı",
          ekledikleriniz: [{ metin: "Ayşe Yılmaz adına" }],
          "gelen yanıtlar": [
            {
              metin: "12 TL borcunuz var.",
              durum: "ulaştı",
              zaman: expect.stringContaining("24 Kasım 2026"),
              "düzeltilmeden önceki metinler": [{ metin: "Borcunuz yok." }],
            },
          ],
        },
      ],
      onaylarınız: expect.arrayContaining([expect.objectContaining({ neye: "sorunun iletilmesi" })]),
    });
    expect(file.content).not.toMatch(/U12345|"(?:taken|owed|lease|card|posts|history|format|by|claimedBy|offers|turn)"/);
    // No key is left that is no word of the member's language, and no kind of record that nobody has given a name.
    expect(file.content).not.toContain("diğer kayıtlar");
  });

  test("what is kept can be seen, and deleting clears the store and the staff's room of it", async () => {
    const all = await asked(place());
    await all.press("U1", claim);
    await all.say("Ayşe Yılmaz adına");
    await all.press("U1", reply);
    const kept = JSON.stringify(await refersOnly(all.store));
    for (const each of ["consents", "2026-11-24", "tickets", "Ayşe Yılmaz", "Borcunuz yok."]) expect(kept).toContain(each);
    await all.send({ id: "delete", kind: "command", command: "delete-my-data", argument: "" });
    await all.say("evet, sil");
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      all.pass(2 * MINUTE);
      await all.settle();
    }
    expect(await refersOnly(all.store)).toEqual([]);
    expect(all.board().join("\n")).toContain("üye verilerini sildirdi");
    expect(all.board().join("\n")).not.toMatch(/plfk|Ayşe|Borcunuz/);
    const left = (await place().scan()).filter((line) => !/^(?:ended|imece:ended:\S+) /.test(line));
    expect(left.filter((line) => !/\{r:(?:desk|audit)\}|"collection":"(?:desk|audit)"/.test(line))).toEqual([]);
  });

  test("what is added and what is written in a talk is agreed to as well: each once, with the wording and the time", async () => {
    const { say, press, store } = await asked(place());
    await say("qwxz plfk faizim");
    await say("bunu da ilet");
    await press("U1", claim);
    await say("acele eder misiniz");
    await say("bugün mü");
    const { channel, person } = ADDRESS;
    const stored = await store.records.list("consents", { by: "owner", channel, person, limit: 9 });
    const textVersion = expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) as string;
    const values = stored.map(({ value }) => value).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const agreed = (to: string) => ({ to, textVersion, at: TODAY });
    expect(values).toEqual([agreed("pass-also"), agreed("pass-on"), agreed("talk")]);
  });
});
