import { expect, test } from "vitest";
import type { Place } from "../support/store.ts";

const ids = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id);

/** What every store promises of records. */
export function recordsContract(place: () => Place): void {
  const now = Date.now();
  const owner = { channel: "telegram", person: "551177" };

  test("a record is read as it was put, as a copy", async () => {
    const store = await place().open();
    const value = { text: "Ağaç 🌳", list: [1, null, { deep: true }] };
    expect(await store.records.put("questions", "q1", { value, over: 0 })).toBe("saved");
    const read = await store.records.get("questions", "q1");
    expect(read).toMatchObject({ id: "q1", value });
    Object.assign(read?.value ?? {}, { text: "changed" });
    expect((await store.records.get("questions", "q1"))?.value).toEqual(value);
    expect(await store.records.get("feedback", "q1")).toBeUndefined();
    expect(await store.records.get("questions", "Q1")).toBeUndefined();
  });

  test("a stale version is refused, and one of twenty creators wins", async () => {
    const store = await place().open();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => store.records.put("questions", "q", { value: n, over: 0 })),
    );
    expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
    const read = await store.records.get("questions", "q");
    expect(read?.value).toBe(outcomes.indexOf("saved"));
    expect(await store.records.put("questions", "q", { value: "next", over: read?.version ?? 0 })).toBe("saved");
    expect(await store.records.put("questions", "q", { value: "late", over: read?.version ?? 0 })).toBe("stale");
    expect((await store.records.get("questions", "q"))?.value).toBe("next");
  });

  test("listed by name in order of id, under its present names only", async () => {
    const store = await place().open();
    for (const id of ["b", "a", "C", "ı", "i"])
      await store.records.put("questions", id, { value: id, over: 0, index: { state: "open", by: id } });
    const by = { by: "index", name: "state", value: "open", limit: 10 } as const;
    expect(ids(await store.records.list("questions", by))).toEqual(["C", "a", "b", "i", "ı"]);
    expect(ids(await store.records.list("questions", { ...by, limit: 2 }))).toEqual(["C", "a"]);
    expect(await store.records.list("feedback", by)).toEqual([]);
    expect(await store.records.list("questions", { ...by, name: "by" })).toEqual([]);

    const read = await store.records.get("questions", "a");
    await store.records.put("questions", "a", { value: "a", over: read?.version ?? 0, index: { state: "closed" } });
    await store.records.remove("questions", "b");
    expect(ids(await store.records.list("questions", by))).toEqual(["C", "i", "ı"]);
    expect(ids(await store.records.list("questions", { ...by, value: "closed" }))).toEqual(["a"]);
    expect(await store.records.get("questions", "b")).toBeUndefined();
  });

  test("listed by their order within a name, no more than asked for, and counted", async () => {
    const store = await place().open();
    const orders = { third: 3_000_000_000_000, first: 20, second: 999_999_999_999, none: undefined } as const;
    for (const [id, order] of Object.entries(orders))
      await store.records.put("questions", id, { value: id, over: 0, owner, index: { state: "open" }, order });
    await store.records.put("questions", "other", { value: 1, over: 0, index: { state: "closed" }, order: 1 });
    const by = { by: "order", name: "state", value: "open", limit: 9 } as const;
    expect(ids(await store.records.list("questions", by))).toEqual(["none", "first", "second", "third"]);
    expect(ids(await store.records.list("questions", { ...by, limit: 2 }))).toEqual(["none", "first"]);
    expect(ids(await store.records.list("questions", { ...by, by: "index" }))).toEqual(["first", "none", "second", "third"]);
    expect(await store.records.count("questions", "state", "open")).toBe(4);
    expect(await store.records.count("questions", "state", "elsewhere")).toBe(0);
    expect(await store.records.count("feedback", "state", "open")).toBe(0);

    const over = (await store.records.get("questions", "first"))?.version ?? 0;
    await store.records.put("questions", "first", { value: 1, over, owner, index: { state: "open" }, order: 4_000_000_000_000 });
    await store.records.remove("questions", "none");
    expect(ids(await store.records.list("questions", by))).toEqual(["second", "third", "first"]);
    expect(await store.records.count("questions", "state", "open")).toBe(3);
    for (const each of store.personalData) await each.erase(owner.channel, owner.person);
    expect(await store.records.list("questions", by)).toEqual([]);
    expect(await store.records.count("questions", "state", "open")).toBe(0);
  });

  test("of many under a name all are listed, and what has expired takes nobody's place", async () => {
    let time = now;
    const store = await place().open({ now: () => time });
    const index = { state: "open" };
    for (let n = 0; n < 450; n += 1)
      await store.records.put("questions", `q${n}`, {
        value: n,
        over: 0,
        index,
        order: n,
        ...(n < 3 ? { expiresAt: now + 9 } : {}),
      });
    time += 10;
    const first = await store.records.list("questions", { by: "order", name: "state", value: "open", limit: 2 });
    expect(ids(first)).toEqual(["q3", "q4"]);
    expect(await store.records.list("questions", { by: "index", name: "state", value: "open", limit: 999 })).toHaveLength(447);
  });

  test("listed by pages in an order of its own, each once, whatever is added or gone meanwhile", async () => {
    const store = await place().open();
    const all = Array.from({ length: 23 }, (_, n) => `r${n}`);
    for (const id of all) await store.records.put("subscriptions", id, { value: id, over: 0, index: { esmed: "on" } });
    await store.records.put("subscriptions", "other", { value: 1, over: 0, index: { law: "on" } });
    await store.records.put("subscriptions", "past", { value: 1, over: 0, index: { esmed: "on" }, expiresAt: now - 1 });
    const page = async (after?: string) =>
      ids(await store.records.list("subscriptions", { by: "page", name: "esmed", value: "on", after, limit: 10 }));
    const first = await page();
    expect(await page()).toEqual(first);
    const second = await page(first.at(-1));
    const third = await page(second.at(-1));
    expect([first.length, second.length, third.length]).toEqual([10, 10, 3]);
    expect([...first, ...second, ...third].toSorted()).toEqual(all.toSorted());
    // Gone or listed no longer: those after it stay where they were.
    await store.records.remove("subscriptions", first.at(-1) ?? "");
    expect(await page(first.at(-1))).toEqual(second);
    const [gone = ""] = second;
    await store.records.put("subscriptions", gone, {
      value: gone,
      over: (await store.records.get("subscriptions", gone))?.version ?? 0,
    });
    expect(await page(first.at(-1))).toEqual([...second.slice(1), third[0]]);
    expect(await page(third.at(-1))).toEqual([]);
  });

  test("listed by due time, soonest first", async () => {
    const store = await place().open();
    await store.records.put("jobs", "late", { value: 1, over: 0, due: now + 3000 });
    await store.records.put("jobs", "soon", { value: 1, over: 0, due: now + 1000 });
    await store.records.put("jobs", "next", { value: 1, over: 0, due: now + 2000 });
    await store.records.put("jobs", "never", { value: 1, over: 0 });
    expect(ids(await store.records.list("jobs", { by: "due", until: now + 2000, limit: 10 }))).toEqual(["soon", "next"]);
    expect(ids(await store.records.list("jobs", { by: "due", until: now + 9000, limit: 1 }))).toEqual(["soon"]);
    await store.records.put("jobs", "soon", { value: 1, over: (await store.records.get("jobs", "soon"))?.version ?? 0 });
    expect(ids(await store.records.list("jobs", { by: "due", until: now + 2000, limit: 10 }))).toEqual(["next"]);
  });

  test("listed by owner", async () => {
    const store = await place().open();
    await store.records.put("questions", "2", { value: 1, over: 0, owner });
    await store.records.put("questions", "1", { value: 1, over: 0, owner });
    await store.records.put("questions", "3", { value: 1, over: 0, owner: { ...owner, person: "another" } });
    expect(ids(await store.records.list("questions", { by: "owner", ...owner, limit: 10 }))).toEqual(["1", "2"]);
  });

  test("a deadline already past means gone", async () => {
    const store = await place().open();
    expect(
      await store.records.put("questions", "q", {
        value: 1,
        over: 0,
        expiresAt: now - 1,
        owner,
        index: { state: "open" },
        due: 0,
      }),
    ).toBe("saved");
    expect(await store.records.get("questions", "q")).toBeUndefined();
    await store.records.put("questions", "q", { value: 1, over: 0, index: { state: "open" } });
    const read = await store.records.get("questions", "q");
    expect(await store.records.put("questions", "q", { value: 1, over: read?.version ?? 0, expiresAt: now - 1 })).toBe("saved");
    expect(await store.records.get("questions", "q")).toBeUndefined();
    expect(await place().scan()).toEqual([]);
  });

  test("when its time has come it is gone from every list, and can be created anew", async () => {
    let time = now;
    const store = await place().open({ now: () => time });
    await store.records.put("questions", "q", {
      value: 1,
      over: 0,
      expiresAt: now + 5000,
      owner,
      index: { state: "open" },
      due: now,
    });
    const stale = await store.records.get("questions", "q");
    time += 5000;
    expect(await store.records.get("questions", "q")).toBeUndefined();
    expect(await store.records.list("questions", { by: "index", name: "state", value: "open", limit: 9 })).toEqual([]);
    expect(await store.records.list("questions", { by: "due", until: time, limit: 9 })).toEqual([]);
    expect(await store.records.list("questions", { by: "owner", ...owner, limit: 9 })).toEqual([]);
    expect(await store.records.put("questions", "q", { value: 2, over: stale?.version ?? 0 })).toBe("stale");
    expect(await store.records.put("questions", "q", { value: 2, over: 0 })).toBe("saved");
  });
}
