import { expect, test } from "vitest";
import { digestAudience } from "#announcements/digest-audience.ts";
import type { Delivered } from "#core/ledger.ts";
import type { Subscription } from "#core/subscription.ts";
import { announcingOver, DAY_MS, DRAFT, moveEvent, type AnnouncingHouse } from "../support/announcing.ts";
import { TODAY } from "../support/knowledge.ts";
import { describeStores } from "../support/store.ts";

const NEWS = { ...DRAFT, news: "news", event: undefined } as const;
const WEEKLY = { weekly: true } as const;

describeStores("who is told what by the weekly message", (place) => {
  const open = async (): Promise<AnnouncingHouse> => {
    const clock = { now: TODAY };
    return announcingOver(await place().open({ now: () => clock.now }), clock);
  };
  const ended = async (house: AnnouncingHouse, id: string, delivered?: Delivered) => {
    await house.begin(id, NEWS);
    await house.draw(id);
    await house.sendAll(id, delivered);
    await house.act(id, { id: `${id}-end`, do: "end" });
  };
  /** Begins a week, and writes down for whom something waits. */
  const week = async ({ clock, weeks, announcements, drawing, store, subscribers }: AnnouncingHouse, run: string) => {
    clock.now += 3 * DAY_MS;
    await weeks.begin(run);
    const due = (await weeks.due()).find((each) => each.run === run);
    if (due === undefined) throw new Error("The week did not begin.");
    const read = async (ids: readonly string[] = []) =>
      (await Promise.all(ids.map((id) => announcements.announcement(id)))).flatMap((each) => each ?? []);
    const earlier = (await weeks.before(due)).map((each) => each.run);
    const asked = { fresh: await read(due.announcements), carried: await read(due.carried), earlier };
    const told: string[] = [];
    for await (const page of digestAudience({ subscribers, ledger: store.ledger }, asked)) {
      told.push(...page.map(({ address, tells }) => `${address.person}: ${tells?.toSorted().join(" ")}`));
      await store.ledger.expand(run, page, clock.now);
    }
    await drawing.drawOnce(run, (async function* () {})());
    await weeks.end(run);
    return told.toSorted();
  };
  const changes = async (house: AnnouncingHouse, person: string, change: Partial<Subscription>) => {
    house.clock.now += 60_000;
    await house.subscribe(person, change);
  };

  test.each<[string, Delivered, string[]]>([
    ["who has it by itself does not read it again", { is: "sent", reference: "7" }, []],
    ["nor who may have it", { is: "uncertain" }, []],
    ["who surely has not reads it", { is: "failed", why: "refused" }, ["1: guide001"]],
  ])("of those who change to one message a week %s", async (_name, delivered, told) => {
    const house = await open();
    await house.subscribe("1");
    await ended(house, "guide001", delivered);
    await changes(house, "1", WEEKLY);
    expect(await week(house, "week-1")).toEqual(told);
  });

  test("what is still to come to somebody by itself is not told before: others wait with it for the next week", async () => {
    const house = await open();
    await house.subscribe("1");
    await house.subscribe("2", WEEKLY);
    await house.begin("paused01", NEWS);
    await house.draw("paused01");
    await house.act("paused01", { id: "pause", by: "ali", do: "pause" });
    await changes(house, "1", WEEKLY);
    expect(await week(house, "week-1")).toEqual([]);
    await house.act("paused01", { id: "resume", by: "ali", do: "resume" });
    expect(await house.sendAll("paused01")).toEqual(["1"]);
    await house.act("paused01", { id: "end", do: "end" });
    expect(await week(house, "week-2")).toEqual(["2: paused01"]);
    expect(await week(house, "week-3")).toEqual([]);
  });

  test("whom it is sent to once more does not read it meanwhile either", async () => {
    const house = await open();
    await house.subscribe("1");
    await house.subscribe("2", WEEKLY);
    await ended(house, "guide001", { is: "uncertain" });
    await house.act("guide001", { id: "again", by: "ali", do: "resend-uncertain" });
    expect(await house.store.ledger.resendUncertain("guide001", house.clock.now)).toBe(1);
    await changes(house, "1", WEEKLY);
    expect(await week(house, "week-1")).toEqual(["2: guide001"]);
  });

  test("who goes back to one each is told once what waited until then, and nothing of what came to them since", async () => {
    const house = await open();
    await house.subscribe("1", WEEKLY);
    await ended(house, "waited01");
    await changes(house, "1", { weekly: false, weeklyUntil: house.clock.now });
    await house.subscribe("new");
    house.clock.now += 2 * DAY_MS;
    await ended(house, "single01");
    expect(await week(house, "week-1")).toEqual(["1: waited01"]);
    await ended(house, "single02");
    expect(await week(house, "week-2")).toEqual([]);
  });

  test("what did not fit into a message of theirs comes with the next, once; who subscribed since does not read it", async () => {
    const house = await open();
    await house.subscribe("1", WEEKLY);
    await house.subscribe("2", WEEKLY);
    for (const id of ["first001", "second01", "third001"]) await ended(house, id);
    const all = "first001 second01 third001";
    expect(await week(house, "week-1")).toEqual([`1: ${all}`, `2: ${all}`]);
    const rows = await house.claim("week-1", 9);
    for (const { row, address, language } of rows) {
      const tells = address.person === "1" ? ["first001"] : all.split(" ");
      await house.store.ledger.arm("week-1", "one", row, house.clock.now, { address, language, tells });
      await house.store.ledger.settle("week-1", "one", row, {
        is: address.person === "1" ? "uncertain" : "sent",
        reference: "7",
      });
    }
    await house.subscribe("new", WEEKLY);
    expect(await week(house, "week-2")).toEqual(["1: second01 third001"]);
    expect(await house.weeks.telling("second01")).toEqual(["week-1", "week-2"]);
    await house.sendAll("week-2");
    expect(await week(house, "week-3")).toEqual([]);
  });

  test("the invitation to an event that was moved while it went out comes to those who waited for it, and to nobody twice", async () => {
    const house = await open();
    await house.subscribe("1");
    await house.subscribe("2", WEEKLY);
    await house.begin("gather01");
    await house.draw("gather01");
    await moveEvent(house);
    const moved = (await house.announcements.about("bulusma-2027")).find(({ news }) => news === "moved");
    await house.act(moved?.id ?? "", { id: "start", do: "start" });
    await house.draw(moved?.id ?? "");
    await changes(house, "1", WEEKLY);
    house.clock.now += 3 * DAY_MS;
    await house.weeks.begin("week-1");
    const [due] = await house.weeks.due();
    expect(due?.announcements).toEqual(["gather01"]);
    expect(await house.store.ledger.counts("gather01")).toMatchObject({ pending: 0, unsent: 1 });
    const waiting = await house.announcements.announcement("gather01");
    const told: string[] = [];
    for await (const page of digestAudience(
      { subscribers: house.subscribers, ledger: house.store.ledger },
      { fresh: waiting === undefined ? [] : [{ ...waiting, state: "done" }], carried: [], earlier: [] },
    ))
      told.push(...page.map(({ address }) => address.person));
    expect(told).toEqual(["2"]);
    expect(await house.sendAll(moved?.id ?? "")).toEqual(["1"]);
  });
});
