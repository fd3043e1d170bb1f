import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Delivered, Ledger } from "#core/ledger.ts";
import type { Store } from "#core/ports.ts";
import { recipient } from "../contracts/ledger.contract.ts";
import { describeStores } from "../support/store.ts";

const PEOPLE = 6;
const LEASE = 100;
const HOLDERS = ["one", "two"] as const;
type Holder = (typeof HOLDERS)[number];

/** A row as the model has it. */
interface Row {
  state: "pending" | "claimed" | "sending" | "sent" | "failed" | "uncertain" | "erased" | "unsent";
  why?: "gone" | "refused" | "left";
  holder?: Holder | undefined;
  /** Due or held since. */
  at: number;
  attempts: number;
  /** How often it was allowed to be sent. */
  armed: number;
}

interface Model {
  now: number;
  readonly rows: Map<number, Row>;
  /** How often each was made pending again on purpose, or surely had not arrived. */
  readonly mayBeSent: Map<number, number>;
}

interface Real {
  readonly run: string;
  readonly store: Store;
  readonly ledger: Ledger;
  /** Whom a row names, as claims told it. */
  readonly names: Map<string, number>;
}

type Step = fc.AsyncCommand<Model, Real>;
const step = (title: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  run,
  toString: () => title,
});

const rowOf = (names: Real["names"], person: number) => [...names].find(([, named]) => named === person)?.[0];

async function sameCounts(model: Model, { ledger, run }: Real): Promise<void> {
  const of = (state: Row["state"], why?: Row["why"]) =>
    [...model.rows.values()].filter((row) => row.state === state && (why === undefined || row.why === why)).length;
  expect(await ledger.counts(run)).toEqual({
    pending: of("pending"),
    claimed: of("claimed"),
    sending: of("sending"),
    sent: of("sent"),
    failed: { gone: of("failed", "gone"), refused: of("failed", "refused"), left: of("failed", "left") },
    uncertain: of("uncertain"),
    erased: of("erased"),
    unsent: of("unsent"),
  });
  const due = [...model.rows.values()].filter(({ state }) => state === "pending").map(({ at }) => at);
  expect(await ledger.nextDue(run)).toBe(due.length === 0 ? undefined : Math.min(...due));
  // Nobody is allowed to be sent to twice, unless an earlier try surely did not arrive or was asked for again.
  for (const [person, { armed }] of model.rows) expect(armed).toBeLessThanOrEqual(1 + (model.mayBeSent.get(person) ?? 0));
}

const expand = (people: readonly number[], inMs: number) =>
  step(`expand ${people.join()} in ${inMs}`, async (model, real) => {
    const fresh = new Set(people.filter((person) => !model.rows.has(person)));
    const at = model.now + inMs;
    expect(await real.ledger.expand(real.run, people.map(recipient), at)).toBe(fresh.size);
    for (const person of fresh) model.rows.set(person, { state: "pending", at, attempts: 0, armed: 0 });
    await sameCounts(model, real);
  });

const claim = (holder: Holder, most: number) =>
  step(`${holder} claims ${most}`, async (model, real) => {
    const due = [...model.rows.values()].filter(({ state, at }) => state === "pending" && at <= model.now);
    const claimed = await real.ledger.claim(real.run, holder, most, model.now);
    if (claimed === "fenced") throw new Error("Nothing was lost.");
    expect(claimed).toHaveLength(Math.min(most, due.length));
    for (const { row, address, attempts } of claimed) {
      const person = Array.from({ length: PEOPLE }, (_, at) => at).find((at) => recipient(at).address.person === address.person);
      const known = model.rows.get(person ?? -1);
      if (person === undefined || known === undefined) throw new Error(`Nobody is named ${address.person}.`);
      expect(known).toMatchObject({ state: "pending", attempts });
      expect(known.at).toBeLessThanOrEqual(model.now);
      // The soonest come first.
      real.names.set(row, person);
      Object.assign(known, { state: "claimed", holder, at: model.now });
    }
    const left = [...model.rows.values()].filter(({ state, at }) => state === "pending" && at <= model.now).length;
    expect(left).toBe(due.length - claimed.length);
    await sameCounts(model, real);
  });

const arm = (holder: Holder, person: number) =>
  step(`${holder} arms ${person}`, async (model, real) => {
    const row = model.rows.get(person);
    const may = row?.state === "claimed" && row.holder === holder;
    expect(await real.ledger.arm(real.run, holder, rowOf(real.names, person) ?? "none", model.now)).toBe(may);
    if (may) Object.assign(row, { state: "sending", at: model.now, armed: row.armed + 1 });
    await sameCounts(model, real);
  });

