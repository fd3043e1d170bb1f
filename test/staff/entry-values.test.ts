import { expect, test } from "vitest";
import { loadKnowledge } from "#knowledge/load.ts";
import { parseCommand } from "#staff/command.ts";
import { entryFrom, fieldOf, valuesOf } from "#staff/entry-values.ts";

const { entries } = await loadKnowledge("knowledge");
const answering = entries.filter(({ topic }) => topic !== "service");

test("every entry of the project comes back from its form as it went in", () => {
  expect(answering.length).toBeGreaterThan(100);
  for (const entry of answering) {
    const values = valuesOf(entry);
    const answer = { tr: entry.answer.tr.trim(), en: entry.answer.en.trim() };
    expect(values && entryFrom(entry.id, values, "2030-01-01", entry)).toEqual({ ...entry, answer });
  }
});

test("a source of a line may lack its address, its date or both; one without a date is read today", () => {
  const values = { "source-title": ["Birlik"], "sources-more": ["ICA | https://ica.coop | 2024-05\nBakanlık | 2023\nTDK"] };
  expect(entryFrom("a", values, "2026-11-24").sources).toEqual([
    { title: "Birlik", read: "2026-11-24" },
    { title: "ICA", url: "https://ica.coop", date: "2024-05" },
    { title: "Bakanlık", date: "2023" },
    { title: "TDK", read: "2026-11-24" },
  ]);
});

test("an entry whose words no field can hold is not offered a form that would cut them", () => {
  const [entry] = answering;
  if (entry === undefined) throw new Error("there is no entry");
  const many = Array.from({ length: 100 }, (_, at) => `kooperatif hakkında uzun bir soru, sayısı ${at}`);
  expect(valuesOf({ ...entry, questions: { tr: many, en: [] } })).toBeUndefined();
});

test.each([
  ["sources.0.url: a", "source-url"],
  ["sources.2.date: a", "sources-more"],
  ["asOf: a", "as-of"],
  ["questions.tr.4: a", "questions-tr"],
  ["doesNotCover.en: a", "doesNotCover-en"],
  ["deadline: a", "deadline"],
  ["basis: a", "basis-tr"],
  ["owner: a", "title-tr"],
])("the problem %j is told at the field %s", (problem, field) => {
  expect(fieldOf(problem)).toBe(field);
});

test.each([
  ["yeni", { is: "new" }],
  [" YANITSIZ ", { is: "unanswered" }],
  ["Düzelt esmed-nedir", { is: "edit", words: "esmed-nedir" }],
  ["duzelt", { is: "edit", words: "" }],
  ["kaldır genel kurul", { is: "retire", words: "genel kurul" }],
  ["yeni kooperatif nasıl kurulur", undefined],
  ["düzeltme nasıl yapılır", undefined],
])("%j after the command asks for %j", (typed, asked) => {
  expect(parseCommand(typed)).toEqual(asked);
});
