import * as fc from "fast-check";
import { expect, test } from "vitest";
import { eventsForCalendar } from "#calendar/fitting.ts";
import { createCounter } from "#calendar/limit.ts";
import { EVENT_STATUSES, type Event } from "#core/event.ts";
import { ANNOUNCED_TOPICS, type Subscription } from "#core/subscription.ts";
import { knowledge, TODAY } from "../support/knowledge.ts";

const DAY_MS = 86_400_000;
const day = (at: number) => new Date(at).toISOString().slice(0, 10);

const anyEvent = fc.record({
  key: fc.uuid(),
  kind: fc.constant("gathering" as const),
  topics: fc.subarray([...ANNOUNCED_TOPICS]),
  title: fc.constant({ tr: "Buluşma", en: "Meeting" }),
  timeZone: fc.constant("Europe/Istanbul"),
  start: fc.integer({ min: -200, max: 400 }).map((days) => day(TODAY + days * DAY_MS)),
  city: fc.constantFrom(undefined, "Ankara", "İzmir", "çevrim içi"),
  organisers: fc.constant([]),
  participants: fc.constant([]),
  entries: fc.constant([]),
  status: fc.constantFrom(...EVENT_STATUSES),
  sequence: fc.nat(9),
}) satisfies fc.Arbitrary<Event>;

const anyChoice: fc.Arbitrary<Subscription | undefined> = fc.option(
  fc.record({
    topics: fc.subarray([...ANNOUNCED_TOPICS]),
    city: fc.constantFrom(undefined, "Ankara"),
    language: fc.constant("tr" as const),
    reminders: fc.boolean(),
    weekly: fc.boolean(),
    paused: fc.constantFrom(undefined, true as const),
    chat: fc.constant("c"),
    changedAt: fc.constant(TODAY),
    consent: fc.constant({ textVersion: "1", at: TODAY }),
  }),
  { nil: undefined },
);

test("a calendar holds each event that fits and is not long over, in order of time, whatever became of it", () => {
  fc.assert(
    fc.property(fc.uniqueArray(anyEvent, { selector: ({ key }) => key }), anyChoice, (events, chosen) => {
      const shown = eventsForCalendar(events, chosen, TODAY);
      expect(shown.map(({ start = "" }) => start)).toEqual(shown.map(({ start = "" }) => start).toSorted());
      // The same whatever order they come in: two processes give the same file.
      expect(eventsForCalendar(events.toReversed(), chosen, TODAY)).toEqual(shown);
      for (const event of events) {
        const late = event.start < day(TODAY - 90 * DAY_MS);
        const far = chosen?.city !== undefined && event.city === "İzmir";
        const topics = chosen?.topics ?? [];
        const wanted = topics.length === 0 || topics.includes("events") || topics.some((each) => event.topics.includes(each));
        const border = event.start === day(TODAY - 91 * DAY_MS);
        if (!border) expect([event, shown.includes(event)]).toEqual([event, !late && !far && wanted]);
      }
    }),
  );
});

test("what has no day, or is no gathering, is in no calendar", async () => {
  const { events } = await knowledge();
  const [held] = events.filter(({ kind, start = "" }) => kind === "gathering" && start.length === 10);
  if (held === undefined) throw new Error("there is none to look at");
  const soon: Event = { ...held, start: "2026-12-05", end: undefined };
  expect(eventsForCalendar([soon], undefined, TODAY)).toEqual([soon]);
  for (const other of [{ start: "2026-12" }, { start: undefined }, { kind: "report" }] as const)
    expect(eventsForCalendar([{ ...soon, ...other }], undefined, TODAY)).toEqual([]);
});

test("in a window of time no name is counted beyond its limit, and all have room again in the next", () => {
  const names = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 60 });
  fc.assert(
    fc.property(names, fc.integer({ min: 1, max: 9 }), (asked, most) => {
      const counter = createCounter({ most, lastsMs: 1000 });
      const taken = asked.filter((name, at) => counter.take(name, at) === undefined);
      for (const name of ["a", "b", "c"]) {
        const of = (list: readonly string[]) => list.filter((each) => each === name).length;
        expect(of(taken)).toBe(Math.min(most, of(asked)));
        expect(counter.take(name, 1000 + asked.length)).toBeUndefined();
      }
    }),
  );
});

test("who has to wait is told until when", () => {
  const counter = createCounter({ most: 1, lastsMs: 1000 });
  expect([counter.take("a", 500), counter.take("a", 700), counter.take("b", 700)]).toEqual([undefined, 800, undefined]);
  // A clock that was set back keeps nobody out.
  expect(counter.take("a", 100)).toBeUndefined();
});
