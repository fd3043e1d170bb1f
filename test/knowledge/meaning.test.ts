import { expect, test } from "vitest";
import { createMeaning } from "#knowledge/meaning.ts";

const UFM = { tr: "Akdeniz Birliği", en: "Union for the Mediterranean" };
const meaning = createMeaning([
  { ...UFM, variants: ["UfM"] },
  { tr: "ne yapmalı belgesi", en: "what to do paper", variants: [] },
  { tr: "ortak", en: "member", variants: ["üyelik"] },
  { tr: "ortaklık", en: "membership", variants: ["üyelik"] },
]);

test.each([
  "Union for the Mediterranean ne demek?",
  "what does Union for the Mediterranean mean",
  "What does the Union for the Mediterranean mean in Turkish?",
  "UfM'nin açılımı nedir",
  "ufm nin açılımı ne",
  "peki UfM ne demek acaba",
])("%s asks for the term, words of its own included", (question) => {
  expect(meaning(question)).toEqual(UFM);
});

test("a term that begins with a word of asking is found whole", () => {
  expect(meaning("ne yapmalı belgesi ne demek")).toMatchObject({ tr: "ne yapmalı belgesi" });
});

test.each(["üyelik ne demek", "UfM ne zaman", "Union the Mediterranean ne demek", "ne demek"])(
  "%s has no one meaning",
  (question) => {
    expect(meaning(question)).toBeUndefined();
  },
);
