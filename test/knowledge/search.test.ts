import fc from "fast-check";
import { expect, test } from "vitest";
import type { IndexDocument } from "#knowledge/index.ts";
import { buildIndex, buildIndexAside } from "#knowledge/index.ts";
import { createRespell } from "#knowledge/compound.ts";
import { createCorrect } from "#knowledge/correct.ts";
import { createMatcher, judge } from "#knowledge/search.ts";
import { foldedWords } from "#text/words.ts";

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
  { id: "turkkent", wordings: ["TÜRKKENT nedir?"], titles: 1, text: "Kent kooperatiflerinin birliği.", notWordings: [] },
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
  ["two words written together", "genelkurulda kaç oy", "oy"],
  ["one word written apart", "türk kent nedir", "turkkent"],
])("finds by %s", (_, question, id) => expect(first(question)).toBe(id));

test("a known wording, word for word, is answered; a refused one is not, though it would be were it known", () => {
  expect(judge(index, match("genel kurulda kac oyum var")).verdict).toBe("sure");
  const question = "genel kurul çağrı ücreti ne kadar";
  const refused = judge(index, match(question));
  expect(refused.candidates[0]?.id).toBe("cagri");
  expect(refused.verdict).not.toBe("sure");
  const known = DOCUMENTS.map((each) =>
    each.id === "cagri" ? { ...each, wordings: [...each.wordings, ...each.notWordings], notWordings: [] } : each,
  );
  const willing = buildIndex(known);
  expect(judge(willing, createMatcher(willing, [])(question)).verdict).toBe("sure");
});

test("a year that no entry has is no year of another", () => {
  const known = match("2019 kooperatifler fuarı nerede yapıldı");
  const unknown = match("2021 kooperatifler fuarı nerede yapıldı");
  expect([known.ranked[0]?.numberMissing, unknown.ranked[0]?.numberMissing]).toEqual([0, 1]);
  expect(judge(index, known).confidence).toBeGreaterThan(2 * judge(index, unknown).confidence);
  expect(judge(index, unknown).verdict).not.toBe("sure");
});

test("a title is named by itself, and not by another name that begins alike", () => {
  expect(match("türkkent").ranked[0]?.wordForWord).toBe("title");
  expect(match("türkkent'in açılımı nedir").ranked[0]?.wordForWord).toBe("title");
  expect(match("türkkonut nedir").ranked[0]?.wordForWord).toBeUndefined();
});

test.each([
  ["a letter left out", "kooperatiler", "kooperatifler"],
  ["a neighbouring key", "kooperatidler", "kooperatifler"],
  ["two letters swapped", "sozlemsede", "sozlesmede"],
  ["a letter twice", "sermayye", "sermaye"],
])("corrects %s", (_, typed, meant) => {
  const correct = createCorrect(index.vocabulary);
  expect(correct(typed)[0]?.folded).toBe(meant);
  expect(correct(meant)).toEqual([]);
});

test("what is like nothing stays as it is, and so do numbers", () => {
  const correct = createCorrect(index.vocabulary);
  expect(["zzzzqqqq", "2021", "ab"].flatMap((typed) => correct(typed))).toEqual([]);
});

test("words are taken apart and put together only into what the vocabulary has", () => {
  const respell = createRespell(index.vocabulary, createCorrect(index.vocabulary));
  const read = (text: string) => respell(foldedWords(text));
  expect(read("Genelkurulda kaç oy")).toEqual(["genel", "kurulda", "kac", "oy"]);
  expect(read("türk kent")).toEqual(["turkkent"]);
  fc.assert(
    fc.property(fc.array(fc.constantFrom("genel", "kurul", "kurulda", "türkkent", "türk", "kent", "ve", "zz", "s")), (typed) => {
      expect(read(typed.join(" ")).join("")).toBe(foldedWords(typed.join(" ")).join(""));
    }),
  );
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
