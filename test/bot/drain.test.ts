import { expect, test } from "vitest";
import type { Effect, Incoming } from "#core/message.ts";
import type { Owed, Store } from "#core/ports.ts";
import type { Log } from "#ops/log.ts";
import { createLog } from "#ops/log.ts";
import { saveTurn, saying } from "../contracts/store-samples.ts";
import { ADDRESS, botOver, createWindow, message } from "../support/bot.ts";
import { knowledge } from "../support/knowledge.ts";
import { describeStores } from "../support/store.ts";

const HOUR = 60 * 60_000;
const question: Effect = { kind: "record-unanswered", question: "Soru", language: "tr", offered: [], passedOn: true };
const owes = (effect: Effect): Owed => ({ kind: "effect", effect });
const open = { by: "index", name: "state", value: "open", limit: 10 } as const;

/** A log that can be looked at. */
function noted(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const names = Object.keys(createLog("silent")) as (keyof Log)[];
  const helpers = names.map((name) => [name, (...told: unknown[]) => lines.push([name, ...told.map(String)].join(" "))]);
  return { ...(Object.fromEntries(helpers) as unknown as Log), lines };
}

/** The store as it is, but its records cannot be written while `away()`. */
function withoutRecords(store: Store, away: () => boolean): Store {
  const put: Store["records"]["put"] = async (...all) => {
    if (away()) throw new Error("no room left");
    return store.records.put(...all);
  };
  return { ...store, records: { ...store.records, put } };
}

describeStores("what is owed", (place) => {
  test("a process without the channel leaves the debt to one that has it", async () => {
    const store = await place().open();
    await saveTurn(store, ADDRESS, "a", [saying("1")]);
    const other = { ...createWindow(), name: "another window" };
    expect(await botOver(store, other).settleOwed()).toBe(0);
    expect(await store.debts.owing(Date.now(), 10)).toEqual([ADDRESS]);
    const window = createWindow();
    await botOver(store, window).settleOwed();
    expect(window.shown).toHaveLength(1);
  });

  test("a channel that throws counts as unknown: once more after a while, never a third time, and the lease is let go", async () => {
    let time = Date.now();
    const store = await place().open({ now: () => time });
    const log = noted();
    const window = createWindow([new Error("socket"), new Error("socket")]);
    const threw = () => log.lines.filter((line) => line.startsWith("deliveryThrew"));
    const bot = botOver(store, window, { log, now: () => time });
    await bot.handle(ADDRESS, message("a", "merhaba"));
    // What comes after it waits with it, so that the order stays.
    await bot.handle(ADDRESS, message("b", "teşekkürler"));
    expect(threw()).toHaveLength(1);
    time += 2999;
    await bot.settleOwed();
    expect(threw()).toHaveLength(1);
    time += 1;
    await bot.settleOwed();
    expect(threw()).toHaveLength(2);
    expect(window.shown).toEqual([]);
    time += 3000;
    await bot.settleOwed();
    expect(window.shown).toHaveLength(1);
    expect(log.lines.filter((line) => line === "deliveryDropped window unknown 2")).toHaveLength(1);
    expect(await botOver(store, window, { now: () => time }).settleOwed()).toBe(0);
  });

  test("one conversation that fails never stops the others", async () => {
    const store = await place().open();
    const log = noted();
    const people = ["1", "2", "3"].map((person) => ({ ...ADDRESS, person }));
    for (const address of people) await saveTurn(store, address, "a", [saying(address.person)]);
    const claim: Store["debts"]["claim"] = async (address, ...rest) => {
      if (address.person === "1") throw new Error("spoilt beyond reading");
      return store.debts.claim(address, ...rest);
    };
    const window = createWindow();
    await botOver({ ...store, debts: { ...store.debts, claim } }, window, { log }).settleOwed();
    expect(window.shown).toHaveLength(2);
    expect(log.lines).toEqual([expect.stringContaining("drainFailed window")]);
  });

  test("a question that cannot be recorded stays owed for days, is told, and holds up no reply", async () => {
    let time = Date.now();
    const start = time;
    const store = await place().open({ now: () => time });
    const log = noted();
    const window = createWindow();
    let away = true;
    const bot = botOver(
      withoutRecords(store, () => away),
      window,
      { log, now: () => time },
    );
    await saveTurn(store, ADDRESS, "a", [owes(question), saying("after it")]);
    await bot.settleOwed();
    expect(window.shown).toHaveLength(1);
    for (; time < start + 48 * HOUR; time += HOUR) await bot.settleOwed();
    expect(log.lines.filter((line) => line.startsWith("effectFailed record-unanswered")).length).toBeGreaterThan(40);
    away = false;
    await bot.settleOwed();
    expect(await store.records.list("unanswered", open)).toHaveLength(1);
    await bot.settleOwed();
    expect(await store.debts.owing(time, 10)).toEqual([]);
  });

  test("an export that fails for good is given up and told, so that nothing is tried for ever", async () => {
    let time = Date.now();
    const store = await place().open({ now: () => time });
    const log = noted();
    const failing = store.personalData.map((each) => ({ ...each, export: () => Promise.reject(new Error("no")) }));
    const bot = botOver({ ...store, personalData: failing }, createWindow(), { log, now: () => time });
    await saveTurn(store, ADDRESS, "a", [owes({ kind: "export-my-data" })]);
    for (let tries = 0; tries < 12; tries += 1, time += HOUR) await bot.settleOwed();
    expect(log.lines.filter((line) => line === "effectDropped export-my-data 10")).toHaveLength(1);
    expect(log.lines.filter((line) => line.startsWith("effectFailed"))).toHaveLength(10);
  });

  test("a passed-on question does not expire while it is open, one that was only not answered does", async () => {
    let time = Date.now();
    const store = await place().open({ now: () => time });
    const bot = botOver(store, createWindow(), { now: () => time });
    await saveTurn(store, ADDRESS, "a", [owes(question), owes({ ...question, passedOn: false })]);
    await bot.settleOwed();
    expect(await store.records.list("unanswered", open)).toHaveLength(2);
    time += 400 * 24 * HOUR;
    expect(await store.records.list("unanswered", open)).toMatchObject([{ value: { passedOn: true } }]);
  });
});

describeStores("a turn", (place) => {
  test("that throws is set aside with an apology, told by hash and code, and the next one is taken", async () => {
    const store = await place().open();
    const log = noted();
    const base = await knowledge();
    let broken = true;
    const search: typeof base.search = (asked) => {
      if (broken) throw new TypeError("Soru: nasıl ortak olunur");
      return base.search(asked);
    };
    const window = createWindow();
    const bot = botOver(store, window, { log, knowledge: () => ({ ...base, search }) });
    const asked: Incoming = message("telegram-551177", "kooperatife nasıl ortak olunur");
    await bot.handle(ADDRESS, asked);
    await bot.handle(ADDRESS, asked);
    expect(JSON.stringify(window.shown)).toContain("fault.apology");
    expect(window.shown).toHaveLength(1);
    expect(log.lines).toEqual([
      `turnSetAside message ${store.nameForLog(asked.id)} ${new TypeError("Soru: nasıl ortak olunur")}`,
    ]);
    expect(store.nameForLog(asked.id)).toMatch(/^[\w-]{22}$/);
    broken = false;
    await bot.handle(ADDRESS, message("b", "esmed nedir"));
    expect(JSON.stringify(window.shown.at(-1))).toContain("answer.source");
  });
});
