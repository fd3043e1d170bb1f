import { expect, test } from "vitest";
import type { Entry } from "#core/entry.ts";
import type { Sent } from "#core/ports.ts";
import { createDraftCards } from "#desk/draft-cards.ts";
import { createEntries } from "#desk/entries.ts";
import { problemsOfEntry, readEntry } from "#knowledge/schema.ts";
import { createLog } from "#ops/log.ts";
import { TODAY } from "../support/knowledge.ts";
import { createStaffRoom } from "../support/staff-room.ts";
import { describeStores, type Place } from "../support/store.ts";
import { ZEPPELIN } from "../support/zeppelin.ts";

const SECOND = 1000;
const { id } = ZEPPELIN;

/** Drafts over a store and a staff's room, at an hour that only the test moves. */
async function scene(place: Place) {
  let time = TODAY;
  const now = () => time;
  const { records } = await place.open({ now });
  const rules = () => ({ approvers: ["ali"], problemsOf: problemsOfEntry });
  const entries = createEntries({ records, rules, readEntry, now });
  const room = createStaffRoom();
  const log = createLog("silent");
  const process = (holder: string, more = {}) =>
    createDraftCards({
      records,
      room: { ...room, ...more },
      entries,
      language: "tr",
      alike: () => [],
      shown: () => undefined,
      consequences: async () => ({ count: 0, first: [] }),
      now,
      holder,
      log,
    });
  const cards = () => [...room.posted.values()].map(({ post }) => `${room.read(post)} [${post.buttons.length}]`);
  let acts = 0;
  const act = (
    by: string,
    what: { do: "propose"; answer: string; more?: Partial<Entry> } | { do: "approve" | "reject"; version: number },
  ) => {
    acts += 1;
    const envelope = { id: `act-${acts}`, by };
    if (what.do !== "propose") return entries.act(id, { ...envelope, ...what });
    return entries.act(id, {
      ...envelope,
      do: "propose",
      entry: { ...ZEPPELIN, answer: { tr: what.answer, en: what.answer }, ...what.more },
    });
  };
  return { room, process, cards, act, pass: (milliseconds: number) => (time += milliseconds) };
}

describeStores("the card of a draft", (place) => {
  test("has all that is to be decided on: topic, legal basis and day of review too", async () => {
    const { process, cards, act } = await scene(place());
    const basis = { tr: "1163 sayılı Kanun, m. 16", en: "Law 1163, art. 16" };
    await act("ayse", { do: "propose", answer: "Her salı.", more: { topic: "cooperatives", basis, review: "2027-01-31" } });
    await process("here").settleOwed();
    expect(cards()[0]).toMatch(/Konu: Kooperatifçilik\n[^]*Dayanak: 1163 sayılı Kanun, m\. 16[^]*Law 1163[^]*31 Ocak 2027/);
  });

  test("whose posting had no known end is found, and shows what was decided meanwhile", async () => {
    const { room, process, cards, act, pass } = await scene(place());
    const drafts = process("here");
    await act("ayse", { do: "propose", answer: "Her salı." });
    room.fails.push("lost");
    await drafts.settleOwed();
    await act("ali", { do: "approve", version: 1 });
    pass(10 * SECOND);
    await drafts.settleOwed();
    expect(cards()).toEqual([expect.stringMatching(/Yayında[\s\S]*\[2\]$/)]);
  });

  test("is one, though the draft was changed before anybody knew that the card stands there", async () => {
    const { room, process, cards, act, pass } = await scene(place());
    const drafts = process("here");
    await act("ayse", { do: "propose", answer: "Her salı." });
    room.fails.push("lost");
    await drafts.settleOwed();
    await act("veli", { do: "propose", answer: "Her cuma." });
    pass(10 * SECOND);
    await drafts.settleOwed();
    expect(cards()).toEqual([expect.stringMatching(/Onay bekliyor[\s\S]*Her cuma\.[\s\S]*\[3\]$/)]);
  });

  test("is posted by another process seconds after the first one died over it", async () => {
    const { room, process, cards, act, pass } = await scene(place());
    await act("ayse", { do: "propose", answer: "Her salı." });
    let end: (sent: Sent) => void = () => {};
    const began = Promise.withResolvers<void>();
    const post = () => {
      began.resolve();
      return new Promise<Sent>((resolve) => (end = resolve));
    };
    const dying = process("dying", { post }).settleOwed();
    await began.promise;
    const other = process("other");
    pass(10 * SECOND);
    await other.settleOwed();
    expect(cards()).toEqual([]);
    pass(5 * SECOND);
    await other.settleOwed();
    expect(cards()).toHaveLength(1);
    // Should it live after all, it changes nothing any more.
    end({ ok: false, why: "unknown" });
    await dying;
    pass(10 * SECOND);
    await other.settleOwed();
    expect([cards(), room.fails]).toEqual([[expect.stringContaining("Onay bekliyor")], []]);
  });
});
