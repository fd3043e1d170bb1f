import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createAudit } from "#desk/audit.ts";
import type { Unanswered } from "#desk/likeness.ts";
import { groupQuestions } from "#desk/groups.ts";
import type { Week } from "#desk/weekly.ts";
import { weeklyNote } from "#desk/weekly.ts";
import { TODAY } from "../support/knowledge.ts";
import { describeStores } from "../support/store.ts";
import { words } from "../support/words.ts";

const ask = (...questions: readonly string[]): Unanswered[] =>
  questions.map((question, at) => ({ id: String(at), question, language: "tr" }));

const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

test("questions that ask for the same meet, however they are inflected or typed", async () => {
  const groups = await groupQuestions(
    ask(
      "kurs ücreti ne kadar",
      "Kursun ücreti kaç lira?",
      "kooperatife nasıl araç kiralanır",
      "KURS ÜCRETLERİ",
      "kooperatif araç kiralama",
      "park yeri var mı",
      "kurs ucreti nedir acaba",
    ),
    pause,
  );
  expect(groups.map(({ ids }) => ids.length)).toEqual([4, 2, 1]);
  expect(groups[0]?.ids.toSorted()).toEqual(["0", "1", "3", "6"]);
  expect(groups[0]?.question).toMatch(/kurs/i);
});

test("each question is of one group, whatever is asked", async () => {
  const asked = fc.array(fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom("kurs ücreti", "kurs", "ücret nedir", "ne")), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(asked, async (questions) => {
      const all = ask(...questions);
      const ids = (await groupQuestions(all, pause)).flatMap((group) => group.ids);
      expect(ids.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    }),
  );
});

test("thousands of questions are grouped bit by bit: nothing else waits longer than a twentieth of a second", async () => {
  const things = ["aidat", "genel kurul", "kurs", "denetim", "ortaklık payı", "üyelik", "vergi", "fuar", "tescil", "tüzük"];
  const ways = ["ne kadar", "nasıl ödenir", "ne zaman", "nerede yapılır", "kime sorulur", "şart mı"];
  const asked = Array.from({ length: 5000 }, (_, at): Unanswered => {
    const thing = things[at % things.length];
    const question = `kooperatif ${thing} ${ways[at % ways.length]} ${at % 2 === 0 ? `konu${at % 1400}` : ""}`;
    return { id: String(at), question, language: "tr" };
  });
  // By the time that this thread worked, and not by the clock: something else may have had the processor.
  const worked: number[] = [];
  let before = process.threadCpuUsage();
  const noting = async () => {
    const { user, system } = process.threadCpuUsage(before);
    worked.push((user + system) / 1000);
    await pause();
    before = process.threadCpuUsage();
  };
  const groups = await groupQuestions(asked, noting);
  await noting();
  expect(groups.flatMap(({ ids }) => ids)).toHaveLength(5000);
  expect(groups.length).toBeLessThan(1000);
  expect(worked.length).toBeGreaterThan(20);
  expect(Math.max(...worked)).toBeLessThan(50);
});

const group = (title: string, count: number) => ({ title, count });

test("the weekly note tells what was asked, and no count under five", () => {
  const week: Week = {
    from: "2026-11-16",
    to: "2026-11-22",
    answered: [
      { title: "ESMED nedir?", count: 12 },
      { title: "Genel kurul", count: 4 },
    ],
    unanswered: [group("kurs ücreti", 9), group("Ayşe'nin borcu", 1), group("a", 2), group("b", 2), group("c", 3), group("d", 4)],
    poorlyRated: [{ title: "Aidat", count: 2 }],
    overdue: ["Vergi muafiyeti"],
  };
  const note = weeklyNote(week, "tr")
    .paragraphs.map((text) => words(text, "tr"))
    .join("\n");
  expect(note).toBe(
    [
      "Ne soruldu? (16 Kasım 2026 – 22 Kasım 2026)",
      "En çok sorulanlar:",
      "• ESMED nedir?: 12",
      "Yanıtı olmayanlar:",
      "• kurs ücreti: 9",
      "• Beş kereden az sorulan başka konu sayısı: 5",
      "Gözden geçirme günü gelmiş kayıtlar (1):",
      "• Vergi muafiyeti",
    ].join("\n"),
  );
});

describeStores("the audit log", (place) => {
  test("tells who did what when, once for an id, and outlives a member's deletion", async () => {
    const store = await place().open({ now: () => TODAY });
    const audit = createAudit(store.records);
    const claimed = { at: TODAY, by: "U1", did: "ticket.claim", on: "tg-1" } as const;
    const refused = { at: TODAY + 1, by: "U2", did: "refused", on: "tg-1", why: "claimed" } as const;
    await audit.note("press-2", refused);
    await audit.note("press-1", claimed);
    await audit.note("press-1", { ...claimed, by: "U9" });
    for (const each of store.personalData) await each.erase("telegram", "U1");
    expect(await audit.list({ on: "tg-1" }, 9)).toEqual([claimed, refused]);
    expect(await audit.list({ day: "2026-11-24" }, 1)).toEqual([claimed]);
    expect(await audit.list({ on: "tg-2" }, 9)).toEqual([]);
  });
});
