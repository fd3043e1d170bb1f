import { expect, test } from "vitest";
import type { Incoming, Reply } from "#core/message.ts";
import type { PersonalData, Sent, Store } from "#core/ports.ts";
import { saveTurn } from "../contracts/store-samples.ts";
import { ADDRESS, botOver, createWindow, message, type Window } from "../support/bot.ts";
import { describeStores, type Place } from "../support/store.ts";

const ELSEWHERE = { ...ADDRESS, chat: "a group" };
const MINUTE = 60_000;
const SAY_LATER: Sent = { ok: false, why: "not-sent", retryAfterMs: 1000 };
/** Of the question that `aboutToDelete` ends with. */
let press: Incoming;

const question = { kind: "record-unanswered", question: "Soru", language: "tr", offered: [], passedOn: true } as const;
const owned = { by: "owner", channel: ADDRESS.channel, person: ADDRESS.person, limit: 10 } as const;
const told = (window: Window) => window.shown.filter((reply: Reply) => JSON.stringify(reply).includes("deletion.done")).length;

/** A member who asked something that nobody knew, and is shown the question whether everything is to be deleted. */
async function aboutToDelete(store: Store): Promise<void> {
  const bot = botOver(store, createWindow());
  await bot.handle(ADDRESS, message("ask-1", "qwxz plfk"));
  await bot.handle(ADDRESS, { id: "ask-2", kind: "command", command: "delete-my-data", argument: "" });
  const { turn } = (await store.conversations.load(ADDRESS)).conversation;
  press = { id: "press-551177", kind: "choice", turn, option: 1 };
}

async function isEmpty(store: Store, place: Place): Promise<void> {
  for (const each of store.personalData) expect(await each.export(ADDRESS.channel, ADDRESS.person)).toEqual([]);
  // What may stay for a day: that the press which deleted everything was one that deleted, under a keyed hash and with nothing in it.
  const left = (await place.scan()).filter((line) => !/^(?:ended|imece:ended:\S+) /.test(line));
  expect(left).toEqual([]);
  expect((await place.scan()).join("\n")).not.toMatch(/551177|press|window/);
}

/** The store as it is, but erasing one place fails so many times, as when a process dies there. */
function failingErasure(store: Store, name: string, times: number): Store {
  let left = times;
  const personalData = store.personalData.map((each): PersonalData => {
    if (each.name !== name) return each;
    return {
      ...each,
      erase: async (channel, person) => {
        left -= 1;
        if (left >= 0) throw new Error("died");
        return each.erase(channel, person);
      },
    };
  });
  return { ...store, personalData };
}

describeStores("a deletion", (place) => {
  test("leaves nothing, and the same press again begins nothing new", async () => {
    const store = await place().open();
    await aboutToDelete(store);
    const window = createWindow();
    const bots = [botOver(store, window), botOver(store, window)];
    await Promise.all(bots.map((bot) => bot.handle(ADDRESS, press)));
    expect(told(window)).toBe(1);
    await isEmpty(store, place());
    for (const bot of bots) await bot.handle(ADDRESS, press);
    expect(window.shown).toHaveLength(1);
    await isEmpty(store, place());
    await bots[0]?.handle(ADDRESS, message("new", "merhaba"));
    expect(window.shown).toHaveLength(2);
    await bots[1]?.handle(ADDRESS, press);
    expect(window.shown).toHaveLength(2);
  });

  test.each(["records", "conversations"])(
    "stays owed where a process dies while erasing the %s, and is done by the next",
    async (name) => {
      let time = Date.now();
      const store = await place().open({ now: () => time });
      await aboutToDelete(store);
      const window = createWindow();
      await botOver(failingErasure(store, name, 2), window, { now: () => time }).handle(ADDRESS, press);
      expect(await store.debts.owes(ADDRESS, `${press.id}#0`)).toBe(true);
      for (let sweeps = 0; sweeps < 3; sweeps += 1) {
        time += 2 * MINUTE;
        await botOver(failingErasure(store, name, 1 - sweeps), window, { now: () => time }).settleOwed();
      }
      expect(told(window)).toBeGreaterThan(0);
      await isEmpty(store, place());
    },
  );

  test.each<[string, (Sent | Error)[], number]>([
    ["may have arrived", [{ ok: false, why: "unknown" }], 1],
    ["may have arrived twice", [new Error("socket"), { ok: false, why: "unknown" }], 0],
    ["has nobody to go to", [{ ok: false, why: "gone" }], 0],
    ["surely did not arrive", [SAY_LATER, SAY_LATER, SAY_LATER], 1],
  ])("is told as any reply is: the news %s", async (_, fails, times) => {
    let time = Date.now();
    const store = await place().open({ now: () => time });
    await aboutToDelete(store);
    const window = createWindow(fails);
    const bot = botOver(store, window, { now: () => time });
    await bot.handle(ADDRESS, press);
    for (let sweeps = 0; sweeps < 4; sweeps += 1) {
      time += 2 * MINUTE;
      await bot.settleOwed();
    }
    expect(told(window)).toBe(times);
    await isEmpty(store, place());
  });

  test("is not undone by an effect that is under way in another chat of the person", async () => {
    const store = await place().open();
    await aboutToDelete(store);
    await saveTurn(store, ELSEWHERE, "other", [{ kind: "effect", effect: question }]);
    const window = createWindow();
    // The other chat's process has its debt in hand and is slow to write; meanwhile everything is deleted.
    const put: Store["records"]["put"] = async (...all) => {
      await botOver(store, window).handle(ADDRESS, press);
      return store.records.put(...all);
    };
    await botOver({ ...store, records: { ...store.records, put } }, window).handle(ELSEWHERE, message("other-2", "merhaba"));
    expect(told(window)).toBe(1);
    expect(await store.records.list("unanswered", owned)).toEqual([]);
  });

  test("takes along what an effect in another chat recorded while it was under way", async () => {
    const store = await place().open();
    await aboutToDelete(store);
    await saveTurn(store, ELSEWHERE, "other", [{ kind: "effect", effect: question }]);
    const window = createWindow();
    let recorded = 0;
    const personalData = store.personalData.map((each): PersonalData => {
      if (each.name !== "conversations") return each;
      return {
        ...each,
        erase: async (channel, person) => {
          await botOver(store, window).handle(ELSEWHERE, message("other-2", "merhaba"));
          recorded = (await store.records.list("unanswered", owned)).length;
          await each.erase(channel, person);
        },
      };
    });
    await botOver({ ...store, personalData }, window).handle(ADDRESS, press);
    expect(recorded).toBe(1);
    await isEmpty(store, place());
  });
});
