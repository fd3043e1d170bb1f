import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createEmbeddedJobs } from "#jobs/embedded.ts";
import { createEventNews } from "#announcements/event-news.ts";
import { createReminders } from "#reminders/reminders.ts";
import type { Ledger } from "#core/ledger.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { announcingOver, DAY_MS, DRAFT, EVENT, moveEvent, RETENTION_MS, type AnnouncingHouse } from "../support/announcing.ts";
import { TODAY } from "../support/knowledge.ts";
import { describeStores, SECRET_KEY } from "../support/store.ts";

const NEWS = { ...DRAFT, news: "news", event: undefined } as const;
const toldBy = (id: string) => ({ audience: { of: "told", by: [id] }, news: "cancelled", urgent: false }) as const;

describe("whom an announcement reached", () => {
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });
  /** The clock of the store is the test's: months pass in a moment. */
  const open = async (): Promise<AnnouncingHouse> => {
    const folder = mkdtempSync(path.join(tmpdir(), "imece-draw-"));
    const clock = { now: TODAY };
    const store = await openEmbeddedStore({ folder, secretKey: SECRET_KEY, now: () => clock.now, retentionMs: RETENTION_MS });
    opened.push(async () => {
      await store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    });
    return announcingOver(store, clock);
  };

  test("is known until its event is over, and for the retention after it, however early it was told of", async () => {
    const house = await open();
    await house.subscribe("1");
    await house.begin("early001");
    await house.draw("early001");
    await house.sendAll("early001");
    await house.act("early001", { id: "end", do: "end" });
    house.clock.now += RETENTION_MS + DAY_MS;
    expect(await house.drawing.size(toldBy("early001"))).toEqual({ single: 1, weekly: 0 });
    house.clock.now = Date.parse("2027-05-05T14:00:00Z") + RETENTION_MS - DAY_MS;
    expect(await house.drawing.isGone(["early001"])).toBe(false);
    expect(await house.drawing.size(toldBy("early001"))).toEqual({ single: 1, weekly: 0 });
    house.clock.now += 3 * DAY_MS;
    expect(await house.drawing.size(toldBy("early001"))).toEqual({ single: 0, weekly: 0 });
    expect(await house.drawing.isGone(["early001"])).toBe(true);
  });

  test("is told of a change with those who are to be reminded of the event, each once; who took that back is not", async () => {
    const house = await open();
    const { records } = house.store;
    const now = () => house.clock.now;
    const jobs = createEmbeddedJobs({ records, now, failed: () => {}, everyMs: 2 ** 30 });
    const handle = async () => "taken" as const;
    const reminders = createReminders({
      records,
      jobs,
      handle,
      events: () => [EVENT],
      held: async () => false,
      now,
      timeZone: "Europe/Istanbul",
    });
    const cancel = { change: "cancel", event: EVENT, told: { text: DRAFT.text, urgent: false } } as const;
    for (const [person, on] of [
      ["1", true],
      ["2", true],
      ["3", false],
    ] as const)
      await reminders.set({ channel: "telegram", chat: person, person }, EVENT.key, on);
    await house.subscribe("1");
    await house.begin("early001");
    await house.draw("early001");
    expect(await house.sendAll("early001")).toEqual(["1"]);

    await house.events.act(EVENT.key, { id: "1", by: "ayse", do: "propose", ...cancel });
    await house.events.act(EVENT.key, { id: "2", by: "ali", do: "approve", version: 1, urgent: false });
    const [news] = (await house.announcements.about(EVENT.key)).filter((each) => each.news === "cancelled");
    if (news === undefined) throw new Error("Nobody is told.");
    expect(await house.drawing.size(news)).toEqual({ single: 2, weekly: 0 });
    await house.act(news.id, { id: "start", do: "start" });
    await house.draw(news.id);
    expect(await house.sendAll(news.id)).toEqual(["1", "2"]);
    await jobs[Symbol.asyncDispose]();
  });

  test("is kept on where the event is moved to a later day, and in the weekly messages that told of it", async () => {
    const house = await open();
    await house.subscribe("1");
    await house.begin("early001");
    await house.draw("early001");
    await house.sendAll("early001");
    await house.act("early001", { id: "end", do: "end" });
    house.clock.now += DAY_MS;
    await house.weeks.begin("week-1");
    const weekly = { address: { channel: "telegram", chat: "2", person: "2" }, language: "tr", tells: ["early001"] } as const;
    await house.store.ledger.expand("week-1", [weekly], house.clock.now);
    await house.sendAll("week-1");
    const later = { ...EVENT, start: "2027-11-05T14:00" };
    await house.events.act(EVENT.key, { id: "1", by: "ayse", do: "propose", change: "edit", event: later });
    expect(await house.events.act(EVENT.key, { id: "2", by: "ali", do: "approve", version: 1, urgent: false })).toMatchObject({
      kind: "done",
    });
    for (const each of await house.announcements.sent()) await house.drawing.keep(each);
    house.clock.now = Date.parse("2027-11-01T14:00:00Z");
    expect(await house.drawing.size(toldBy("early001"))).toEqual({ single: 2, weekly: 0 });
  });

  test("are also those who chose one message a week, where that would come too late for its event", async () => {
    const house = await open();
    await house.subscribe("1");
    await house.subscribe("2", { weekly: true });
    const draft = { ...DRAFT, audience: { of: "subscribers", topics: ["events"] } } as const;
    expect(await house.drawing.size(draft)).toEqual({ single: 1, weekly: 1 });
    expect(await house.drawing.size({ ...draft, urgent: true })).toEqual({ single: 2, weekly: 0 });
    // The event is on a Wednesday, the last weekly message that leaves a day until then on the Monday before.
    const monday = Date.parse("2027-05-03T10:00:00+03:00");
    expect(await house.drawing.size({ ...draft, sendAt: monday })).toEqual({ single: 2, weekly: 0 });
    house.clock.now = monday - 3 * 3_600_000;
    await house.begin("waits001");
    await house.draw("waits001");
    house.clock.now = monday;
    await house.begin("cannot01");
    await house.draw("cannot01");
    expect([await house.sendAll("waits001"), await house.sendAll("cannot01")]).toEqual([["1"], ["1", "2"]]);
  });

  test("is told of a change while a weekly message still goes out: who has it at once, the others once they have it", async () => {
    const house = await open();
    for (const person of ["1", "2", "3"]) await house.subscribe(person, { weekly: true });
    await house.begin("early001");
    await house.draw("early001");
    await house.act("early001", { id: "end", do: "end" });
    house.clock.now += DAY_MS;
    await house.weeks.begin("week-1");
    const told = (person: string) => ({
      address: { channel: "telegram", chat: person, person },
      language: "tr",
      tells: ["early001"],
    });
    await house.store.ledger.expand("week-1", ["1", "2", "3"].map(told) as never, house.clock.now);
    const has = await house.arm("week-1");
    await house.settle("week-1", has, { is: "sent", reference: "7" });
    const onTheWire = await house.arm("week-1");
    await moveEvent(house, "cancel");
    const [news] = (await house.announcements.about(EVENT.key)).filter((each) => each.news === "cancelled");
    if (news === undefined) throw new Error("Nobody is told.");
    expect(await house.drawing.draw(news)).toBe("some");
    expect(await house.sendAll(news.id)).toEqual([has.address.person]);
    expect(await house.drawing.draw(news)).toBe("some");
    expect(await house.sendAll(news.id)).toEqual([]);
    await house.settle("week-1", onTheWire, { is: "sent", reference: "8" });
    expect(await house.drawing.draw(news)).toBe("all");
    expect(await house.sendAll(news.id)).toEqual([onTheWire.address.person]);
    expect(await house.drawing.draw(news)).toBe("all");
  });

  test("is kept while it is under way, and goes on after a long pause with those who wait for it", async () => {
    const house = await open();
    await house.subscribe("1");
    await house.subscribe("2");
    await house.begin("paused01", NEWS);
    await house.draw("paused01");
    const first = await house.arm("paused01");
    await house.settle("paused01", first, { is: "sent", reference: "7" });
    await house.act("paused01", { id: "pause", by: "ali", do: "pause" });
    for (let days = 0; days < 200; days += 20) {
      for (const each of await house.announcements.sent()) await house.drawing.keep(each);
      house.clock.now += 20 * DAY_MS;
    }
    await house.act("paused01", { id: "resume", by: "ali", do: "resume" });
    await house.draw("paused01");
    expect(await house.store.ledger.counts("paused01")).toMatchObject({ sent: 1, pending: 1 });
  });

  test("is said to be gone, and nobody is written to a second time, where nothing was there to keep it", async () => {
    const house = await open();
    await house.subscribe("1");
    await house.begin("paused01", NEWS);
    await house.draw("paused01");
    await house.sendAll("paused01");
    house.clock.now += RETENTION_MS + DAY_MS;
    expect(await house.draw("paused01")).toBe(true);
    expect((await house.store.ledger.counts("paused01")).pending).toBe(0);
    expect(await house.drawing.isGone(["paused01"])).toBe(true);
    // One that reached nobody is known to have reached nobody.
    await house.begin("nobody01", { ...NEWS, topics: ["law"], audience: { of: "subscribers", topics: ["law"] } });
    await house.draw("nobody01");
    expect(await house.drawing.isGone(["nobody01"])).toBe(false);
  });
});

