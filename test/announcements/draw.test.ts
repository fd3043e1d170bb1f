import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { createEmbeddedJobs } from "#jobs/embedded.ts";
import { createReminders } from "#reminders/reminders.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { announcingOver, DAY_MS, DRAFT, EVENT, RETENTION_MS, type AnnouncingHouse } from "../support/announcing.ts";
import { TODAY } from "../support/knowledge.ts";
import { SECRET_KEY } from "../support/store.ts";

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
    expect(await house.drawing.size(toldBy("early001"))).toBe(1);
    house.clock.now = Date.parse("2027-05-05T14:00:00Z") + RETENTION_MS - DAY_MS;
    expect(await house.drawing.isGone(["early001"])).toBe(false);
    expect(await house.drawing.size(toldBy("early001"))).toBe(1);
    house.clock.now += 3 * DAY_MS;
    expect(await house.drawing.size(toldBy("early001"))).toBe(0);
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
    expect(await house.drawing.size(news)).toBe(2);
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
    expect(await house.drawing.size(toldBy("early001"))).toBe(2);
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
