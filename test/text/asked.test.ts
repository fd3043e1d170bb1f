import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Asked } from "#text/asked.ts";
import { ASKED, askedFor } from "#text/asked.ts";
import { foldedWords } from "#text/words.ts";

function kinds(question: string): Asked[] {
  const bits = askedFor(foldedWords(question).join(" "));
  return ASKED.filter((_, position) => (bits & (1 << position)) !== 0);
}

test.each<[string, Asked]>([
  ["Kooperatifler hangi ilkelere uyar?", "place"],
  ["Hangi ilçelere gidildi ve hangi illet", "today"],
  ["Hangi gündem konuşuldu?", "time"],
  ["Hangi ayrıntılar önemli?", "time"],
  ["hangi yılbaşı", "time"],
  ["bu Ayvalık toplantısında ne konuşuldu", "today"],
  ["bu ayrım neden", "today"],
  ["kaç ayrı belge gerekir", "duration"],
  ["kaç yıllık plan var", "time"],
  ["kaç günlük mü", "place"],
  ["are you sure", "duration"],
  ["sürekli üyelik var mı", "duration"],
  ["tarihi kent Safranbolu'da mı", "place"],
])("%s does not ask for %s", (question, kind) => {
  expect(kinds(question)).not.toContain(kind);
});

test.each<[string, Asked]>([
  ["hangi ilde yapıldı", "place"],
  ["hangi illerde var", "place"],
  ["hangi ülkelerde", "place"],
  ["hangi şehirlerde", "place"],
  ["hangi gün", "time"],
  ["hangi günlerdeydi", "time"],
  ["hangi ayda", "time"],
  ["hangi yıllardaydı", "time"],
  ["hangi tarihte yapıldı", "time"],
  ["bu ay etkinlik var mı", "today"],
  ["bu aydaki toplantı", "today"],
  ["bu yılki fuar", "today"],
  ["kaç ay sürer", "duration"],
  ["kaç ayda biter", "duration"],
  ["kaç günde", "duration"],
  ["süresi ne kadar", "duration"],
  ["how long does it take", "duration"],
  ["peki ne kadar", "money"],
  ["2031 ücreti", "today"],
])("%s asks for %s", (question, kind) => {
  expect(kinds(question)).toContain(kind);
});

describe("a year", () => {
  test("that is still to come asks for today, whichever it is, and one long past does not", () => {
    fc.assert(fc.property(fc.integer({ min: 2026, max: 2099 }), (year) => kinds(`${year} aidatı`).includes("today")));
    fc.assert(fc.property(fc.integer({ min: 1844, max: 2025 }), (year) => !kinds(`${year} aidatı`).includes("today")));
  });
});
