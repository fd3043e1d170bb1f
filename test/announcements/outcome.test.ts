import { expect, test } from "vitest";
import { outcomeOf, type Outcome } from "#announcements/outcome.ts";
import type { Sent } from "#core/ports.ts";

test.each<[string, Sent, Outcome]>([
  ["arrived", { ok: true, reference: "5" }, { delivered: { is: "sent", reference: "5" } }],
  ["gone", { ok: false, why: "gone" }, { delivered: { is: "failed", why: "gone" } }],
  ["refused", { ok: false, why: "refused" }, { delivered: { is: "failed", why: "refused" } }],
  ["unknown", { ok: false, why: "unknown" }, { delivered: { is: "uncertain" } }],
  ["no connection", { ok: false, why: "not-sent", retryAfterMs: 3000 }, { delivered: { is: "again", at: 4000 } }],
  ["no connection and no time", { ok: false, why: "not-sent", retryAfterMs: 0 }, { delivered: { is: "again", at: 1500 } }],
  ["429", { ok: false, why: "slow-down", retryAfterMs: 7000 }, { delivered: { is: "again", at: 8000 }, stopMs: 7000 }],
  [
    "429 in the midst of several messages",
    { ok: false, why: "slow-down", retryAfterMs: 7000, begun: true },
    { delivered: { is: "uncertain" }, stopMs: 7000 },
  ],
  [
    "no connection in their midst",
    { ok: false, why: "not-sent", retryAfterMs: 1, begun: true },
    { delivered: { is: "uncertain" } },
  ],
])("a message that is %s", (_, sent, outcome) => {
  expect(outcomeOf(sent, 1000)).toEqual(outcome);
});
