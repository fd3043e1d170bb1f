import { expect, test } from "vitest";
import type { Incoming } from "#core/message.ts";
import { continued, ticketNumber } from "#core/ticket.ts";
import { ADDRESS, botOver, message } from "../support/bot.ts";
import { SETTINGS_WITH_DESK } from "../support/desk.ts";
import { asked, claim, MINUTE, QUESTION, reply, scene, type Scene, TICKET } from "../support/desk-scene.ts";
import { describeStores } from "../support/store.ts";

const DAY = 24 * 60 * MINUTE;
const HALF_A_MINUTE = MINUTE / 2;
const close = { do: "close", reason: "answered" } as const;
/** The last message of staff that the member has. */
const ofStaff = async (all: Scene) => (await all.conversation()).ticket?.staffMessages.at(-1) ?? "";

describeStores("the talk with staff", (place) => {
  test("what a process without a desk was told stays owed until one with a desk sees to it", async () => {
    const all = await asked(place());
    await all.press("U1", claim);
    const deskless = botOver(all.store, all.window, { settings: SETTINGS_WITH_DESK, now: all.now });
    await deskless.handle(ADDRESS, message("elsewhere", "dosyam K-17"));
    expect(all.last()).toContain("İlettim.");
    expect(all.board().at(-1)).not.toContain("K-17");
    all.pass(MINUTE);
    await all.settle();
    await all.settle();
    expect(all.board().at(-1)).toContain("dosyam K-17");
  });

  test("a question that a process without a desk was told stays owed, and has its card half a minute later, however long that took", async () => {
    const all = await scene(place());
    const deskless = botOver(all.store, all.window, { settings: SETTINGS_WITH_DESK, now: all.now });
    for (const [at, said] of [QUESTION, "birliğe ilet", "gönder"].entries())
      await deskless.handle(ADDRESS, message(`ask-${at + 1}`, said));
    expect(all.last()).toContain("Soru no:");
    for (let tries = 0; tries < 12; tries += 1) {
      all.pass(HALF_A_MINUTE);
      await deskless.settleOwed();
    }
    const unanswered = await all.store.records.list("unanswered", { by: "index", name: "state", value: "open", limit: 9 });
    expect(unanswered).toMatchObject([{ value: { passedOn: false } }]);
    expect(all.board()).toEqual([]);
    all.pass(HALF_A_MINUTE);
    await all.settle();
    expect(all.board()).toEqual([expect.stringContaining("qwxz plfk borcum")]);
    expect(await all.desk.waiting(9)).toMatchObject([{ id: TICKET, state: "open" }]);
  });

  test("a process that has no desk answers by itself, and says of nothing that it was passed on", async () => {
    const all = await asked(place());
    await all.press("U1", claim);
    const deskless = botOver(all.store, all.window, { now: all.now });
    await deskless.handle(ADDRESS, message("elsewhere", "esmed ne zaman kuruldu"));
    expect(all.last()).toContain("Kaynak:");
  });

  test("a picture in reply to a closed question begins another one, and a sticker does not", async () => {
    const all = await asked(place());
    for (const act of [claim, reply, close]) await all.press("U1", act);
    const repliesTo = await ofStaff(all);
    await all.send({ id: "sticker", kind: "attachment", what: "sticker", repliesTo });
    expect(await all.desk.waiting(9)).toEqual([]);
    await all.send({ id: "picture", kind: "attachment", what: "picture", repliesTo } satisfies Incoming);
    const number = ticketNumber(continued(TICKET));
    expect(all.last()).toContain(`Soru no: ${number}`);
    expect(await all.desk.waiting(9)).toMatchObject([{ question: "", follows: TICKET, messages: [{ what: "picture" }] }]);
    expect(all.board().at(-2)).toMatch(new RegExp(`${number}[^]*yazıyla gelmedi[^]*${ticketNumber(TICKET)}`));
    expect(all.board().at(-1)).toContain("Üye fotoğraf gönderdi");
  });

  test("what is written after staff claimed goes to them, although the bot had asked what was missing", async () => {
    const all = await asked(place());
    await all.say("esmed nedir");
    await all.say("yaramadı");
    expect(all.last()).toContain("eksik");
    await all.press("U1", claim);
    await all.say("dosya numaram K-17, acele eder misiniz lütfen");
    expect(all.board().at(-1)).toContain("dosya numaram K-17");
  });

  test("a very long message reaches staff whole", async () => {
    const all = await asked(place());
    await all.press("U1", claim);
    await all.say(`${"kelime ".repeat(560)}SON`);
    expect(
      all
        .board()
        .join("\n")
        .match(/kelime/g),
    ).toHaveLength(560);
    expect(all.board().at(-1)).toContain("SON");
    expect(all.last()).toContain("İlettim.");
    expect(all.last()).not.toContain("gizledim");
  });

  test("thanks for an answer are passed on and leave it answered", async () => {
    const all = await asked(place());
    await all.press("U1", reply);
    await all.say("çok teşekkürler");
    expect(all.board().at(-1)).toContain("çok teşekkürler");
    expect(await all.desk.ticket(TICKET)).toMatchObject({ state: "answered" });
    await all.say("görüşmeyi bitir");
    expect(all.last()).toContain("Başka sorunuz olursa");
    await all.say("teşekkürler", { repliesTo: await ofStaff(all) });
    expect(await all.desk.waiting(9)).toEqual([]);
  });

  test("who ends the talk after another question is told that it stays open", async () => {
    const all = await asked(place());
    await all.press("U1", claim);
    await all.press("U1", reply);
    await all.say("peki faizi ne kadar oldu");
    await all.say("görüşmeyi bitir");
    expect(all.last()).toContain("açık kalır");
    expect(await all.desk.ticket(TICKET)).toMatchObject({ state: "claimed" });
  });

  test("two replies to a closed question are one new question, which has a number", async () => {
    const all = await asked(place());
    for (const act of [claim, reply, close]) await all.press("U1", act);
    const repliesTo = await ofStaff(all);
    await all.say("bir şey daha var", { repliesTo });
    expect(all.last()).toContain(`yeni bir soru oldu. Soru no: ${ticketNumber(continued(TICKET))}`);
    await all.say("eki de şu", { repliesTo });
    expect(await all.desk.waiting(9)).toMatchObject([{ question: "bir şey daha var", messages: [{ words: "eki de şu" }] }]);
    await all.desk.act(continued(TICKET), "U1", claim, "claims it");
    await all.settle();
    await all.say("bekliyorum");
    expect(all.board().at(-1)).toContain("bekliyorum");
  });

  test("an earlier answer that is sent again leaves the question of now as it is", async () => {
    const all = await asked(place());
    await all.press("U1", claim);
    all.window.fails.push({ ok: false, why: "unknown" });
    await all.press("U1", reply);
    await all.press("U1", close);
    for (const said of ["başka plfk sorum", "birliğe ilet", "gönder"]) await all.say(said);
    const before = (await all.conversation()).ticket;
    await all.press("U1", { do: "resend", answer: "1" });
    expect(all.last()).toContain("Borcunuz yok.");
    expect((await all.conversation()).ticket).toMatchObject({ id: before?.id, state: "open" });
    await all.say("esmed ne zaman kuruldu");
    expect(all.last()).toContain("Kaynak:");
  });

  test("an answer that nobody claimed first says that a talk begins, and begins none with who ended it", async () => {
    const all = await asked(place());
    await all.press("U1", reply);
    expect(all.last()).toMatch(/Borcunuz yok\.[^]*Bundan sonra yazdıklarınız/);
    await all.say("peki faizi ne kadar oldu");
    await all.say("görüşmeyi bitir");
    await all.press("U1", { do: "answer", words: "Faizi de yok." });
    expect(all.last()).toMatch(/Faizi de yok\.[^]*bu mesajı yanıtlayın/);
    await all.say("esmed ne zaman kuruldu");
    expect(all.last()).toContain("Kaynak:");
    all.pass(31 * MINUTE);
    await all.settle();
    expect(all.board().join("\n")).not.toContain("Yarım saattir");
  });

  test("a question is closed as answered only where it was answered", async () => {
    const all = await asked(place());
    expect(await all.press("U1", close)).toMatchObject({ kind: "refused", refusal: { why: "unanswered" } });
    await all.press("U1", reply);
    expect(await all.press("U1", close)).toMatchObject({ kind: "done" });
  });

  test("an answered question closes after a week of silence, and is gone when its time has passed", async () => {
    const all = await asked(place());
    await all.press("U1", reply);
    all.pass(6 * DAY);
    await all.settle();
    expect(await all.desk.ticket(TICKET)).toMatchObject({ state: "answered" });
    all.pass(DAY);
    await all.settle();
    expect(await all.desk.ticket(TICKET)).toMatchObject({ state: "closed", closed: { reason: "answered" } });
    expect(all.board()[0]).toContain("Kapandı: yanıtlandı");
    all.pass(91 * DAY);
    expect(await all.desk.ticket(TICKET)).toBeUndefined();
  });
});
