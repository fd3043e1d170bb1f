import { parseArgs } from "node:util";
import { crash, type Crashes } from "../support/crash.ts";

// Real grammY, a real Redis that keeps what it acknowledged, processes that are killed: who got the announcement twice, and who was lost?

const usual = { type: "string" } as const;
const { values } = parseArgs({
  options: {
    store: { ...usual, default: "redis" },
    recipients: { ...usual, default: "5000" },
    seeds: { ...usual, default: "1" },
    from: { ...usual, default: "1" },
    rate: { ...usual, default: "500" },
    kills: { ...usual, default: "10" },
    "redis-kills": { ...usual, default: "3" },
    lost: { ...usual, default: "50" },
    lease: { ...usual, default: "5000" },
  },
});
const whole = (name: keyof typeof values): number => {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 0) throw new Error(`--${name} must be a whole number.`);
  return value;
};
const { store } = values;
if (store !== "redis" && store !== "embedded") throw new Error("--store must be redis or embedded.");
const recipients = whole("recipients");
const inRedis = store === "redis";
const asked: Omit<Crashes, "seed"> = {
  store,
  recipients,
  rate: whole("rate"),
  workers: inRedis ? 3 : 1,
  blocked: Math.ceil(recipients / 50),
  lostReplies: whole("lost"),
  kills: whole("kills"),
  redisKills: inRedis ? whole("redis-kills") : 0,
  freezes: inRedis ? 1 : 0,
  bursts: 3,
  leaseMs: whole("lease"),
};

process.stdout.write(`${JSON.stringify(asked)}\n\n`);
process.stdout.write(
  "| store | seed | recipients | sent | failed | uncertain | of these arrived | never left | refused (429) | duplicates | losses | s |\n",
);
process.stdout.write("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
let faults = 0;
for (let seed = whole("from"); seed < whole("from") + whole("seeds"); seed += 1) {
  const { counts, ...found } = await crash({ ...asked, seed });
  const { gone, refused, left } = counts.failed;
  const cells = [store, seed, recipients, counts.sent, gone + refused + left, counts.uncertain, found.arrived, found.neverAsked];
  cells.push(found.refused, found.duplicates, found.losses, found.seconds.toFixed(0));
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
  faults += found.duplicates + found.losses;
}
process.exitCode = faults === 0 ? 0 : 1;