const settle = (holder: Holder, person: number, delivered: Delivered) =>
  step(`${holder} settles ${person} as ${JSON.stringify(delivered)}`, async (model, real) => {
    const row = model.rows.get(person);
    const told = await real.ledger.settle(real.run, holder, rowOf(real.names, person) ?? "none", delivered);
    if (row === undefined) {
      expect(told).toBe(false);
      return;
    }
    const asBefore =
      (row.state === "sent" && delivered.is === "sent") ||
      (row.state === "failed" && delivered.is === "failed" && row.why === delivered.why) ||
      (row.state === "pending" && delivered.is === "again" && row.at === delivered.at && rowOf(real.names, person) !== undefined);
    const early = row.state === "claimed" && (delivered.is === "failed" || delivered.is === "again");
    const own = row.holder === holder && (row.state === "sending" || row.state === "uncertain" || early);
    expect(told).toBe(asBefore || own);
    if (asBefore || !own) return sameCounts(model, real);
    if (delivered.is === "again" && row.state !== "claimed") model.mayBeSent.set(person, (model.mayBeSent.get(person) ?? 0) + 1);
    const changes = { sent: "sent", failed: "failed", uncertain: "uncertain", again: "pending" } as const;
    row.state = changes[delivered.is];
    if (delivered.is === "failed") row.why = delivered.why;
    if (delivered.is === "again") row.at = delivered.at;
    if (delivered.is !== "uncertain") row.holder = undefined;
    return sameCounts(model, real);
  });

const sweep = step("sweep", async (model, real) => {
  const held = [...model.rows.values()].filter(
    ({ state, at }) => (state === "claimed" || state === "sending") && at <= model.now - LEASE,
  );
  expect(await real.ledger.sweep(real.run, LEASE, model.now)).toBe(held.length);
  for (const row of held) {
    if (row.state === "claimed") Object.assign(row, { state: "pending", holder: undefined, at: model.now });
    else row.state = "uncertain";
  }
  await sameCounts(model, real);
});

const resend = step("resend the uncertain", async (model, real) => {
  const rows = [...model.rows].filter(([, { state }]) => state === "uncertain");
  expect(await real.ledger.resendUncertain(real.run, model.now)).toBe(rows.length);
  for (const [person, row] of rows) {
    Object.assign(row, { state: "pending", holder: undefined, at: model.now, attempts: row.attempts + 1 });
    model.mayBeSent.set(person, (model.mayBeSent.get(person) ?? 0) + 1);
  }
  await sameCounts(model, real);
});

const close = step("close", async (model, real) => {
  const rows = [...model.rows.values()].filter(({ state }) => state === "pending" || state === "claimed");
  expect(await real.ledger.close(real.run)).toBe(rows.length);
  for (const row of rows) Object.assign(row, { state: "unsent", holder: undefined });
  await sameCounts(model, real);
});

const erase = (person: number) =>
  step(`erase ${person}`, async (model, real) => {
    const { address } = recipient(person);
    for (const each of real.store.personalData) await each.erase(address.channel, address.person);
    const row = model.rows.get(person);
    if (row !== undefined) Object.assign(row, { state: "erased", holder: undefined });
    await sameCounts(model, real);
  });

const pass = (ms: number) =>
  step(`${ms} ms pass`, async (model) => {
    model.now += ms;
  });

const person = fc.nat(PEOPLE - 1);
const holder = fc.constantFrom(...HOLDERS);
const delivered = fc.oneof(
  fc.constant<Delivered>({ is: "sent", reference: "m" }),
  fc.constantFrom("gone" as const, "refused" as const, "left" as const).map((why): Delivered => ({ is: "failed", why })),
  fc.constant<Delivered>({ is: "uncertain" }),
  fc.nat(300).map((at): Delivered => ({ is: "again", at })),
);
const commands = [
  fc.tuple(fc.array(person, { maxLength: 8 }), fc.nat(50)).map(([people, inMs]) => expand([...new Set(people)], inMs)),
  fc.tuple(holder, fc.integer({ min: 1, max: 4 })).map(([who, most]) => claim(who, most)),
  fc.tuple(holder, person).map(([who, whom]) => arm(who, whom)),
  fc.tuple(holder, person, delivered).map(([who, whom, how]) => settle(who, whom, how)),
  fc.constant(sweep),
  fc.constant(resend),
  fc.constant(close),
  person.map(erase),
  fc.nat(120).map(pass),
];

describeStores("the ledger as a model has it", (place) => {
  test("whatever two holders do in whatever order, every row is where the model has it", { timeout: 120_000 }, async () => {
    const store = await place().open();
    let runs = 0;
    const histories = fc.commands(commands, { maxCommands: 60, size: "max" });
    const property = fc.asyncProperty(histories, async (history) => {
      runs += 1;
      const real = { run: `run-${runs}`, store, ledger: store.ledger, names: new Map<string, number>() };
      await fc.asyncModelRun(() => ({ model: { now: 0, rows: new Map(), mayBeSent: new Map() }, real }), history);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
