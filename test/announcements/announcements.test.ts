import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createAnnouncements, type Announcements } from "#announcements/announcements.ts";
import { createEventNews } from "#announcements/event-news.ts";
import { createHold } from "#announcements/hold.ts";
import { createStaffEvents, type StaffEvents } from "#announcements/staff-events.ts";
import { announcementIdFor, type Announcement } from "#core/announcement.ts";
import type { AnnouncementAction, AnnouncementDraft } from "#core/announcing.ts";
import type { Event } from "#core/event.ts";
import type { Store } from "#core/ports.ts";
import { cancelledBy, type EventAction } from "#core/staff-event.ts";
import { createAudit } from "#desk/audit.ts";
import { createPublication } from "#desk/publication.ts";
import { readEvent } from "#knowledge/schema.ts";
import { failingFor } from "../support/failing.ts";
import { GATHERING } from "../support/gathering.ts";
import { TODAY } from "../support/knowledge.ts";
import { failingOnce } from "../support/failing.ts";
import { describeStores } from "../support/store.ts";

const APPROVERS = ["ayse", "ali"];
const DRAFT: AnnouncementDraft = {
  news: "news",
  topics: ["union"],
  audience: { of: "subscribers", topics: ["union"] },
  text: { tr: { title: "Yeni adresimiz", body: "Artık Kızılay'dayız." } },
  urgent: true,
};
// It may be moved to any day.
const EVENT: Event = { ...GATHERING, end: undefined, status: "planned" };
const MOVED: Event = { ...EVENT, start: "2026-12-06T14:00" };
const TOLD = { text: { tr: { title: "Tarih değişti", body: "6 Aralık." } }, urgent: false };

interface Desk {
  readonly announcements: Announcements;
  readonly events: StaffEvents;
  readonly faults: unknown[];
}

function deskOver({ records, ledger }: Store, approvers = APPROVERS, now = () => TODAY): Desk {
  const faults: unknown[] = [];
  const { note } = createAudit(records);
  const publication = createPublication(records, "announcements", now);
  const cancelled = async (key: string) => {
    const who = cancelledBy((await events.record(key)) ?? { versions: [] });
    return who === undefined ? undefined : { by: who };
  };
  const announcements = createAnnouncements({ records, ledger, publication, rules: () => ({ approvers }), cancelled, note, now });
  const events = createStaffEvents({
    records,
    rules: () => ({ approvers, inFiles: (key) => (key === "dosyadan" ? { ...EVENT, key, sequence: 4 } : undefined) }),
    readEvent,
    publication: createPublication(records, "events", now),
    tell: createEventNews({ ...announcements, isReminded: async () => false }),
    failed: (fault) => faults.push(fault),
    note,
    now,
  });
  return { announcements, events, faults };
}

type Did = AnnouncementAction["do"];
interface Model {
  state: Announcement["state"] | "none";
  revision: number;
  writers: Set<string>;
  correction: string | undefined;
  after: { does: string; done: boolean }[];
  resending: boolean;
}
const NEEDS_APPROVER: ReadonlySet<Did> = new Set(["approve", "resume", "approve-correction", "withdraw", "resend-uncertain"]);
/** From which states what leads where. */
const LEADS: Readonly<Partial<Record<Did, Partial<Record<Model["state"], Model["state"]>>>>> = {
  write: { none: "draft" },
  edit: { draft: "draft" },
  discard: { draft: "discarded", scheduled: "discarded" },
  approve: { draft: "scheduled" },
  start: { scheduled: "sending" },
  pause: { sending: "paused" },
  resume: { paused: "sending" },
  stop: { sending: "stopped", paused: "stopped" },
  end: { sending: "done", paused: "done" },
  correct: { done: "done", stopped: "stopped" },
  "approve-correction": { done: "done", stopped: "stopped" },
  "drop-correction": { done: "done", stopped: "stopped" },
  withdraw: { done: "done", stopped: "stopped" },
  "resend-uncertain": { done: "done" },
  resend: { done: "sending" },
  "end-after": { done: "done", stopped: "stopped", sending: "sending", paused: "paused" },
};

