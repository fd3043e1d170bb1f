import { expect, test } from "vitest";
import type { Delivered, Ledger, Recipient } from "#core/ledger.ts";
import { SECRET_KEY, type Place } from "../support/store.ts";

const RUN = "duyuru01";
const LEASE = 30_000;
const OTHER_KEY = "another secret key for tests, as long";
const SENT: Delivered = { is: "sent", reference: "778811" };

/** Somebody who can be found in a scan. */
export const recipient = (at: number): Recipient => ({
  address: { channel: "telegram", chat: `chat-7799${at}`, person: `person-7799${at}` },
  language: at % 2 === 0 ? "tr" : "en",
});
const recipients = (many: number) => Array.from({ length: many }, (_, at) => recipient(at));

/** Claims one row, and fails where there is none. */
async function take(ledger: Ledger, holder: string, now: number, run = RUN) {
  const claimed = await ledger.claim(run, holder, 1, now);
  if (claimed === "fenced" || claimed[0] === undefined) throw new Error("Nothing was there to claim.");
  return claimed[0];
}

async function takeAndArm(ledger: Ledger, holder: string, now: number) {
  const claimed = await take(ledger, holder, now);
  expect(await ledger.arm(RUN, holder, claimed.row, now)).toBe(true);
  return claimed;
}

