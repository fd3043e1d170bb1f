import { expect, test } from "vitest";
import { createRemembered, type Remembered } from "#store/redis/remembered.ts";

const LANES = 32;
const all = (remembered: Remembered, run: string) => [...remembered.of(run).values()].flat();

test("a process remembers the last 20,000 rows that it sent, however many lanes it sends with, and what is still on the wire", () => {
  const remembered = createRemembered();
  remembered.note("duyuru01", "slow", "slow-row", "S|slow|0|token|1");
  for (const run of ["duyuru01", "duyuru02"])
    for (let at = 0; at < 30_000; at += 1) {
      const holder = `lane-${at % LANES}`;
      remembered.note(run, holder, `row-${at}`, `S|${holder}|0|token|1`);
      remembered.note(run, holder, `row-${at}`, "D|7");
    }
  expect(remembered.of("duyuru02").size).toBe(LANES);
  expect(new Set(all(remembered, "duyuru02"))).toEqual(new Set(Array.from({ length: 20_000 }, (_, at) => `row-${at + 10_000}`)));
  expect(remembered.of("duyuru01")).toEqual(new Map([["slow", ["slow-row"]]]));
  expect(remembered.stateOf("duyuru01", "slow", "slow-row")).toBe("S|slow|0|token|1");
  expect(remembered.stateOf("duyuru02", "lane-0", "row-0")).toBeUndefined();
});

test("a row is known as it was seen last, until it is being changed", () => {
  const remembered = createRemembered();
  remembered.note("duyuru01", "one", "row", "S|one|0|token|1");
  remembered.note("duyuru01", "one", "row", "P|0");
  expect(all(remembered, "duyuru01")).toEqual(["row"]);
  expect(remembered.stateOf("duyuru01", "one", "row")).toBe("P|0");
  remembered.forget("duyuru01", "one", "row");
  expect(all(remembered, "duyuru01")).toEqual([]);
});

test("of the runs it remembers the last eight", () => {
  const remembered = createRemembered();
  for (let at = 0; at < 9; at += 1) remembered.note(`run-${at}`, "one", "row", at % 2 === 0 ? "S|one|0|token|1" : "D|7");
  expect(remembered.runs()).toEqual(Array.from({ length: 8 }, (_, at) => `run-${at + 1}`));
  expect(all(remembered, "run-0")).toEqual([]);
});