/** Whether the model takes an action; where it does, it is changed. */
function takes(model: Model, action: AnnouncementAction): boolean {
  const next = LEADS[action.do]?.[model.state];
  const by = "by" in action ? action.by : "";
  if (next === undefined || (NEEDS_APPROVER.has(action.do) && !APPROVERS.includes(by))) return false;
  const withdrawn = model.after.some(({ does }) => does === "withdraw");
  const busy = model.resending || model.after.some(({ done }) => !done);
  switch (action.do) {
    case "approve":
      if (action.revision !== model.revision || model.writers.has(by)) return false;
      break;
    case "write":
    case "edit":
      model.revision += 1;
      model.writers.add(by);
      break;
    case "correct":
      if (withdrawn) return false;
      model.revision += 1;
      model.correction = by;
      break;
    case "drop-correction":
      if (model.correction === undefined || withdrawn) return false;
      model.correction = undefined;
      break;
    case "approve-correction":
      if (model.correction === undefined || withdrawn || busy || model.correction === by || action.revision !== model.revision)
        return false;
      model.correction = undefined;
      model.after.push({ does: "correct", done: false });
      break;
    case "withdraw":
      if (busy) return false;
      model.correction = undefined;
      model.after.push({ does: "withdraw", done: false });
      break;
    case "resend-uncertain":
      if (withdrawn || busy) return false;
      model.resending = true;
      break;
    case "resend":
      if (!model.resending) return false;
      model.resending = false;
      break;
    case "end-after": {
      const ended = model.after[Number(action.run.split("-")[1]) - 1];
      if (ended === undefined || ended.done) return false;
      ended.done = true;
    }
  }
  model.state = next;
  return true;
}

const ANY = "aaaa1111";
const by = fc.constantFrom("ayse", "ali", "veli");
const id = fc.uuid();
const revision = fc.integer({ min: 1, max: 3 });
const words = fc
  .integer({ min: 0, max: 1_000_000 })
  .map((count) => ({ tr: { title: "Yeni adresimiz", body: `Kapı ${count}.` } }));
const anyAction: fc.Arbitrary<AnnouncementAction> = fc.oneof(
  fc.record({ id, by, do: fc.constantFrom("write" as const, "edit" as const), draft: fc.constant(DRAFT) }),
  fc.record({ id, by, do: fc.constant("approve" as const), revision, urgent: fc.boolean() }),
  fc.record({ id, by, do: fc.constant("approve-correction" as const), revision }),
  fc.record({ id, by, do: fc.constantFrom("pause" as const, "resume" as const, "stop" as const, "discard" as const) }),
  fc.record({ id, by, do: fc.constantFrom("withdraw" as const) }),
  fc.record({ id, by, do: fc.constantFrom("resend-uncertain" as const) }),
  fc.record({ id, by, do: fc.constant("drop-correction" as const) }),
  fc.record({ id, by, do: fc.constant("correct" as const), text: words }),
  fc.record({ id, do: fc.constantFrom("start" as const, "end" as const, "resend" as const) }),
  fc.record({ id, do: fc.constant("end-after" as const), run: fc.constantFrom(`${ANY}-1`, `${ANY}-2`) }),
);
/** Mostly on the way that announcements go, so that its far end is seen as well. */
const USUAL: readonly AnnouncementAction[] = [
  { id: "u1", by: "veli", do: "write", draft: DRAFT },
  { id: "u2", by: "ayse", do: "approve", revision: 1, urgent: false },
  { id: "u3", do: "start" },
  { id: "u4", do: "end" },
  { id: "u5", by: "veli", do: "correct", text: { tr: { title: "Yeni adresimiz", body: "Artık Çankaya'dayız." } } },
];
const FAR_ENDS: readonly (readonly AnnouncementAction[])[] = [
  [...USUAL, { id: "f1", by: "ayse", do: "approve-correction", revision: 2 }],
  [...USUAL, { id: "f2", by: "ayse", do: "withdraw" }],
  [...USUAL.slice(0, 3), { id: "f3", by: "ayse", do: "pause" }],
  [...USUAL.slice(0, 4), { id: "f4", by: "ayse", do: "resend-uncertain" }, { id: "f5", do: "resend" }],
];
const anyActions = fc
  .tuple(fc.integer({ min: 0, max: USUAL.length }), fc.array(anyAction, { minLength: 3, maxLength: 25 }))
  .map(([usual, others]) => [...USUAL.slice(0, usual), ...others]);

