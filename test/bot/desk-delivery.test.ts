import { expect, test } from "vitest";
import { ADDRESS, message } from "../support/bot.ts";
import { asked, MINUTE, reply, TICKET } from "../support/desk-scene.ts";
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