describeStores("what follows an announcement that was stopped", (place) => {
  const open = async () => {
    const house = announcingOver(await place().open(), { now: TODAY });
    const newsOf = async (news: "moved" | "cancelled") => {
      const all = (await house.announcements.about(EVENT.key)).filter((each) => each.news === news);
      return all.toSorted((a, b) => (a.history[0]?.at ?? 0) - (b.history[0]?.at ?? 0)).map(({ id }) => id);
    };
    /** Begun and drawn; the clock ticks, so that one comes after the other. */
    const goes = async (id: string) => {
      house.clock.now += 1000;
      await house.act(id, { id: `start-${id}`, do: "start" });
      return house.draw(id);
    };
    return { ...house, newsOf, goes };
  };

  test("is known only once nothing is on the wire: a withdrawal reaches what arrived after it", async () => {
    const { store, announcements, drawing, ...house } = await open();
    for (const person of ["1", "2"]) await house.subscribe(person);
    await house.begin("gather01");
    await house.draw("gather01");
    const onTheWire = await house.arm("gather01");
    await house.act("gather01", { id: "stop", by: "ali", do: "stop" });
    expect(await house.act("gather01", { id: "withdraw", by: "ali", do: "withdraw" })).toMatchObject({ kind: "done" });
    const stopped = await announcements.announcement("gather01");
    if (stopped === undefined) throw new Error("It is gone.");
    expect(await drawing.drawSent(stopped, "gather01-1")).toBeUndefined();
    expect(await house.sendAll("gather01")).toEqual([]);
    await house.settle("gather01", onTheWire, { is: "sent", reference: "7" });
    expect([...((await drawing.drawSent(stopped, "gather01-1")) ?? [])]).toEqual([[JSON.stringify(onTheWire.address), "7"]]);
    expect(await store.ledger.counts("gather01-1")).toMatchObject({ pending: 1 });
    expect(await store.ledger.counts("gather01")).toMatchObject({ sent: 1, unsent: 1 });
  });

  test("where its event is moved, who still waited for it is told the new day, each once and nobody the old one", async () => {
    const house = await open();
    for (const person of ["1", "2", "3"]) await house.subscribe(person);
    await house.begin("gather01");
    await house.draw("gather01");
    await house.settle("gather01", await house.arm("gather01"), { is: "sent", reference: "7" });
    const onTheWire = await house.arm("gather01");
    await moveEvent(house);
    const [moved = ""] = await house.newsOf("moved");
    expect(await house.announcements.announcement("gather01")).toMatchObject({ state: "stopped" });
    const announcement = await house.announcements.announcement(moved);
    expect(announcement && (await house.drawing.size(announcement))).toEqual({ single: 2, weekly: 0 });
    expect(await house.goes(moved)).toBe(false);
    expect(await house.sendAll("gather01")).toEqual([]);
    await house.settle("gather01", onTheWire, { is: "sent", reference: "8" });
    expect(await house.goes(moved)).toBe(true);
    const rows = await house.claim(moved, 9);
    expect(rows.filter(({ untold }) => untold)).toHaveLength(1);
    expect(rows.map(({ address }) => address.person).toSorted()).toEqual(["1", "2", "3"]);
  });

  test("moved again before anybody read of it, only the last day goes out; one that was not even drawn is told as well", async () => {
    const { store, ...house } = await open();
    for (const person of ["1", "2"]) await house.subscribe(person);
    await house.begin("gather01");
    await moveEvent(house);
    // The weekly message tells its readers of it all the same.
    await house.weeks.begin("week-1");
    house.clock.now += DAY_MS;
    await house.weeks.begin("week-2");
    const weeks = (await house.weeks.due()).map(({ announcements }) => announcements);
    expect(weeks).toEqual([[], ["gather01"]]);
    const [first = ""] = await house.newsOf("moved");
    await house.act(first, { id: "start-first", do: "start" });
    house.clock.now += 1000;
    await moveEvent(house);
    const [, second = ""] = await house.newsOf("moved");
    expect(await house.goes(second)).toBe(true);
    for (const earlier of ["gather01", first]) expect(await house.sendAll(earlier)).toEqual([]);
    expect(await house.sendAll(second)).toEqual(["1", "2"]);
    expect(await store.ledger.counts("gather01")).toMatchObject({ unsent: 2 });
    // They have read of it by now: the next change is news of what they were told.
    house.clock.now += 1000;
    await moveEvent(house, "cancel");
    const [cancelled = ""] = await house.newsOf("cancelled");
    await house.goes(cancelled);
    expect((await house.claim(cancelled, 9)).map(({ untold }) => untold)).toEqual([undefined, undefined]);
  });

  test("moved again while the news of the first move has not begun, who still waited is told the last day", async () => {
    const house = await open();
    for (const person of ["1", "2", "3"]) await house.subscribe(person);
    await house.begin("gather01");
    await house.draw("gather01");
    await house.settle("gather01", await house.arm("gather01"), { is: "sent", reference: "7" });
    await moveEvent(house);
    house.clock.now += 1000;
    await moveEvent(house);
    const [first = "", second = ""] = await house.newsOf("moved");
    expect(await house.announcements.announcement(first)).toMatchObject({ state: "discarded" });
    expect(await house.goes(second)).toBe(true);
    const rows = await house.claim(second, 9);
    expect(rows.map(({ address }) => address.person).toSorted()).toEqual(["1", "2", "3"]);
    expect(rows.filter(({ untold }) => untold)).toHaveLength(2);
    // The weekly message tells its readers of it all the same.
    house.clock.now += DAY_MS;
    await house.weeks.begin("week-1");
    expect((await house.weeks.due()).map(({ announcements }) => announcements)).toEqual([["gather01"]]);
  });

  test("that another process begins just as its event is moved is stopped all the same, and the news are told", async () => {
    const house = await open();
    for (const person of ["1", "2"]) await house.subscribe(person);
    await house.act("gather01", { id: "write", by: "ayse", do: "write", draft: DRAFT });
    await house.act("gather01", { id: "approve", by: "ali", do: "approve", revision: 1, urgent: true });
    const tell = createEventNews({
      ...house.announcements,
      isReminded: async () => false,
      async act(id, action) {
        if (id === "gather01") await house.act(id, { id: "start", do: "start" });
        return house.act(id, action);
      },
    });
    const decided = { is: "approved", by: "veli", at: house.clock.now } as const;
    const told = { text: DRAFT.text, urgent: false };
    const moved = { number: 1, by: "ayse", at: house.clock.now, change: "move", event: EVENT, told, decided } as const;
    expect(await tell(EVENT.key, moved)).toBeUndefined();
    expect(await house.announcements.announcement("gather01")).toMatchObject({ state: "stopped" });
    const [news = ""] = await house.newsOf("moved");
    expect(await house.goes(news)).toBe(true);
    expect([await house.sendAll("gather01"), await house.sendAll(news)]).toEqual([[], ["1", "2"]]);
  });

  test("news that is left as a draft does not go out after newer news, and whoever waited for it is told by that", async () => {
    const house = await open();
    for (const person of ["1", "2"]) await house.subscribe(person);
    await house.begin("gather01");
    await house.draw("gather01");
    const had = await house.arm("gather01");
    await house.settle("gather01", had, { is: "sent", reference: "7" });
    const moved = {
      change: "move",
      event: { ...EVENT, start: "2027-05-06T14:00" },
      told: { text: DRAFT.text, urgent: false },
    } as const;
    // Whoever approved the first move works there no more when its news is to go out.
    const version = { number: 1, by: "ayse", at: house.clock.now, ...moved } as const;
    const decided = { is: "approved", by: "gone", at: house.clock.now } as const;
    const tell = createEventNews({ ...house.announcements, isReminded: async () => false });
    expect(await tell(EVENT.key, { ...version, decided })).toEqual({ why: "not-approver" });
    house.clock.now += 1000;
    expect(
      await tell(EVENT.key, { ...version, number: 2, decided: { ...decided, by: "veli", at: house.clock.now } }),
    ).toBeUndefined();
    const [first = "", second = ""] = await house.newsOf("moved");
    const late = { id: "late", by: "ali", do: "approve", revision: 1, urgent: false } as const;
    expect(await house.act(first, late)).toMatchObject({ kind: "refused", refusal: { state: "discarded" } });
    expect(await house.goes(second)).toBe(true);
    expect(await house.sendAll(second)).toEqual(["1", "2"]);
  });

  test("who has everything deleted while the news of a change is drawn does not come back by it", async () => {
    const store = await place().open();
    const deleted = { channel: "telegram", chat: "1", person: "1" };
    const ledger: Ledger = {
      ...store.ledger,
      async expand(run, recipients, at) {
        if (run !== "gather01") for (const each of store.personalData) await each.erase(deleted.channel, deleted.person);
        return store.ledger.expand(run, recipients, at);
      },
    };
    const house = announcingOver({ ...store, ledger }, { now: TODAY });
    for (const person of ["1", "2"]) await house.subscribe(person);
    await house.begin("gather01");
    await house.draw("gather01");
    await house.sendAll("gather01");
    await moveEvent(house);
    const moved = (await house.announcements.about(EVENT.key)).find(({ news }) => news === "moved")?.id ?? "";
    await house.act(moved, { id: "start-moved", do: "start" });
    await house.draw(moved);
    expect(await house.store.ledger.counts(moved)).toMatchObject({ pending: 1, erased: 1 });
    expect(await house.sendAll(moved)).toEqual(["2"]);
    const found = await Promise.all(store.personalData.map((each) => each.export(deleted.channel, deleted.person)));
    expect(found.flat()).toEqual([]);
  });

  test("whom the platform put off just as it was closed is not left out, neither by news nor by a withdrawal", async () => {
    const store = await place().open();
    const tried: (() => Promise<void>)[] = [];
    const ledger: Ledger = {
      ...store.ledger,
      async close(run) {
        const closed = await store.ledger.close(run);
        await tried.pop()?.();
        return closed;
      },
    };
    const house = announcingOver({ ...store, ledger }, { now: TODAY });
    await house.subscribe("1");
    const again = () => ({ is: "again", at: house.clock.now + 30_000 }) as const;
    await house.begin("gather01");
    await house.draw("gather01");
    const onTheWire = await house.arm("gather01");
    await moveEvent(house);
    const moved = (await house.announcements.about(EVENT.key)).find(({ news }) => news === "moved")?.id ?? "";
    await house.act(moved, { id: "start-moved", do: "start" });
    tried.push(() => house.settle("gather01", onTheWire, again()));
    expect(await house.draw(moved)).toBe(false);
    expect(await house.draw(moved)).toBe(true);
    expect(await house.sendAll(moved)).toEqual(["1"]);

    await house.begin("news0001", NEWS);
    await house.draw("news0001");
    const sent = await house.arm("news0001");
    await house.act("news0001", { id: "stop", by: "ali", do: "stop" });
    await house.act("news0001", { id: "withdraw", by: "ali", do: "withdraw" });
    const stopped = await house.announcements.announcement("news0001");
    if (stopped === undefined) throw new Error("It is gone.");
    tried.push(() => house.settle("news0001", sent, again()));
    expect(await house.drawing.drawSent(stopped, "news0001-1")).toBeUndefined();
    expect(await house.drawing.drawSent(stopped, "news0001-1")).toEqual(new Map());
    expect(await store.ledger.counts("news0001")).toMatchObject({ pending: 0, unsent: 1 });
  });

  test("who is to be reminded and has everything deleted while the news is drawn does not come back; who says no stays", async () => {
    const store = await place().open();
    const address = (person: string) => ({ channel: "telegram", chat: person, person });
    const jobs = createEmbeddedJobs({ records: store.records, now: () => TODAY, failed: () => {}, everyMs: 2 ** 30 });
    const reminders = createReminders({
      records: store.records,
      jobs,
      handle: async () => "taken" as const,
      events: () => [EVENT],
      held: async () => false,
      now: () => TODAY,
      timeZone: "Europe/Istanbul",
    });
    const ledger: Ledger = {
      ...store.ledger,
      async expand(run, recipients, at) {
        for (const each of [reminders.personalData, ...store.personalData]) await each.erase("telegram", "1");
        await reminders.set(address("2"), EVENT.key, false);
        return store.ledger.expand(run, recipients, at);
      },
    };
    const house = announcingOver({ ...store, ledger }, { now: TODAY });
    for (const person of ["1", "2"]) await reminders.set(address(person), EVENT.key, true);
    await moveEvent(house, "cancel");
    const [news] = (await house.announcements.about(EVENT.key)).filter((each) => each.news === "cancelled");
    if (news === undefined) throw new Error("Nobody is told.");
    await house.act(news.id, { id: "start", do: "start" });
    await house.draw(news.id);
    expect(await store.ledger.counts(news.id)).toMatchObject({ pending: 1, erased: 1 });
    expect(await house.sendAll(news.id)).toEqual(["2"]);
    const found = await Promise.all(store.personalData.map((each) => each.export("telegram", "1")));
    expect(found.flat()).toEqual([]);
    await jobs[Symbol.asyncDispose]();
  });

  test("where its event is cancelled, who had not read of it is not told that it is", async () => {
    const house = await open();
    for (const person of ["1", "2"]) await house.subscribe(person);
    await house.begin("gather01");
    await house.draw("gather01");
    const told = await house.arm("gather01");
    await house.settle("gather01", told, { is: "sent", reference: "7" });
    await moveEvent(house, "cancel");
    const [cancelled = ""] = await house.newsOf("cancelled");
    await house.goes(cancelled);
    expect(await house.sendAll(cancelled)).toEqual([told.address.person]);
  });

  test("one that staff stopped themselves is not told of by a later change to those who did not get it", async () => {
    const house = await open();
    for (const person of ["1", "2"]) await house.subscribe(person);
    await house.begin("gather01");
    await house.draw("gather01");
    const told = await house.arm("gather01");
    await house.settle("gather01", told, { is: "sent", reference: "7" });
    await house.act("gather01", { id: "stop", by: "ali", do: "stop" });
    await moveEvent(house);
    const [moved = ""] = await house.newsOf("moved");
    await house.goes(moved);
    expect(await house.sendAll(moved)).toEqual([told.address.person]);
  });
});