describeStores("announcements", (place) => {
  test(
    "go the way that the rules allow, whatever is done in whatever order, and twice is once",
    { timeout: 60_000 },
    async () => {
      const { announcements } = deskOver(await place().open());
      const seen = new Set<string>();
      let round = 0;
      await fc.assert(
        fc.asyncProperty(anyActions, async (actions) => {
          round += 1;
          const model: Model = {
            state: "none",
            revision: 0,
            writers: new Set(),
            correction: undefined,
            after: [],
            resending: false,
          };
          const own = `${ANY}${round}`;
          for (const given of actions) {
            const action = "run" in given ? { ...given, run: given.run.replace(ANY, own) } : given;
            const expected = takes(model, action);
            const outcome = await announcements.act(own, action);
            expect([action.do, outcome.kind]).toEqual([action.do, expected ? "done" : "refused"]);
            if (outcome.kind === "refused") continue;
            const again = await announcements.act(own, action);
            expect(again).toMatchObject({ kind: "done", changed: false });
            expect(outcome.announcement).toMatchObject({ state: model.state, id: own });
            expect((outcome.announcement.after ?? []).map(({ does, done }) => ({ does, done }))).toEqual(model.after);
            expect(outcome.announcement.correction?.by).toBe(model.correction);
            seen.add(`${model.state} ${action.do}`);
            expect(await announcements.announcement(own)).toEqual(outcome.announcement);
          }
        }),
        // The far ends are seen in every run, whatever chance brings.
        { numRuns: 120, examples: FAR_ENDS.map((ways) => [[...ways]]) },
      );
      for (const way of [
        "scheduled approve",
        "done withdraw",
        "done resend-uncertain",
        "sending resend",
        "paused pause",
        "done approve-correction",
      ])
        expect([...seen]).toContain(way);
    },
  );

  test("are approved by another person, and urgent only where that is approved as well", async () => {
    const store = await place().open();
    const { announcements } = deskOver(store);
    const act = async (action: AnnouncementAction) => announcements.act("bbbb2222", action);
    await act({ id: "1", by: "ayse", do: "write", draft: DRAFT });
    const approve = (name: string, who: string, urgent: boolean, seen = 1) =>
      act({ id: name, by: who, do: "approve", revision: seen, urgent });
    expect(await approve("2", "ayse", true)).toEqual({ kind: "refused", refusal: { why: "own-draft" } });
    expect(await approve("3", "veli", true)).toEqual({ kind: "refused", refusal: { why: "not-approver" } });
    await act({ id: "4", by: "veli", do: "edit", draft: { ...DRAFT, urgent: true } });
    expect(await approve("5", "ali", false)).toEqual({ kind: "refused", refusal: { why: "changed", by: "veli" } });
    expect(await approve("6", "ali", false, 2)).toMatchObject({ announcement: { state: "scheduled", urgent: false } });
    expect((await announcements.due()).map(({ state }) => state)).toEqual(["scheduled"]);
    const off = deskOver(store, []);
    await off.announcements.act("cccc3333", { id: "1", by: "ayse", do: "write", draft: DRAFT });
    const refused = await off.announcements.act("cccc3333", { id: "2", by: "ali", do: "approve", revision: 1, urgent: false });
    expect(refused).toEqual({ kind: "refused", refusal: { why: "publishing-off" } });
  });

  test("what was taken out of a draft is not in it any more", async () => {
    const { announcements } = deskOver(await place().open());
    const full = { ...DRAFT, news: "event" as const, event: EVENT.key, sendAt: TODAY + 60_000 };
    await announcements.act("eeee5555", { id: "1", by: "veli", do: "write", draft: full });
    await announcements.act("eeee5555", { id: "2", by: "veli", do: "edit", draft: DRAFT });
    const { event, sendAt, news } = (await announcements.announcement("eeee5555")) ?? {};
    expect({ event, sendAt, news }).toEqual({ event: undefined, sendAt: undefined, news: "news" });
    expect(await announcements.about(EVENT.key)).toEqual([]);
  });

  test("are paused and stopped by anybody, and go on by an approver's word; an approval holds though its giver is one no more", async () => {
    const store = await place().open();
    const { announcements } = deskOver(store);
    const act = async (action: AnnouncementAction) => announcements.act("ffff6666", action);
    await act({ id: "1", by: "veli", do: "write", draft: DRAFT });
    await act({ id: "2", by: "ayse", do: "approve", revision: 1, urgent: false });
    const later = deskOver(store, ["ali"]).announcements;
    expect(await later.act("ffff6666", { id: "3", do: "start" })).toMatchObject({ announcement: { state: "sending" } });
    expect(await act({ id: "4", by: "veli", do: "pause" })).toMatchObject({ announcement: { state: "paused" } });
    expect(await act({ id: "5", by: "veli", do: "resume" })).toEqual({ kind: "refused", refusal: { why: "not-approver" } });
    expect(await later.act("ffff6666", { id: "6", by: "ayse", do: "resume" })).toMatchObject({ kind: "refused" });
    expect(await act({ id: "7", by: "ali", do: "resume" })).toMatchObject({ announcement: { state: "sending" } });
    expect(await act({ id: "8", by: "veli", do: "stop" })).toMatchObject({ announcement: { state: "stopped" } });
  });

  test("are all found again, however many were sent", { timeout: 60_000 }, async () => {
    const store = await place().open();
    const { announcements } = deskOver(store);
    await announcements.act("ffff6666", { id: "1", by: "veli", do: "write", draft: DRAFT });
    const written = await announcements.announcement("ffff6666");
    for (let at = 0; at < 1010; at += 1) {
      const value = { ...written, id: announcementIdFor(`many-${at}`), state: "done" };
      await store.records.put("announcements", value.id, { value, over: 0, index: { sent: "yes" } });
    }
    expect(new Set((await announcements.sent()).map((each) => each.id)).size).toBe(1010);
  });

  test("are held all at once by anybody, and go on by an approver's word; the log knows who, and no words", async () => {
    const store = await place().open();
    const audit = createAudit(store.records);
    const hold = createHold(store.records, { rules: () => ({ approvers: APPROVERS }), note: audit.note, now: () => TODAY });
    expect(await hold.held()).toBeUndefined();
    expect(await hold.set("1", "veli", true)).toBeUndefined();
    expect(await hold.held()).toEqual({ by: "veli", at: TODAY });
    expect(await hold.set("2", "veli", false)).toEqual({ why: "not-approver" });
    expect(await hold.held()).toBeDefined();
    expect(await hold.set("3", "ali", false)).toBeUndefined();
    expect(await hold.held()).toBeUndefined();
    const { announcements } = deskOver(store);
    await announcements.act("dddd4444", { id: "w", by: "veli", do: "write", draft: DRAFT });
    const told = await audit.list({ day: new Date(TODAY).toISOString().slice(0, 10) }, 99);
    expect(told.map(({ did, by: who }) => `${who} ${did}`).toSorted()).toEqual([
      "ali announcement.resume-all",
      "veli announcement.hold-all",
      "veli announcement.write",
      "veli refused",
    ]);
    expect(JSON.stringify(told)).not.toMatch(/adres|Kızılay/);
  });
});

