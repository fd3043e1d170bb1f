import { expect, test } from "vitest";
import type { Rate } from "#core/rate.ts";
import type { Place } from "../support/store.ts";
import { ALI, AYSE } from "./store-samples.ts";

const LIMIT = { most: 3, lastsMs: 60_000 };

/** What every store promises of how much one person may send. */
export function rateContract(place: () => Place): void {
  const count = (rate: Rate, { channel, person } = AYSE, id: string, limit = LIMIT) => rate.count(channel, person, id, limit);

  test("each incoming has its place, and beyond the limit the first is told from the later ones", async () => {
    const { rate } = await place().open();
    const places = [];
    for (const id of ["a", "b", "c", "d", "e", "f"]) places.push(await count(rate, AYSE, id));
    expect(places).toEqual([1, 2, 3, 4, 5, 5]);
    expect(await count(rate, ALI, "a")).toBe(1);
  });

  test("the same incoming has the same place again", async () => {
    const { rate } = await place().open();
    const places = [];
    for (const id of ["a", "a", "b", "a", "c", "d", "d", "b", "e", "d"]) places.push(await count(rate, AYSE, id));
    expect(places).toEqual([1, 1, 2, 1, 3, 4, 4, 2, 5, 4]);
  });

  test("many at once have a place each", async () => {
    const { rate } = await place().open();
    const places = await Promise.all(Array.from({ length: 10 }, (_, id) => count(rate, AYSE, `${id}`)));
    expect(places.toSorted((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 5, 5, 5, 5, 5]);
  });

  test("a window ends by itself, however long it was overrun", async () => {
    const { rate } = await place().open();
    const short = { most: 1, lastsMs: 40 };
    for (const id of ["a", "b", "c"]) await count(rate, AYSE, id, short);
    let tries = 0;
    while ((await count(rate, AYSE, `again-${tries}`, short)) !== 1) tries += 1;
    expect(await count(rate, AYSE, "and once more", short)).toBe(2);
  });

  test("it is erased with the person, and holds no id in clear", async () => {
    const store = await place().open();
    await count(store.rate, AYSE, "tg-551177");
    expect((await place().scan()).join("\n")).not.toContain("551177");
    for (const each of store.personalData) await each.erase(AYSE.channel, AYSE.person);
    expect(await place().scan()).toEqual([]);
    expect(await count(store.rate, AYSE, "b")).toBe(1);
  });
}
