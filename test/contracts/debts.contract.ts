import { expect, test } from "vitest";
import { SECRET_KEY, type Place } from "../support/store.ts";
import { ALI, AYSE, drain, MINUTE, saveTurn, saying, wordsOf } from "./store-samples.ts";

const NEW_KEY = "another secret key for tests, as long";

/** What every store promises of what is owed. */
export function debtsContract(place: () => Place): void {
  const now = Date.now();

  test("what is owed is owed until it is settled, in the order it was saved", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "z", [saying("1"), saying("2")]);
    await saveTurn(store, AYSE, "a", [saying("3")]);
    expect(await drain(store.debts, AYSE, "one", now)).toEqual(["1", "2", "3"]);
    expect(await drain(store.debts, AYSE, "one", now)).toEqual([]);
  });

  test("it survives closing and opening", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in", [saying("1")]);
    await store[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
    expect(await drain((await place().open()).debts, AYSE, "one", now)).toEqual(["1"]);
  });

  test("one holder at a time", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in", [saying("1"), saying("2")]);
    const claims = await Promise.all(Array.from({ length: 20 }, (_, n) => store.debts.claim(AYSE, `holder-${n}`, MINUTE, now)));
    const holder = `holder-${claims.findIndex((claim) => claim !== undefined)}`;
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await store.debts.settle(AYSE, "another", "in#0")).toBe(false);
    expect(await store.debts.postpone(AYSE, "another", "in#0", now, true)).toBe(false);
    await store.debts.release(AYSE, "another");
    expect(await store.debts.claim(AYSE, "another", MINUTE, now)).toBeUndefined();

    expect(await store.debts.settle(AYSE, holder, "in#0")).toBe(true);
    expect(await store.debts.settle(AYSE, holder, "in#0")).toBe(true);
    expect(await store.debts.settle(AYSE, holder, "in#1")).toBe(false);
    await store.debts.release(AYSE, holder);
    expect((await store.debts.claim(AYSE, "another", MINUTE, now))?.id).toBe("in#1");
  });

  test("another conversation is not held up", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in", [saying("1")]);
    await saveTurn(store, ALI, "in", [saying("2")]);
    await store.debts.claim(AYSE, "one", MINUTE, now);
    expect(await drain(store.debts, ALI, "two", now)).toEqual(["2"]);
  });

  test("an attempt counts when it is taken", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in", [saying("1")]);
    for (const attempts of [0, 1, 2]) {
      expect(await store.debts.claim(AYSE, `holder-${attempts}`, MINUTE, now)).toMatchObject({ attempts });
      await store.debts.release(AYSE, `holder-${attempts}`);
    }
  });

  test("a lease that ran out passes on, and the old holder can settle no more", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in", [saying("1")]);
    await store.debts.claim(AYSE, "old", 1000, now);
    expect(await store.debts.claim(AYSE, "new", 1000, now + 999)).toBeUndefined();
    expect(await store.debts.claim(AYSE, "new", 1000, now + 1000)).toMatchObject({ id: "in#0", attempts: 1 });
    expect(await store.debts.settle(AYSE, "old", "in#0")).toBe(false);
    expect(await store.debts.postpone(AYSE, "old", "in#0", now, false)).toBe(false);
    await store.debts.release(AYSE, "old");
    expect(await store.debts.settle(AYSE, "new", "in#0")).toBe(true);
  });

  test("a lease lasts on while its holder renews it, and nobody else can", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in", [saying("1")]);
    await store.debts.claim(AYSE, "one", 1000, now);
    expect(await store.debts.renew(AYSE, "one", 1000, now + 900)).toBe(true);
    expect(await store.debts.renew(AYSE, "another", 9000, now + 900)).toBe(false);
    expect(await store.debts.owing(now + 1899, 10)).toEqual([]);
    expect(await store.debts.claim(AYSE, "another", 1000, now + 1899)).toBeUndefined();
    expect(await store.debts.claim(AYSE, "another", 1000, now + 1900)).toMatchObject({ id: "in#0", attempts: 1 });
    expect(await store.debts.renew(AYSE, "one", 1000, now + 1900)).toBe(false);
    await store.debts.release(AYSE, "another");
    expect(await store.debts.renew(AYSE, "another", 1000, now)).toBe(false);
  });

  test("what is put off is not due before its time, keeps its place, and gives the attempt back where it surely did not arrive", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in", [saying("1"), saying("2")]);
    await store.debts.claim(AYSE, "one", MINUTE, now);
    expect(await store.debts.postpone(AYSE, "one", "in#0", now + 5000, true)).toBe(true);
    expect(await store.debts.postpone(AYSE, "one", "in#0", now + 5000, true)).toBe(true);
    expect(await store.debts.claim(AYSE, "one", MINUTE, now + 4999)).toBeUndefined();
    await store.debts.release(AYSE, "one");
    expect(await store.debts.owing(now + 4999, 10)).toEqual([]);
    expect(await store.debts.owing(now + 5000, 10)).toEqual([AYSE]);

    const again = await store.debts.claim(AYSE, "two", MINUTE, now + 5000);
    expect([wordsOf(again?.owed), again?.attempts]).toEqual(["1", 0]);
    await store.debts.postpone(AYSE, "two", "in#0", now + 6000, false);
    expect(await store.debts.claim(AYSE, "two", MINUTE, now + 6000)).toMatchObject({ id: "in#0", attempts: 1 });
  });

  test("what is put aside lets pass what is owed after it, and is due in its time", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in", [saying("1"), saying("2")]);
    await store.debts.claim(AYSE, "one", MINUTE, now);
    expect(await store.debts.postpone(AYSE, "one", "in#0", now + 5000, false, true)).toBe(true);
    expect(await drain(store.debts, AYSE, "one", now)).toEqual(["2"]);
    await saveTurn(store, AYSE, "in-2", [saying("3")]);
    expect(await store.debts.owing(now, 10)).toEqual([AYSE]);
    expect(await drain(store.debts, AYSE, "one", now)).toEqual(["3"]);
    expect(await store.debts.owing(now + 4999, 10)).toEqual([]);
    expect(await store.debts.owes(AYSE, "in#0")).toBe(true);
    expect(await store.debts.owing(now + 5000, 10)).toEqual([AYSE]);
    expect(await drain(store.debts, AYSE, "one", now + 5000)).toEqual(["1"]);
    expect(await store.debts.owes(AYSE, "in#0")).toBe(false);
  });

  test("owing lists only what is wanted, however much else there is", async () => {
    const store = await place().open();
    for (let person = 0; person < 30; person += 1)
      await saveTurn(store, { channel: "elsewhere", chat: "c", person: `${person}` }, "in", [saying("1")]);
    await saveTurn(store, AYSE, "in", [saying("1")]);
    expect(await store.debts.owing(now, 10, ({ channel }) => channel === AYSE.channel)).toEqual([AYSE]);
    expect(await store.debts.owing(now, 100)).toHaveLength(31);
  });

  test("a debt sealed with a key that this process has not is put off and told, never dropped", async () => {
    const first = await place().open();
    await saveTurn(first, AYSE, "in", [saying("1")]);
    await first[Symbol.asyncDispose]();
    const both = await place().open({ secretKey: NEW_KEY, previousKey: SECRET_KEY });
    await saveTurn(both, ALI, "in", [saying("sealed anew")]);
    await both[Symbol.asyncDispose]();

    const told: string[] = [];
    const without = await place().open({ secretKey: NEW_KEY, report: ({ code }) => told.push(code) });
    expect(await without.debts.claim(AYSE, "one", MINUTE, now)).toBeUndefined();
    expect(told).toEqual(["store.sealed"]);
    expect(await drain(without.debts, ALI, "one", now)).toEqual(["sealed anew"]);
    await without[Symbol.asyncDispose]();

    const again = await place().open({ secretKey: NEW_KEY, previousKey: SECRET_KEY });
    expect(await again.debts.claim(AYSE, "two", MINUTE, now + MINUTE)).toMatchObject({ id: "in#0", attempts: 0 });
  });

  test("owing lists what a crash left, and neither what is held nor what is settled", async () => {
    const store = await place().open();
    const threaded = { ...ALI, thread: "12" };
    await saveTurn(store, AYSE, "in", [saying("1")]);
    await saveTurn(store, ALI, "in", [saying("2")]);
    await saveTurn(store, threaded, "in", [saying("3")]);
    await saveTurn(store, { ...AYSE, person: "nothing owed" }, "in", []);
    await store.debts.claim(AYSE, "crashed", 1000, now);
    await drain(store.debts, ALI, "one", now);

    expect(await store.debts.owing(now + 999, 10)).toEqual([threaded]);
    const later = await store.debts.owing(now + 1000, 10);
    expect(later).toHaveLength(2);
    expect(later).toEqual(expect.arrayContaining([AYSE, threaded]));
    expect(await store.debts.owing(now + 1000, 1)).toHaveLength(1);
  });

  test("owing still finds a conversation that owes again", async () => {
    let time = now;
    const store = await place().open({ now: () => time });
    for (const id of ["in-1", "in-2", "in-3"]) {
      await saveTurn(store, AYSE, id, [saying(id)]);
      expect(await store.debts.owing(time, 10)).toEqual([AYSE]);
      await drain(store.debts, AYSE, "one", time);
      expect(await store.debts.owing(time, 10)).toEqual([]);
      time += 2 * MINUTE;
      expect(await store.debts.owing(time, 10)).toEqual([]);
    }
    const seen = await place().scan();
    expect(seen.filter((line) => line.includes("owing"))).toEqual([]);
  });

  test("a spoilt debt is dropped and told, and what follows it goes out", async () => {
    const told: string[] = [];
    const store = await place().open({ report: ({ code }) => told.push(code) });
    await saveTurn(store, AYSE, "in-1", [saying("1"), saying("2")]);
    await place().spoil("debt");
    await saveTurn(store, AYSE, "in-2", [saying("3")]);
    expect(await drain(store.debts, AYSE, "one", now)).toEqual(["3"]);
    expect(told).toEqual(["store.spoilt", "store.spoilt"]);
  });
}