describeStores("the log of what staff announce", (place) => {
  const NOTED = { by: "ali", at: TODAY };
  const failing = async () => {
    const dying = new Set<string>();
    const store = failingFor(await place().open(), dying);
    const audit = createAudit(store.records);
    const noted = async (on: string) => (await audit.list({ on }, 99)).map(({ by, did }) => `${by} ${did}`).toSorted();
    /** The process dies after the deed and before the note of it; then it is asked again. */
    const twice = async (act: () => Promise<unknown>) => {
      dying.add("audit");
      await expect(act()).rejects.toThrow("away");
      await act();
    };
    return { store, audit, noted, twice };
  };

  test("knows each deed though a process died before it had noted it", async () => {
    const { store, audit, noted, twice } = await failing();
    const { announcements, events } = deskOver(store);
    const by = "ali";
    await announcements.act("eeee5555", { id: "1", by: "veli", do: "write", draft: DRAFT });
    await twice(() => announcements.act("eeee5555", { id: "2", by, do: "approve", revision: 1, urgent: false }));
    expect(await noted("eeee5555")).toEqual(["ali announcement.approve", "veli announcement.write"]);

    await twice(() => events.act(EVENT.key, { id: "3", by, do: "propose", change: "new", event: EVENT }));
    expect(await noted(EVENT.key)).toEqual(["ali event.propose"]);

    const hold = createHold(store.records, { rules: () => ({ approvers: APPROVERS }), note: audit.note, now: () => TODAY });
    await twice(() => hold.set("4", by, true));
    await hold.set("5", "veli", true);
    expect(await hold.held()).toEqual(NOTED);
    await twice(() => hold.set("6", by, false));
    expect(await noted("announcement-hold")).toEqual(["ali announcement.hold-all", "ali announcement.resume-all"]);
  });

  test("knows what was refused first and done later under the same id, as both", async () => {
    const { store, audit, noted } = await failing();
    const approvers: string[] = [];
    const { announcements, events } = deskOver(store, approvers);
    const hold = createHold(store.records, { rules: () => ({ approvers }), note: audit.note, now: () => TODAY });
    await announcements.act("ffff6666", { id: "1", by: "veli", do: "write", draft: DRAFT });
    await events.act(EVENT.key, { id: "2", by: "veli", do: "propose", change: "new", event: EVENT });
    await hold.set("3", "veli", true);
    const approve = async () => {
      await announcements.act("ffff6666", { id: "4", by: "ali", do: "approve", revision: 1, urgent: false });
      await events.act(EVENT.key, { id: "5", by: "ali", do: "approve", version: 1, urgent: false });
      await hold.set("6", "ali", false);
    };
    await approve();
    approvers.push("ali");
    await approve();
    expect(await noted("ffff6666")).toEqual(["ali announcement.approve", "ali refused", "veli announcement.write"]);
    expect(await noted(EVENT.key)).toEqual(["ali event.approve", "ali refused", "veli event.propose"]);
    expect(await noted("announcement-hold")).toEqual([
      "ali announcement.resume-all",
      "ali refused",
      "veli announcement.hold-all",
    ]);
  });
});

