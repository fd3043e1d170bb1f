import { expect, test } from "vitest";
import { ADDRESS, message } from "../support/bot.ts";
import { asked, claim, MINUTE, QUESTION, reply, scene, TICKET } from "../support/desk-scene.ts";
import { awayWhile } from "../support/failing.ts";
import { describeStores } from "../support/store.ts";

describeStores("what staff send", (place) => {
  test("reaches a member who sends more than is taken of them", async () => {
    const all = await asked(place(), { bot: { limit: { most: 30, lastsMs: MINUTE } } });
    for (let at = 0; at < 31; at += 1) await all.bot.handle(ADDRESS, message(`much-${at}`, "merhaba"));
    await all.press("U1", reply);
    expect(all.last()).toContain("Borcunuz yok.");
    expect((await all.desk.ticket(TICKET))?.answers).toMatchObject([{ delivery: "sent" }]);
  });

  test.each(["before", "while"])("reaches the member once the store is back, where that was away %s", async (when) => {
    let away = false;
    const all = await asked(place(), { over: (store) => awayWhile(store, () => away) });
    away = true;
    await all.bot.handle({ ...ADDRESS, chat: "other", person: "other" }, message("meanwhile", "merhaba"));
    if (when === "before") away = false;
    await all.press("U1", reply);
    expect(all.last()).not.toContain("kaydedemiyorum");
    away = false;
    all.pass(MINUTE);
    await all.settle();
    expect(all.shown().match(/Borcunuz yok/g)).toHaveLength(1);
    expect(all.board()[0]).toContain("✓ 1. yanıt ulaştı");
  });
});

describeStores("deleting everything", (place) => {
  test("takes away a card and a note of which nobody knew whether they were posted", async () => {
    const all = await scene(place());
    for (const said of [QUESTION, "birliğe ilet"]) await all.say(said);
    all.room.fails.push("lost");
    await all.say("gönder");
    expect(all.board().join()).toContain("qwxz plfk");
    await all.desk.forget(ADDRESS.channel, ADDRESS.person);
    all.pass(60 * MINUTE);
    await all.settle();
    expect(all.board()).toEqual([]);
  });

  test("takes away what the member wrote in a note of which nobody knew whether it was posted", async () => {
    const all = await asked(place());
    await all.press("U1", claim);
    // The card is shown anew before the note is posted.
    const post = all.room.post.bind(all.room);
    all.room.post = async (...how) => {
      all.room.post = post;
      await post(...how);
      return { ok: false, why: "unknown" };
    };
    await all.say("dosyam K-17");
    expect(all.board().join()).toContain("K-17");
    await all.desk.forget(ADDRESS.channel, ADDRESS.person);
    all.pass(60 * MINUTE);
    await all.settle();
    expect(all.board().join()).not.toMatch(/K-17|plfk/);
    expect(await all.desk.ticket(TICKET)).toBeUndefined();
  });
});
