import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Sent } from "#core/ports.ts";
import { createAnswerCounts } from "#desk/answer-counts.ts";
import { nextWeekMorning } from "#desk/office-hours.ts";
import { createScheduled } from "#desk/scheduled.ts";
import { lastWeek } from "#desk/week.ts";
import { OFFICE } from "../support/desk.ts";
import { knowledge } from "../support/knowledge.ts";
import { createStaffRoom } from "../support/staff-room.ts";
import { describeStores } from "../support/store.ts";

const base = await knowledge();
const at = (moment: string) => Date.parse(`${moment}+03:00`);
const MINUTE = 60_000;

test.each([
  ["2026-11-24T10:00", "2026-11-30T09:00"],
  ["2026-11-29T23:00", "2026-11-30T09:00"],
  ["2026-11-30T08:00", "2026-12-07T09:00"],
  // 19 to 23 April 2027: no holiday on that Monday. 17 May 2027: the feast of sacrifice, until Wednesday.
  ["2027-05-12T10:00", "2027-05-20T09:00"],
])("after %s the next week begins at %s", (now, next) => {
  expect(new Date(nextWeekMorning(OFFICE, at(now))).toISOString()).toBe(new Date(at(next)).toISOString());
});

describeStores("the week", (place) => {
  const gather = async () => {
    let time = at("2026-11-24T10:00");
    const now = () => time;
    const { records } = await place().open({ now });
    return { records, now, to: (moment: string) => (time = at(moment)) };
  };

  test("is told from counts of several processes, from what found no answer, what helped nobody, and what is overdue", async () => {
    const { records, now, to } = await gather();
    const counts = [createAnswerCounts(records, OFFICE.timeZone, now), createAnswerCounts(records, OFFICE.timeZone, now)];
    for (const each of counts) for (let count = 0; count < 4; count += 1) each.count("esmed-nedir");
    counts[0]?.count("gone-by-now");
    await Promise.all(counts.map((each) => each.writeDown()));
    await counts[0]?.writeDown();
    const expiresAt = now() + 90 * 86_400_000;
    const put = (collection: string, id: string, value: object, index: Record<string, string>) =>
      records.put(collection, id, { value, over: 0, index, expiresAt });
    for (let asked = 0; asked < 5; asked += 1) {
      const question = ["Ayşe için kurs ücreti", "kurs ücreti ne kadar", "kurs ücreti nedir acaba"][asked % 3];
      await put("unanswered", `u-${asked}`, { question, language: "tr", at: now() }, { state: "open" });
      await put("feedback", `f-${asked}`, { entry: "esmed-nedir", helpful: false, at: now() }, { verdict: "no" });
    }
    // Of the week before.
    const earlier = at("2026-11-20T10:00");
    await put("unanswered", "u-old", { question: "kurs ücreti", language: "tr", at: earlier }, { state: "open" });
    await put("feedback", "f-old", { entry: "esmed-nedir", helpful: false, at: earlier }, { verdict: "no" });
    to("2026-11-30T09:00");
    const parts = { records, knowledge: () => base, timeZone: OFFICE.timeZone, language: "tr", pause: () => nextTurn() } as const;
    const week = await lastWeek({ ...parts, counts: createAnswerCounts(records, OFFICE.timeZone, now) }, now());
    expect(week).toMatchObject({ from: "2026-11-23", to: "2026-11-29" });
    expect(week.answered).toEqual([
      { title: "ESMED nedir?", count: 8 },
      { title: "gone-by-now", count: 1 },
    ]);
    // No word in it that only one of them said.
    expect(week.unanswered).toEqual([{ title: "kurs ücreti", count: 5 }]);
    expect(week.poorlyRated).toEqual([{ title: "ESMED nedir?", count: 5 }]);
    const long = await lastWeek({ ...parts, counts: createAnswerCounts(records, OFFICE.timeZone, now) }, at("2036-01-10T10:00"));
    expect(long.overdue.length).toBeGreaterThan(10);
    expect(JSON.stringify(await records.get("answer-counts", "2026-11-23"))).not.toContain("Ayşe");
  });

  test("is posted once by however many processes, in office hours, and looked for after a lost post", async () => {
    const { records, now, to } = await gather();
    const room = createStaffRoom();
    let made = 0;
    const process = () =>
      createScheduled(
        { records, room, office: OFFICE, now },
        {
          name: "weekly",
          next: nextWeekMorning,
          make: async () => {
            made += 1;
            return { paragraphs: [{ words: `note ${made}` }], buttons: [] };
          },
        },
      );
    const all = [process(), process(), process()];
    const sweep = () => Promise.all(all.map((each) => each()));
    await sweep();
    to("2026-11-30T08:59");
    await sweep();
    expect([...room.posted.values()]).toEqual([]);
    to("2026-11-30T09:00");
    room.fails.push("lost");
    await sweep();
    to("2026-11-30T09:02");
    await sweep();
    await sweep();
    expect([...room.posted.values()].map(({ id }) => id)).toEqual(["weekly-2026-11-30"]);
    // Nobody was running on the next Monday; nobody is there in the evening of the day after.
    to("2026-12-08T22:00");
    await sweep();
    expect(room.posted.size).toBe(1);
    to("2026-12-09T09:00");
    await sweep();
    await sweep();
    expect([...room.posted.values()].map(({ id }) => id)).toEqual(["weekly-2026-11-30", "weekly-2026-12-07"]);
    const failed: Sent = { ok: false, why: "not-sent", retryAfterMs: MINUTE };
    to("2026-12-14T09:00");
    room.fails.push(failed);
    await sweep();
    expect(room.posted.size).toBe(2);
    to("2026-12-14T09:02");
    await sweep();
    expect(room.posted.size).toBe(3);
  });
});