const BEGINS: readonly EventAction[] = [
  { id: "b1", by: "veli", do: "propose", change: "new", event: EVENT },
  { id: "b2", by: "ayse", do: "approve", version: 1, urgent: false },
];

describeStores("events of staff", (place) => {
  const anyEventAction: fc.Arbitrary<EventAction> = fc.oneof(
    fc.record({
      id,
      by,
      do: fc.constant("propose" as const),
      change: fc.constantFrom("new" as const, "edit" as const, "move" as const, "cancel" as const),
      // 0: on the draft that waits, where one does.
      over: fc.constantFrom(0, 0, 1, undefined),
      event: fc.integer({ min: 1, max: 28 }).map((day) => ({ ...EVENT, start: `2026-12-${String(day).padStart(2, "0")}T14:00` })),
    }),
    fc.record({
      id,
      by,
      do: fc.constantFrom("approve" as const, "reject" as const),
      // 0: the one that waits.
      version: fc.constantFrom(0, 0, 0, 1, 2),
      urgent: fc.boolean(),
    }),
  );

  test("hold what another person approved, number their changes, and stay cancelled", { timeout: 60_000 }, async () => {
    const { events } = deskOver(await place().open());
    let [round, cancelled, moved] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(anyEventAction, { minLength: 10, maxLength: 25 }), async (actions) => {
        round += 1;
        const key = `bulusma-${round}`;
        let held: Event | undefined;
        let writers = new Set<string>();
        for (const given of [...BEGINS, ...actions]) {
          const last = (await events.record(key))?.versions.at(-1);
          const draft = last?.decided === undefined ? last : undefined;
          const action =
            "version" in given
              ? { ...given, version: given.version || (last?.number ?? 0) }
              : given.over === 0
                ? { ...given, over: draft?.number }
                : given;
          const outcome = await events.act(key, action);
          if (outcome.kind === "refused") continue;
          if (action.do === "propose") {
            // What waited is taken the place of by whoever saw it, and by a cancellation.
            if (action.change !== "cancel") expect(action.over).toBe(draft?.number);
            writers.add(action.by);
            // Cancelled is cancelled, and there is one event of a key.
            expect([held?.status === "cancelled", (action.change === "new") === (held === undefined)]).toEqual([false, true]);
            continue;
          }
          const decided = outcome.record.versions.at(-1);
          if (action.do === "approve") {
            expect(APPROVERS).toContain(action.by);
            if (decided?.change !== "cancel") expect(writers.has(action.by)).toBe(false);
            expect(decided?.event.sequence).toBe(held === undefined ? 0 : held.sequence + 1);
            if (decided?.change === "cancel")
              expect(decided.event).toMatchObject({ ...held, status: "cancelled", sequence: (held?.sequence ?? 0) + 1 });
            if (decided?.change === "move") expect(decided.event.start).not.toBe(held?.start);
            held = decided?.event;
            cancelled += Number(decided?.change === "cancel");
            moved += Number(decided?.change === "move");
            expect((await events.published()).find(({ event }) => event.key === key)?.event).toEqual(held);
          }
          writers = new Set();
        }
      }),
      { numRuns: 60 },
    );
    expect(Math.min(cancelled, moved)).toBeGreaterThan(0);
  });

  test("a change of one from the files builds on what they hold", async () => {
    const { events } = deskOver(await place().open());
    const event = { ...MOVED, key: "dosyadan" };
    await events.act("dosyadan", { id: "1", by: "veli", do: "propose", change: "move", event });
    await events.act("dosyadan", { id: "2", by: "ali", do: "approve", version: 1, urgent: false });
    expect((await events.published()).map(({ event: each }) => each)).toEqual([{ ...event, sequence: 5 }]);
    expect(await events.act("nirgends", { id: "1", by: "veli", do: "propose", change: "move", event })).toEqual({
      kind: "refused",
      refusal: { why: "gone" },
    });
  });

  test("one that was moved tells exactly those who were told, once; what was not out yet does not go out", async () => {
    const store = await place().open();
    const { announcements, events } = deskOver(store);
    await events.act(EVENT.key, { id: "1", by: "veli", do: "propose", change: "new", event: EVENT });
    await events.act(EVENT.key, { id: "2", by: "ali", do: "approve", version: 1, urgent: false });
    for (const name of ["gone0001", "soon0001"]) {
      await announcements.act(name, { id: "1", by: "veli", do: "write", draft: { ...DRAFT, news: "event", event: EVENT.key } });
      await announcements.act(name, { id: "2", by: "ali", do: "approve", revision: 1, urgent: false });
    }
    await announcements.act("gone0001", { id: "3", do: "start" });
    await events.act(EVENT.key, { id: "3", by: "veli", do: "propose", change: "move", event: MOVED, told: TOLD });
    await events.act(EVENT.key, { id: "4", by: "ali", do: "approve", version: 2, urgent: true });

    const news = announcementIdFor(`${EVENT.key}-2`);
    expect(await announcements.announcement("gone0001")).toMatchObject({ state: "stopped" });
    expect(await announcements.announcement("soon0001")).toMatchObject({ state: "discarded" });
    expect(await announcements.announcement(news)).toMatchObject({
      news: "moved",
      audience: { of: "told", by: ["gone0001"] },
      state: "scheduled",
      urgent: false,
      author: "veli",
      approver: "ali",
    });
    await leaveOwing(store, EVENT.key, 2);
    expect(await events.settleOwed()).toBe(1);
    expect(await events.settleOwed()).toBe(0);
    expect((await announcements.about(EVENT.key)).map((each) => each.id).toSorted()).toEqual(
      ["gone0001", news, "soon0001"].toSorted(),
    );
  });

  test("news whose approver may not approve any more stands as a draft for another, keeps no other waiting, and is tried anew", async () => {
    let now = TODAY;
    const store = await place().open();
    const before = deskOver(store, APPROVERS, () => now);
    for (const [key, approver] of [
      ["a-bulusmasi", "ali"],
      ["b-bulusmasi", "ayse"],
    ] as const) {
      await before.events.act(key, { id: "1", by: "veli", do: "propose", change: "new", event: { ...EVENT, key } });
      await before.events.act(key, { id: "2", by: "ali", do: "approve", version: 1, urgent: false });
      await tellOf(before.announcements, `told${key.slice(0, 1)}001`, key);
      await before.events.act(key, { id: "3", by: "veli", do: "propose", change: "cancel", event: EVENT, told: TOLD });
      // The process dies before it has written the news down.
      const dying = deskOver(failingOnce(store, "announcements"), APPROVERS, () => now);
      await dying.events.act(key, { id: "4", by: approver, do: "approve", version: 2, urgent: false });
      expect(dying.faults).toEqual([expect.objectContaining({ code: "store.unavailable" })]);
    }
    now += 5000;
    const { announcements, events, faults } = deskOver(store, ["ayse"], () => now);
    expect(await events.settleOwed()).toBe(2);
    expect(faults).toEqual([expect.objectContaining({ code: "announcement.refused" })]);
    const news = announcementIdFor("a-bulusmasi-2");
    expect(await announcements.announcement(news)).toMatchObject({ state: "draft", news: "cancelled" });
    expect(await announcements.announcement(announcementIdFor("b-bulusmasi-2"))).toMatchObject({ state: "scheduled" });

    // Not at every look.
    expect(await events.settleOwed()).toBe(0);
    now += 5000;
    expect(await events.settleOwed()).toBe(1);
    expect(faults).toHaveLength(2);
    await announcements.act(news, { id: "5", by: "ayse", do: "approve", revision: 1, urgent: false });
    now += 60_000;
    expect([await events.settleOwed(), await events.settleOwed(), faults.length]).toEqual([1, 0, 2]);
    expect(await announcements.announcement(news)).toMatchObject({ state: "scheduled", approver: "ayse" });
  });

  test("two who write at once lose nothing of one another's", async () => {
    const { events } = deskOver(await place().open());
    const propose = (act: string, who: string, change: "new" | "edit" | "move" | "cancel", event: Event, over?: number) =>
      events.act(EVENT.key, { id: act, by: who, do: "propose", change, event, over });
    const refused = (refusal: object) => ({ kind: "refused", refusal });
    await propose("1", "veli", "new", EVENT);
    expect(await propose("2", "ayse", "new", { ...EVENT, city: "İzmir" })).toEqual(refused({ why: "taken" }));
    expect(await propose("3", "ayse", "new", { ...EVENT, fee: "Ücretsiz" }, 1)).toMatchObject({ kind: "done" });
    expect(await propose("4", "veli", "new", EVENT, 1)).toEqual(refused({ why: "changed", by: "ayse" }));
    await events.act(EVENT.key, { id: "5", by: "ali", do: "approve", version: 2, urgent: false });
    expect(await propose("6", "veli", "new", EVENT, 2)).toEqual(refused({ why: "no-draft" }));
    await propose("7", "ayse", "edit", { ...EVENT, fee: "100 TL" });
    expect(await propose("8", "veli", "move", MOVED)).toEqual(refused({ why: "waits", by: "ayse" }));
    // Nothing waits for a decision on a fee where nothing takes place.
    expect(await propose("9", "veli", "cancel", EVENT)).toMatchObject({ kind: "done" });
  });

  test("what is proposed meanwhile, and a correction that is approved, lose no news that is still owed", async () => {
    const store = await place().open();
    const { announcements, events } = deskOver(store);
    const propose = (act: string, change: "new" | "edit" | "move", event: Event) =>
      events.act(EVENT.key, { id: act, by: "veli", do: "propose", change, event, ...(change === "move" ? { told: TOLD } : {}) });
    const approve = (act: string, version: number) =>
      events.act(EVENT.key, { id: act, by: "ali", do: "approve", version, urgent: false });
    await propose("1", "new", EVENT);
    await approve("2", 1);
    await propose("3", "move", MOVED);
    await approve("4", 2);
    await tellOf(announcements, "told0001", EVENT.key);
    await leaveOwing(store, EVENT.key, 2);
    await propose("5", "edit", { ...MOVED, fee: "100 TL" });
    expect(await announcements.announcement(announcementIdFor(`${EVENT.key}-2`))).toBeUndefined();
    expect(await events.settleOwed()).toBe(1);
    expect(await announcements.announcement(announcementIdFor(`${EVENT.key}-2`))).toMatchObject({ state: "scheduled" });

    await tellOf(announcements, "told0002", EVENT.key);
    await approve("6", 3);
    await propose("7", "move", EVENT);
    await approve("8", 4);
    // Nobody knows of it yet.
    await leaveOwing(store, EVENT.key, 4);
    await propose("9", "edit", { ...EVENT, fee: "100 TL" });
    expect(await approve("10", 5)).toMatchObject({ record: { live: 5, owes: 4 } });
    expect(await events.settleOwed()).toBe(0);
  });

  test("a draft of one that was cancelled is approved no more, and whoever tries is told who cancelled it", async () => {
    const { announcements, events } = deskOver(await place().open());
    await events.act(EVENT.key, { id: "1", by: "veli", do: "propose", change: "new", event: EVENT });
    await events.act(EVENT.key, { id: "2", by: "ali", do: "approve", version: 1, urgent: false });
    const approve = async (name: string) =>
      announcements.act(name, { id: "2", by: "ali", do: "approve", revision: 1, urgent: false });
    for (const name of ["soon0001", "late0001"])
      await announcements.act(name, { id: "1", by: "veli", do: "write", draft: { ...DRAFT, news: "event", event: EVENT.key } });
    await events.act(EVENT.key, { id: "3", by: "veli", do: "propose", change: "cancel", event: EVENT, told: TOLD });
    expect(await approve("soon0001")).toMatchObject({ kind: "done" });
    await events.act(EVENT.key, { id: "4", by: "ayse", do: "approve", version: 2, urgent: false });
    expect(await approve("late0001")).toEqual({ kind: "refused", refusal: { why: "event-cancelled", by: "ayse" } });
    expect(await announcements.announcement("soon0001")).toMatchObject({ state: "discarded" });
  });

  test("one that nobody was told of is cancelled without a word, on its author's", async () => {
    const { announcements, events } = deskOver(await place().open());
    await events.act(EVENT.key, { id: "1", by: "veli", do: "propose", change: "new", event: EVENT });
    await events.act(EVENT.key, { id: "2", by: "ali", do: "approve", version: 1, urgent: false });
    await events.act(EVENT.key, { id: "3", by: "ali", do: "propose", change: "cancel", event: EVENT, told: TOLD });
    expect(await events.act(EVENT.key, { id: "4", by: "ali", do: "approve", version: 2, urgent: false })).toMatchObject({
      kind: "done",
    });
    expect((await events.published()).map(({ event }) => [event.status, event.sequence])).toEqual([["cancelled", 1]]);
    expect(await announcements.about(EVENT.key)).toEqual([]);
  });
});