describeStores("the uncertain", (place) => {
  test("are sent to again on a person's word, also where a process dies right after it or halfway", async () => {
    const house = announcingOver(await place().open(), { now: TODAY });
    const { ledger } = house.store;
    for (const person of ["1", "2"]) await house.subscribe(person);
    await house.begin("gather01");
    await house.draw("gather01");
    await house.sendAll("gather01", { is: "uncertain" });
    await house.act("gather01", { id: "end", do: "end" });
    await house.act("gather01", { id: "again", by: "ali", do: "resend-uncertain" });
    // Nothing goes out of it yet, and whatever process comes next finds it to be done.
    expect(await house.announcements.due()).toMatchObject([{ id: "gather01", state: "done", resending: true }]);
    expect((await house.announcements.open()).map(({ id }) => id)).toEqual(["gather01"]);
    expect(await ledger.counts("gather01")).toMatchObject({ uncertain: 2, pending: 0 });
    // As a process leaves it that dies in the middle.
    await ledger.resendUncertain("gather01", TODAY);
    const outcome = await house.act("gather01", { id: "resend", do: "resend" });
    expect(outcome).toMatchObject({ kind: "done", announcement: { state: "sending" } });
    expect(await house.announcements.due()).toMatchObject([{ state: "sending" }]);
    expect(await house.sendAll("gather01")).toEqual(["1", "2"]);
    expect(await house.act("gather01", { id: "resend-2", do: "resend" })).toMatchObject({ kind: "refused" });
  });

  test("are sent to once each time that is asked for, though a process stood still over it while another did it", async () => {
    const store = await place().open();
    const other = announcingOver(store, { now: TODAY });
    let wake = () => {};
    let stands = () => {};
    const standing = new Promise<void>((resolve) => (stands = resolve));
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const stood: Ledger["resendUncertain"] = async (...asked) => {
      stands();
      await woken;
      return store.ledger.resendUncertain(...asked);
    };
    const slow = announcingOver({ ...store, ledger: { ...store.ledger, resendUncertain: stood } }, { now: TODAY });
    await other.subscribe("1");
    await other.begin("gather01");
    await other.draw("gather01");
    await other.sendAll("gather01", { is: "uncertain" });
    await other.act("gather01", { id: "end", do: "end" });
    await other.act("gather01", { id: "again", by: "ali", do: "resend-uncertain" });

    const late = slow.act("gather01", { id: "resend", do: "resend" });
    await standing;
    await other.act("gather01", { id: "resend", do: "resend" });
    expect(await other.sendAll("gather01", { is: "uncertain" })).toEqual(["1"]);
    wake();
    await late;
    expect(await other.sendAll("gather01")).toEqual([]);
    // Asked for once more, it goes once more.
    await other.act("gather01", { id: "end-2", do: "end" });
    await other.act("gather01", { id: "again-2", by: "ali", do: "resend-uncertain" });
    await other.act("gather01", { id: "resend-2", do: "resend" });
    expect(await other.sendAll("gather01")).toEqual(["1"]);
  });
});
