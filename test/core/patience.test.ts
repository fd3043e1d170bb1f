import { expect, test } from "vitest";
import { createPatience } from "#core/patience.ts";

test("waits double up to half a minute, less and less is told, and an answer begins anew", () => {
  const patience = createPatience(500);
  const row = Array.from({ length: 16 }, () => patience.failed());
  expect(row.map(({ waitMs }) => waitMs).slice(0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(row.at(-1)?.waitMs).toBe(30_000);
  expect(row.flatMap(({ tell }, at) => (tell ? [at + 1] : []))).toEqual([1, 2, 4, 8, 16]);
  patience.answered();
  expect(patience.failed()).toEqual({ waitMs: 500, tell: true });
});

test("however long nobody answers, the wait stays a number that can be waited", () => {
  const patience = createPatience(500);
  let longest = 0;
  for (let failures = 0; failures < 5000; failures += 1) longest = Math.max(longest, patience.failed().waitMs);
  expect(longest).toBe(30_000);
});
