import { test } from "vitest";
import { crash } from "../support/crash.ts";

// The whole, with thousands of recipients and ten kills: npm run crash-test -- --seeds 10
const SEED = Number(process.env["SEED"] ?? Date.now() % 1_000_000);
const SMALL = { recipients: 300, rate: 300, seed: SEED, blocked: 10, lostReplies: 5, bursts: 1, leaseMs: 2500 };

test.concurrent(
  `three workers, two killed and one stopped past its lease, and Redis killed: nobody twice, nobody lost (SEED=${SEED})`,
  { timeout: 120_000 },
  async ({ expect }) => {
    const found = await crash({ ...SMALL, store: "redis", workers: 3, kills: 2, redisKills: 1, freezes: 1 });
    expect(found).toMatchObject({
      duplicates: 0,
      losses: 0,
      counts: { pending: 0, claimed: 0, sending: 0, failed: { gone: 10 } },
    });
    expect(found.counts.sent + found.counts.uncertain).toBe(290);
    // Lost replies, and what the killed and the stopped had on their lanes.
    expect(found.counts.uncertain).toBeLessThanOrEqual(5 + 3 * 8);
  },
);

test.concurrent(
  `one process with the embedded store, killed three times: nobody twice, nobody lost (SEED=${SEED})`,
  { timeout: 120_000 },
  async ({ expect }) => {
    const found = await crash({ ...SMALL, store: "embedded", workers: 1, kills: 3, redisKills: 0, freezes: 0 });
    expect(found).toMatchObject({ duplicates: 0, losses: 0, counts: { pending: 0, claimed: 0, sending: 0 } });
    expect(found.counts.uncertain).toBeLessThanOrEqual(5 + 3 * 8);
  },
);