/** What every store promises of who gets a run of messages. */
export function ledgerContract(place: () => Place): void {
  const open = async () => (await place().open()).ledger;

  test("everybody is added once, however often and in however many pieces it is asked for", async () => {
    const ledger = await open();
    expect(await ledger.expand(RUN, recipients(3), 100)).toBe(3);
    expect(await ledger.expand(RUN, recipients(1200), 200)).toBe(1197);
    expect(await ledger.expand(RUN, recipients(1200), 300)).toBe(0);
    expect(await ledger.expand("another", [recipient(0)], 100)).toBe(1);
    expect(await ledger.counts(RUN)).toEqual({
      pending: 1200,
      claimed: 0,
      sending: 0,
      sent: 0,
      failed: { gone: 0, refused: 0, left: 0 },
      uncertain: 0,
      erased: 0,
      unsent: 0,
    });
    expect(await ledger.nextDue(RUN)).toBe(100);
  });

  test("a run that nobody wrote down is empty", async () => {
    const ledger = await open();
    expect(await ledger.claim("none", "one", 5, 100)).toEqual([]);
    expect(await ledger.nextDue("none")).toBeUndefined();
    expect(await ledger.sweep("none", LEASE, 1e9)).toBe(0);
    expect(await ledger.list("none", "sent", undefined, 10)).toEqual([]);
    expect(await ledger.resendUncertain("none", 1)).toBe(0);
    expect(await ledger.arm("none", "one", "row", 1)).toBe(false);
    expect(await ledger.settle("none", "one", "row", SENT)).toBe(false);
    expect((await ledger.counts("none")).pending).toBe(0);
  });

  test("a claim gives whole recipients that are due, each to one holder", async () => {
    const ledger = await open();
    const address = { ...recipient(7).address, thread: "5" };
    const several = { ...recipient(7), address, tells: ["gather01", "guide001"] };
    await ledger.expand(RUN, [...recipients(5), several], 100);
    expect(await ledger.claim(RUN, "one", 9, 99)).toEqual([]);
    const claims = await Promise.all(["one", "two", "three"].map((holder) => ledger.claim(RUN, holder, 2, 100)));
    const all = claims.flatMap((claimed) => (claimed === "fenced" ? [] : claimed));
    expect(claims.map((claimed) => claimed.length)).toEqual([2, 2, 2]);
    const given = all.map(({ row: _row, attempts: _attempts, ...rest }) => rest);
    expect(given).toEqual(expect.arrayContaining([...recipients(5), several]));
    expect(all.every(({ attempts }) => attempts === 0)).toBe(true);
    expect(await ledger.claim(RUN, "four", 9, 100)).toEqual([]);
    expect(await ledger.nextDue(RUN)).toBeUndefined();
  });

  test("only its holder arms a row, and only once", async () => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(1), 0);
    const { row } = await take(ledger, "one", 10);
    expect(await ledger.arm(RUN, "two", row, 10)).toBe(false);
    expect(await ledger.arm(RUN, "one", row, 10)).toBe(true);
    expect(await ledger.arm(RUN, "one", row, 10)).toBe(false);
    expect((await ledger.counts(RUN)).sending).toBe(1);
  });

  test("what was armed ends as its holder says, and for good", async () => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(5), 0);
    const ends: Delivered[] = [
      SENT,
      { is: "failed", why: "gone" },
      { is: "failed", why: "refused" },
      { is: "failed", why: "left" },
      { is: "uncertain" },
    ];
    for (const delivered of ends) {
      const { row } = await takeAndArm(ledger, "one", 10);
      expect(await ledger.settle(RUN, "two", row, delivered)).toBe(false);
      expect(await ledger.settle(RUN, "one", row, delivered)).toBe(true);
      // Told again, as after an answer that was lost, it has ended so.
      expect(await ledger.settle(RUN, "one", row, delivered)).toBe(true);
      if (delivered.is !== "uncertain") {
        expect(await ledger.settle(RUN, "one", row, { is: "again", at: 1 })).toBe(false);
        expect(await ledger.settle(RUN, "one", row, { is: "uncertain" })).toBe(false);
      }
      expect(await ledger.arm(RUN, "one", row, 10)).toBe(false);
    }
    expect(await ledger.counts(RUN)).toMatchObject({
      pending: 0,
      claimed: 0,
      sending: 0,
      sent: 1,
      failed: { gone: 1, refused: 1, left: 1 },
      uncertain: 1,
    });
    expect(await ledger.sweep(RUN, LEASE, 1e9)).toBe(0);
  });

  test("a claimed row can be left, refused or given back, and never be sent without being armed", async () => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(1), 0);
    const { row } = await take(ledger, "one", 10);
    expect(await ledger.settle(RUN, "one", row, SENT)).toBe(false);
    expect(await ledger.settle(RUN, "one", row, { is: "uncertain" })).toBe(false);
    expect(await ledger.settle(RUN, "one", row, { is: "again", at: 500 })).toBe(true);
    expect(await ledger.settle(RUN, "one", row, { is: "again", at: 500 })).toBe(true);
    expect(await ledger.nextDue(RUN)).toBe(500);
    expect(await ledger.claim(RUN, "two", 1, 499)).toEqual([]);
    expect((await take(ledger, "two", 500)).row).toBe(row);
    expect(await ledger.settle(RUN, "one", row, { is: "again", at: 900 })).toBe(false);
    expect(await ledger.settle(RUN, "two", row, { is: "failed", why: "left" })).toBe(true);
    expect((await ledger.counts(RUN)).failed.left).toBe(1);
  });

  test("after a lease what was claimed is pending again, and what was on the wire is uncertain", async () => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(3), 0);
    const claimed = await take(ledger, "one", 1000);
    const armed = await takeAndArm(ledger, "one", 1000);
    expect(await ledger.sweep(RUN, LEASE, 1000 + LEASE - 1)).toBe(0);
    expect(await ledger.sweep(RUN, LEASE, 1000 + LEASE)).toBe(2);
    expect(await ledger.sweep(RUN, LEASE, 1000 + LEASE)).toBe(0);
    expect(await ledger.counts(RUN)).toMatchObject({ pending: 2, claimed: 0, sending: 0, uncertain: 1 });
    expect(await ledger.arm(RUN, "one", claimed.row, 40_000)).toBe(false);
    expect((await ledger.list(RUN, "uncertain", undefined, 9)).map(({ row }) => row)).toEqual([armed.row]);
  });

  test.each<[Delivered, string]>([
    [SENT, "sent"],
    [{ is: "failed", why: "gone" }, "failed"],
    [{ is: "again", at: 7 }, "pending"],
  ])("whoever armed a row that was swept may still say that it ended as %o", async (delivered, counted) => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(1), 0);
    const { row } = await takeAndArm(ledger, "one", 0);
    await ledger.sweep(RUN, LEASE, LEASE);
    expect(await ledger.settle(RUN, "two", row, delivered)).toBe(false);
    expect(await ledger.settle(RUN, "one", row, delivered)).toBe(true);
    const counts = await ledger.counts(RUN);
    expect(counts.uncertain).toBe(0);
    expect({ sent: counts.sent, failed: counts.failed.gone, pending: counts.pending }).toMatchObject({ [counted]: 1 });
  });

  test("the uncertain are sent again on purpose alone, and then are known to have been tried", async () => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(4), 0);
    const rows: string[] = [];
    while (rows.length < 4) rows.push((await takeAndArm(ledger, "one", 0)).row);
    await ledger.sweep(RUN, LEASE, LEASE);
    const [first = "", second = ""] = rows;
    expect(await ledger.resendUncertain(RUN, 50_000, ({ row }) => row === first)).toBe(1);
    expect(await ledger.nextDue(RUN)).toBe(50_000);
    expect(await ledger.claim(RUN, "two", 9, 49_999)).toEqual([]);
    expect(await take(ledger, "two", 50_000)).toMatchObject({ row: first, attempts: 1 });
    // It is the new holder's now.
    expect(await ledger.settle(RUN, "one", first, SENT)).toBe(false);
    expect(await ledger.settle(RUN, "one", second, SENT)).toBe(true);
    expect(await ledger.resendUncertain(RUN, 60_000)).toBe(2);
    expect(await ledger.resendUncertain(RUN, 60_000)).toBe(0);
    expect(await ledger.counts(RUN)).toMatchObject({ pending: 2, claimed: 1, sent: 1, uncertain: 0 });
  });

  test("what was sent again since it was read, or is asked for no more, is not sent once more", async () => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(1), 0);
    await takeAndArm(ledger, "one", 0);
    await ledger.sweep(RUN, LEASE, LEASE);
    const all = () => true;
    expect(await ledger.resendUncertain(RUN, 0, all, async () => false)).toBe(0);
    const sentMeanwhile = async () => {
      await ledger.resendUncertain(RUN, 0);
      const { row } = await takeAndArm(ledger, "two", 0);
      return ledger.settle(RUN, "two", row, { is: "uncertain" });
    };
    expect(await ledger.resendUncertain(RUN, 0, all, sentMeanwhile)).toBe(0);
    expect(await ledger.counts(RUN)).toMatchObject({ pending: 0, uncertain: 1 });
  });

  test("a run that is closed sends nothing more but what is on the wire, and tells who did not get it", async () => {
    const ledger = await open();
    const untold = { ...recipient(700), untold: true } as const;
    await ledger.expand(RUN, [...recipients(700), untold], 0);
    const armed = await takeAndArm(ledger, "one", 0);
    const claimed = await take(ledger, "one", 0);
    expect(await ledger.close(RUN)).toBe(700);
    expect(await ledger.close(RUN)).toBe(0);
    expect(await ledger.arm(RUN, "one", claimed.row, 0)).toBe(false);
    expect(await ledger.settle(RUN, "one", claimed.row, { is: "again", at: 5 })).toBe(false);
    expect(await ledger.claim(RUN, "two", 9, 1e9)).toEqual([]);
    expect(await ledger.settle(RUN, "one", armed.row, SENT)).toBe(true);
    expect(await ledger.expand(RUN, recipients(700), 0)).toBe(0);
    expect(await ledger.counts(RUN)).toMatchObject({ pending: 0, claimed: 0, sending: 0, sent: 1, unsent: 700 });
    const listed = await ledger.list(RUN, "unsent", undefined, 999);
    expect(listed).toHaveLength(700);
    expect(listed.map(({ row }) => row)).not.toContain(armed.row);
    const those = [armed, ...listed].map(({ address: { person }, untold: is }) => [person, is]);
    expect(those.filter(([, is]) => is)).toEqual([[untold.address.person, true]]);
  });

  test("of each recipient it is told where their row is", async () => {
    const store = await place().open();
    const { ledger } = store;
    await ledger.expand(RUN, recipients(4), 0);
    const sent = await takeAndArm(ledger, "one", 0);
    await ledger.settle(RUN, "one", sent.row, SENT);
    const armed = await takeAndArm(ledger, "one", 0);
    const erased = await take(ledger, "one", 0);
    for (const each of store.personalData) await each.erase(erased.address.channel, erased.address.person);
    const asked = [sent, armed, erased, recipient(9)].map(({ address }) => address);
    expect(await ledger.statesOf(RUN, asked)).toEqual(["sent", "sending", "erased", undefined]);
    await ledger.close(RUN);
    expect(
      new Set(
        await ledger.statesOf(
          RUN,
          recipients(4).map(({ address }) => address),
        ),
      ),
    ).toEqual(new Set(["erased", "sending", "sent", "unsent"]));
    expect(await ledger.statesOf("none", asked)).toEqual(asked.map(() => undefined));
    expect(await ledger.statesOf(RUN, [])).toEqual([]);
  });

  test("rows that ended are listed page by page, with what was sent and to whom", async () => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(7), 0);
    const sent = new Map<string, string>();
    for (let at = 0; at < 6; at += 1) {
      const { row } = await takeAndArm(ledger, "one", 0);
      await ledger.settle(RUN, "one", row, at === 5 ? { is: "failed", why: "left" } : { is: "sent", reference: `m-${at}` });
      if (at < 5) sent.set(row, `m-${at}`);
    }
    const found = [];
    for (let after: string | undefined; ;) {
      const page = await ledger.list(RUN, "sent", after, 2);
      found.push(...page);
      if (page.length < 2) break;
      after = page.at(-1)?.row;
    }
    expect(found.map(({ row, reference }) => [row, reference])).toEqual([...sent].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    expect(found.every(({ address }) => recipients(7).some((each) => each.address.person === address.person))).toBe(true);
    // Who left keeps no name in it.
    expect(await ledger.list(RUN, "failed", undefined, 9)).toEqual([]);
    expect((await ledger.counts(RUN)).failed.left).toBe(1);
  });

  test("of some people it is known of what a row tells them, and what it was shown once it was on the wire", async () => {
    const store = await place().open();
    const { ledger } = store;
    const telling = (at: number) => ({ ...recipient(at), tells: ["gather01", "guide001"] });
    await ledger.expand(RUN, [0, 1, 2].map(telling), 0);
    const expected = new Map<string, readonly string[] | undefined>();
    for (const end of [SENT, { is: "failed", why: "left" }, { is: "uncertain" }] as const) {
      const { row, address, language } = await take(ledger, "one", 0);
      if (end.is !== "failed") {
        const shows = { address, language, tells: [`only-${end.is}`] };
        expect(await ledger.arm(RUN, "two", row, 0, { ...shows, tells: ["stolen"] })).toBe(false);
        expect(await ledger.arm(RUN, "one", row, 0, shows)).toBe(true);
      }
      await ledger.settle(RUN, "one", row, end);
      expected.set(address.person, end.is === "failed" ? undefined : [`only-${end.is}`]);
    }
    const all = [0, 1, 2, 3].map((at) => recipient(at).address);
    expect(await ledger.tellsOf(RUN, all)).toEqual(all.map(({ person }) => expected.get(person)));
    const listed = [await ledger.list(RUN, "sent", undefined, 9), await ledger.list(RUN, "uncertain", undefined, 9)].flat();
    expect(listed.map(({ tells }) => tells)).toEqual([["only-sent"], ["only-uncertain"]]);
    expect(await ledger.tellsOf("none", all.slice(0, 1))).toEqual([undefined]);
    expect(await ledger.tellsOf(RUN, [])).toEqual([]);
    await ledger.expand("another", [recipient(0)], 0);
    expect(await ledger.tellsOf("another", all.slice(0, 1))).toEqual([[]]);
  });

  test("erasing a person leaves a mark without a name in every run, and nothing is sent to it ever", async () => {
    const store = await place().open();
    const { ledger, personalData } = store;
    const { channel, person } = recipient(0).address;
    await ledger.expand(RUN, recipients(2), 0);
    await ledger.expand("another", recipients(2), 0);
    const armed = await ledger.claim("another", "one", 2, 0);
    for (const { row } of armed === "fenced" ? [] : armed) {
      await ledger.arm("another", "one", row, 0);
      await ledger.settle("another", "one", row, SENT);
    }
    const exported = (await Promise.all(personalData.map((each) => each.export(channel, person)))).flat();
    expect(exported).toEqual([
      { delivery: "another", state: "sent", ...recipient(0) },
      { delivery: RUN, state: "pending", ...recipient(0) },
    ]);

    for (let time = 0; time < 2; time += 1) for (const each of personalData) await each.erase(channel, person);
    expect((await Promise.all(personalData.map((each) => each.export(channel, person)))).flat()).toEqual([]);
    expect(await ledger.counts(RUN)).toMatchObject({ pending: 1, erased: 1 });
    expect(await ledger.counts("another")).toMatchObject({ sent: 1, erased: 1 });
    expect(await ledger.expand(RUN, recipients(2), 0)).toBe(0);
    const left = await ledger.claim(RUN, "one", 9, 10);
    expect(left === "fenced" ? [] : left.map(({ address }) => address)).toEqual([recipient(1).address]);
    expect((await ledger.list("another", "sent", undefined, 9)).map(({ address }) => address)).toEqual([recipient(1).address]);
  });

  test("a person who is erased while a message to them is on the wire stays erased", async () => {
    const store = await place().open();
    const { channel, person } = recipient(0).address;
    await store.ledger.expand(RUN, recipients(1), 0);
    const { row } = await takeAndArm(store.ledger, "one", 0);
    for (const each of store.personalData) await each.erase(channel, person);
    expect(await store.ledger.settle(RUN, "one", row, SENT)).toBe(false);
    expect(await store.ledger.sweep(RUN, LEASE, 1e9)).toBe(0);
    expect(await store.ledger.counts(RUN)).toMatchObject({ sent: 0, sending: 0, erased: 1 });
  });

  test("neither a person nor a message of theirs lies in the ledger in clear, and two runs do not tell that it is the same one", async () => {
    const ledger = await open();
    await ledger.expand(RUN, recipients(1), 0);
    await ledger.expand("another", recipients(1), 0);
    const one = await takeAndArm(ledger, "one", 0);
    await ledger.settle(RUN, "one", one.row, SENT);
    const scanned = (await place().scan()).join("\n");
    expect(scanned).toContain(RUN);
    for (const told of ["7799", "telegram", "778811"]) expect(scanned).not.toContain(told);
    expect((await take(ledger, "one", 0, "another")).row).not.toBe(one.row);
  });

  test("a run is gone with all its rows after the retention", async () => {
    const store = await place().open({ retentionMs: 400 });
    await store.ledger.expand(RUN, recipients(2), 0);
    expect((await store.ledger.counts(RUN)).pending).toBe(2);
    while ((await store.ledger.counts(RUN)).pending > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await store.ledger.claim(RUN, "one", 9, 10)).toEqual([]);
    expect(await store.ledger.expand(RUN, recipients(2), 0)).toBe(2);
  });

  test("a run is kept for as long as is asked for, and an erasure finds it there", async () => {
    const store = await place().open({ retentionMs: 300 });
    const { channel, person } = recipient(0).address;
    for (const run of [RUN, "another"]) await store.ledger.expand(run, recipients(2), 0);
    expect(await store.ledger.keep(RUN, Date.now() + 3_600_000)).toBe(true);
    // What is shorter, or is added later, does not shorten it.
    expect(await store.ledger.keep(RUN, Date.now() + 1)).toBe(true);
    await store.ledger.expand(RUN, recipients(3), 0);
    while ((await store.ledger.counts("another")).pending > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await store.ledger.keep("another", Date.now() + 3_600_000)).toBe(false);
    expect(await store.ledger.counts(RUN)).toMatchObject({ pending: 3, erased: 0 });
    for (const each of store.personalData) await each.erase(channel, person);
    expect(await store.ledger.counts(RUN)).toMatchObject({ pending: 2, erased: 1 });
    const { row } = await takeAndArm(store.ledger, "one", 10);
    expect(await store.ledger.settle(RUN, "one", row, SENT)).toBe(true);
    expect(await store.ledger.list(RUN, "sent", undefined, 9)).toHaveLength(1);
  });

  test("a recipient sealed with a key of another process waits for that one, and a spoilt one is refused and told", async () => {
    const first = await place().open();
    await first.ledger.expand(RUN, recipients(1), 0);
    await first[Symbol.asyncDispose]();
    await (await place().open({ secretKey: OTHER_KEY, previousKey: SECRET_KEY }))[Symbol.asyncDispose]();

    const told: string[] = [];
    const { ledger } = await place().open({ secretKey: OTHER_KEY, report: ({ code }) => told.push(code) });
    expect(await ledger.claim(RUN, "one", 9, 10)).toEqual([]);
    expect(told).toEqual(["store.sealed"]);
    expect(await ledger.nextDue(RUN)).toBeGreaterThan(1000);
    await place().spoil("recipient");
    expect(await ledger.claim(RUN, "one", 9, 1e9)).toEqual([]);
    expect(told).toEqual(["store.sealed", "store.spoilt"]);
    expect((await ledger.counts(RUN)).failed.refused).toBe(1);
  });
}
