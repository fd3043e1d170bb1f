import fc from "fast-check";
import { expect, test } from "vitest";
import type { IndexDocument } from "#knowledge/index.ts";
import { buildIndex, buildIndexAside } from "#knowledge/index.ts";
import { createMatcher, judge } from "#knowledge/search.ts";

const DOCUMENTS: IndexDocument[] = [
  {
    id: "cagri",
    wordings: ["Genel kurul çağrısı kaç gün önce yapılır?", "toplantı duyurusu ne zaman gönderilir"],
    text: "Çağrı en az 30 gün önce ve ilanla yapılır.",
    notWordings: ["Genel kurul çağrı ücreti ne kadar?"],
  },
  { id: "oy", wordings: ["Genel kurulda kaç oyum var?"], text: "Her ortağın bir oyu vardır.", notWordings: [] },
  { id: "fuar-2019", wordings: ["2019 kooperatifler fuarı nerede yapıldı?"], text: "Fuar 2019'da yapıldı.", notWordings: [] },
  { id: "fuar-2017", wordings: ["2017 kooperatifler fuarı nerede yapıldı?"], text: "Fuar 2017'de yapıldı.", notWordings: [] },
  { id: "ana-sozlesme", wordings: ["Ana sözleşmede neler olmalı?"], text: "Ad, amaç ve sermaye yazılır.", notWordings: [] },
];

const index = buildIndex(DOCUMENTS);
const match = createMatcher(index, []);
const first = (question: string) => judge(index, match(question)).candidates[0]?.id;

test.each([
  ["another suffix", "genel kurulların çağrısını kaç günde yapalım", "cagri"],
  ["no Turkish letters", "genel kurul cagrisi kac gun once yapilir", "cagri"],
  ["capitals", "GENEL KURULDA KAÇ OYUM VAR", "oy"],
  ["a letter missing", "genel kurul çğrısı kaç gün önce", "cagri"],
  ["letters swapped", "ana sözlemşede neler olmalı", "ana-sozlesme"],
  ["a year", "2017 fuarı nerede oldu", "fuar-2017"],
  ["the other year", "2019daki fuar neredeydi", "fuar-2019"],
])("finds by %s", (_, question, id) => expect(first(question)).toBe(id));

test("a known wording, word for word, is answered; a refused one is not", () => {
  expect(judge(index, match("genel kurulda kac oyum var")).verdict).toBe("sure");
  const refused = judge(index, match("genel kurul çağrı ücreti ne kadar"));
  expect(refused.candidates[0]?.id).toBe("cagri");
  expect(refused.verdict).not.toBe("sure");
});

test("a year that no entry has is no year of another", () => {
  expect(judge(index, match("2021 kooperatifler fuarı nerede yapıldı")).verdict).not.toBe("sure");
});

test("nothing is found in a question of function words, numbers or strangers", () => {
  for (const question of ["ne nasıl neden", "00 x", "zzzz qqqq wwww", ""])
    expect(judge(index, match(question)).verdict).toBe("nothing");
});

test("an index built aside is the one built in one go, and others get their turn meanwhile", async () => {
  const many = Array.from({ length: 200 }, (_, number) => ({
    id: `entry-${number}`,
    wordings: [`soru ${number} nedir`, `bunun yanıtı ${number} midir`],
    text: "",
    notWordings: [],
  }));
  let pauses = 0;
  const aside = await buildIndexAside(many, async () => {
    pauses += 1;
    await new Promise(setImmediate);
  });
  const atOnce = buildIndex(many);
  expect(pauses).toBeGreaterThan(4);
  expect(judge(aside, createMatcher(aside, [])("soru 17"))).toEqual(judge(atOnce, createMatcher(atOnce, [])("soru 17")));
});

test("any text is judged, with a confidence between 0 and 1 and candidates in order", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (question) => {
      const { confidence, candidates } = judge(index, match(question));
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      const scores = candidates.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }),
  );
});
