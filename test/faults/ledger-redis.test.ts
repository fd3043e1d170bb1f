import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Claimed, Ledger } from "#core/ledger.ts";
import type { Store } from "#core/ports.ts";
import { openRedisStore } from "#store/redis/open.ts";
import { recipient } from "../contracts/ledger.contract.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";
import { SECRET_KEY } from "../support/store.ts";

const RUN = "duyuru01";
const open = ({ url }: RedisServer) => openRedisStore({ url, secretKey: SECRET_KEY, retentionMs: 1e9 });
const everybody = Array.from({ length: 6 }, (_, at) => recipient(at));

/** Claims until something is given, as delivery does: while Redis is away or fenced it is asked again. */
async function claim(ledger: Ledger, holder: string, most: number): Promise<readonly Claimed[]> {
  for (;;) {
    const claimed = await ledger.claim(RUN, holder, most, Date.now()).catch(() => "away" as const);
    if (claimed !== "fenced" && claimed !== "away") return claimed;
    await pause(50);
  }
}

async function sendTo({ ledger }: Store, holder: string): Promise<string> {
  const [{ row } = { row: "" }] = await claim(ledger, holder, 1);
  expect(await ledger.arm(RUN, holder, row, Date.now())).toBe(true);
  return row;
}

/** What two processes did since a copy was made: one sent, one on the wire, one refused. */
async function sendSome(one: Store, other: Store) {
  const sent = await sendTo(one, "one");
  expect(await one.ledger.settle(RUN, "one", sent, { is: "sent", reference: "1" })).toBe(true);
  const onTheWire = await sendTo(one, "one");
  const gone = await sendTo(other, "other");
  expect(await other.ledger.settle(RUN, "other", gone, { is: "failed", why: "gone" })).toBe(true);
  return { sent, onTheWire, gone };
}

test("a Redis that was set back gives nothing out again, though one of the two processes only waits for its message", async () => {
  const server = await startRedisServer({ keeps: true });
  await using one = await open(server);
  await using other = await open(server);
  await one.ledger.expand(RUN, everybody, 0);
  const setBack = server.copy();
  const { onTheWire, ...ended } = await sendSome(one, other);
  await server.kill();
  setBack();
  await server.restart();

  const given = await claim(other.ledger, "other", 9);
  expect(given.map(({ row }) => row)).not.toEqual(expect.arrayContaining([onTheWire]));
  for (const row of Object.values(ended)) expect(given.map((each) => each.row)).not.toContain(row);
  expect(given).toHaveLength(3);
  expect(await one.ledger.settle(RUN, "one", onTheWire, { is: "sent", reference: "2" })).toBe(true);
  expect(await other.ledger.counts(RUN)).toMatchObject({ pending: 0, claimed: 3, sending: 0, sent: 2, failed: { gone: 1 } });
  await server.stop();
});

test("a Redis that lost everything does not make anybody get it twice, when the run is written down again", async () => {
  const server = await startRedisServer();
  await using one = await open(server);
  await using other = await open(server);
  await one.ledger.expand(RUN, everybody, 0);
  const { onTheWire } = await sendSome(one, other);
  await server.kill();
  await server.restart();

  while ((await other.ledger.expand(RUN, everybody, 0).catch(() => "away")) === "away") await pause(20);
  const given = await claim(other.ledger, "other", 9);
  expect(given).toHaveLength(3);
  expect(await one.ledger.settle(RUN, "one", onTheWire, { is: "sent", reference: "2" })).toBe(true);
  expect(await other.ledger.counts(RUN)).toMatchObject({ sent: 2, failed: { gone: 1 } });
  await server.stop();
});

test("a run that Redis lost with all that was sent of it is fenced before it is given out anew", async () => {
  const server = await startRedisServer();
  await using store = await open(server);
  await store.ledger.expand(RUN, everybody, 0);
  await server.kill();
  await server.restart();

  // Another process may have sent some of it, and not have found the server again yet.
  while ((await store.ledger.expand(RUN, everybody, 0).catch(() => "away")) === "away") await pause(20);
  const began = performance.now();
  expect(await store.ledger.claim(RUN, "one", 9, Date.now())).toBe("fenced");
  expect(await claim(store.ledger, "one", 9)).toHaveLength(6);
  expect(performance.now() - began).toBeGreaterThan(2900);
  // By now everybody has: what is new goes out at once.
  await store.ledger.expand("duyuru02", everybody, 0);
  expect(await store.ledger.claim("duyuru02", "one", 9, Date.now())).toHaveLength(6);
  await server.stop();
});

test("a Redis that only was started again fences a run for three seconds, and no longer", async () => {
  const server = await startRedisServer({ keeps: true });
  await using one = await open(server);
  await one.ledger.expand(RUN, everybody, 0);
  const row = await sendTo(one, "one");
  await server.kill();
  await server.restart();
  const began = performance.now();
  expect(await claim(one.ledger, "one", 9)).toHaveLength(5);
  const waited = performance.now() - began;
  expect(waited).toBeGreaterThan(2900);
  expect(await one.ledger.settle(RUN, "one", row, { is: "again", at: 5 })).toBe(true);
  expect(await one.ledger.nextDue(RUN)).toBe(5);
  await server.stop();
});
