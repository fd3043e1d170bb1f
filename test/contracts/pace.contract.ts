import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { BulkPace, Pace } from "#core/ledger.ts";
import type { Place } from "../support/store.ts";

interface Taken {
  readonly asked: number;
  readonly answered: number;
}

/** Takes places as fast as they are given, for so long. */
async function takeFor(paces: readonly BulkPace[], pace: Pace, ms: number): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  const end = performance.now() + ms;
  const takeOn = async (from: BulkPace) => {
    while (performance.now() < end) {
      const asked = performance.now();
      const wait = await from.take("telegram", pace);
      if (wait === 0) taken.push({ asked, answered: performance.now() });
      else await pause(wait);
    }
  };
  await Promise.all(paces.map(takeOn));
  return taken;
}

/** The most that was taken beyond what is allowed in any stretch of time, each stretch measured at its longest; a clock of whole milliseconds errs by a part of one. */
function most(taken: readonly Taken[], { perSecond, burst }: Pace): number {
  const beyond = taken.flatMap(({ asked }, from) =>
    taken.slice(from).map(({ answered }, more) => more + 1 - burst - ((answered - asked) / 1000) * perSecond),
  );
  return Math.max(...beyond);
}

/** What every store promises of how fast is sent in bulk. */
export function paceContract(place: () => Place): void {
  test("in no stretch of time is more taken than the rate and one burst, whoever takes", async () => {
    const { pace } = await place().open();
    const allowed = { perSecond: 100, burst: 5 };
    const taken = await takeFor([pace, pace, pace, pace], allowed, 1000);
    expect(most(taken, allowed)).toBeLessThan(0.5);
    expect(taken.length).toBeGreaterThan(20);
  });

  test("after a rest it begins evenly", async () => {
    const { pace } = await place().open();
    const slow = { perSecond: 2, burst: 5 };
    expect(await pace.take("telegram", slow)).toBe(0);
    expect(await pace.take("telegram", slow)).toBeGreaterThan(0);
  });

  test("each channel has a pace of its own", async () => {
    const { pace } = await place().open();
    const slow = { perSecond: 1, burst: 1 };
    expect(await pace.take("telegram", slow)).toBe(0);
    const wait = await pace.take("telegram", slow);
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(1000);
    expect(await pace.take("slack", slow)).toBe(0);
    await pace.stopFor("telegram", 60_000);
    expect(await pace.take("telegram", { perSecond: 1000, burst: 5 })).toBeGreaterThan(50_000);
    expect(await pace.take("elsewhere", slow)).toBe(0);
  });

  test("a stop holds for all, as long as the longest that was asked for", async () => {
    const store = await place().open();
    await store.pace.stopFor("telegram", 60_000);
    await store.pace.stopFor("telegram", 1000);
    const waits = await Promise.all(Array.from({ length: 4 }, () => store.pace.take("telegram", { perSecond: 25, burst: 5 })));
    for (const wait of waits) expect(wait).toBeGreaterThan(55_000);
  });

  test("after a stop it goes on at half the pace and without a burst, however many were told to stop", async () => {
    const { pace } = await place().open();
    const allowed = { perSecond: 200, burst: 5 };
    await Promise.all(Array.from({ length: 5 }, () => pace.stopFor("telegram", 50)));
    while ((await pace.take("telegram", allowed)) > 0) await pause(1);
    expect(await pace.take("telegram", allowed)).toBeGreaterThan(0);
    const taken = await takeFor([pace, pace], allowed, 600);
    expect(most(taken, { perSecond: 102, burst: 5 })).toBeLessThan(0.5);
    expect(taken.length).toBeGreaterThan(15);
  });
}
