import { setTimeout as wait } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { startSweep } from "#bot/sweep.ts";
import { createLog } from "#ops/log.ts";

test("sweeps never overlap, go on after one that failed, and have ended when they are stopped", async () => {
  let running = 0;
  let most = 0;
  let ended = 0;
  const failed: unknown[] = [];
  const settleOwed = async () => {
    running += 1;
    most = Math.max(most, running);
    await wait(20);
    running -= 1;
    ended += 1;
    if (ended === 2) throw new Error("the store is away");
    return 0;
  };
  {
    await using _sweep = startSweep({ settleOwed }, 1, { ...createLog("silent"), sweepFailed: (error) => failed.push(error) });
    await vi.waitFor(() => expect(ended).toBeGreaterThan(4));
  }
  const when = ended;
  expect([most, running, failed.length]).toEqual([1, 0, 1]);
  await wait(60);
  expect(ended).toBe(when);
});