/** Begins to send an announcement of an event. */
async function tellOf(announcements: Announcements, name: string, event: string): Promise<void> {
  await announcements.act(name, { id: "1", by: "veli", do: "write", draft: { ...DRAFT, news: "event", event } });
  await announcements.act(name, { id: "2", by: "ali", do: "approve", revision: 1, urgent: false });
  await announcements.act(name, { id: "3", do: "start" });
}

/** As a process leaves an event that dies before it has noted that a version is known. */
async function leaveOwing({ records }: Store, key: string, owes: number): Promise<void> {
  const stored = await records.get("staff-events", key);
  const value = { ...(stored?.value as object), owes };
  await records.put("staff-events", key, { value, over: stored?.version ?? 0, due: TODAY, expiresAt: TODAY * 2 });
}

describe("the id of an announcement", () => {
  test("travels in buttons, and is another for another act", () => {
    const acts = Array.from({ length: 300_000 }, (_each, at) => `sl-Ev0${(at * 7919).toString(36).padStart(8, "0")}`);
    const ids = new Set(acts.map((act) => announcementIdFor(act)));
    expect(ids.size).toBe(acts.length);
    for (const each of [...ids].slice(0, 5000)) expect(each).toMatch(/^[a-z0-9]{8}$/);
  });
});
