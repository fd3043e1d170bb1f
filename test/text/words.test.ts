import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LONGEST_QUESTION, capQuestion, foldedWords } from "#text/words.ts";

test.each([
  ["Merhaba.Genel kurul", "merhaba genel kurul"],
  ["merhaba.genel kurul ne zaman", "merhaba genel kurul ne zaman"],
  ["Peki.Nerede?", "peki nerede"],
  ["2025.Genel kurul", "2025 genel kurul"],
  ["28.11.2025", "28 11 2025"],
  ["28.11.2025'te", "28 11 2025"],
  ["5.7.19 günü", "5 7 19 gunu"],
  ["ESMED'e 2019'da", "esmed 2019"],
  ["A.Ş. ve S.S. kop.ların", "as ve ss koplarin"],
  ["1.549 ortak", "1549 ortak"],
  ["T.C. kimlik", "tc kimlik"],
  ["turkey.coop sayfası, www.turkey.coop", "turkeycoop sayfasi wwwturkeycoop"],
  ["m.45/1", "m45 1"],
])("%s is the words %s", (text, folded) => {
  expect(foldedWords(text).join(" ")).toBe(folded);
});

const STORY = "Merhaba, ben küçük bir tarım kooperatifinin ortağıyım ve yıllardır bu işin içindeyim. ";

test.each([
  ["a question at the end", `${STORY.repeat(4)}Genel kurulu kim toplantıya çağırır?`, "Genel kurulu kim toplantıya çağırır?"],
  [
    "thanks after it",
    `${STORY.repeat(4)}Genel kurulu kim toplantıya çağırır? Şimdiden teşekkür ederim, iyi çalışmalar.`,
    "Genel kurulu kim toplantıya çağırır?",
  ],
  [
    "an abbreviation in it",
    `${STORY.repeat(4)}Kanunun md. 16 hükmü ortağa ne hak verir?`,
    "Kanunun md. 16 hükmü ortağa ne hak verir?",
  ],
  [
    "a question that leans on the sentence before it",
    `${STORY.repeat(4)}Ortaklıktan çıkmak istiyorum. Olur mu?`,
    "Ortaklıktan çıkmak istiyorum. Olur mu?",
  ],
  ["a new line", `${STORY.repeat(4)}\nbirliğe nasıl üye olunur?`, "birliğe nasıl üye olunur?"],
  [
    "no question mark",
    `${STORY.repeat(4)}Benim asıl sorum şu konuda olacaktı. Genel kurulu kimin çağırdığını öğrenmek istiyorum`,
    `${STORY}Benim asıl sorum şu konuda olacaktı. Genel kurulu kimin çağırdığını öğrenmek istiyorum`.slice(-200),
  ],
])("of a long text with %s, the question is looked at", (_case, text, asked) => {
  if (asked.length < LONGEST_QUESTION) expect(capQuestion(text)).toBe(asked);
  else expect(asked.endsWith(capQuestion(text).slice(-80))).toBe(true);
});

test("whatever is written, what is looked at is a whole part of it, no longer than the longest question", () => {
  const sentence = fc.string({ unit: fc.constantFrom("ağ", "b ", ". ", "? ", "😀", "\n", "ç", " ", "…"), maxLength: 900 });
  fc.assert(
    fc.property(sentence, (text) => {
      const looked = capQuestion(text);
      expect(text).toContain(looked);
      expect(looked.length).toBeLessThanOrEqual(LONGEST_QUESTION);
      expect(looked.isWellFormed()).toBe(true);
      if (text.length <= LONGEST_QUESTION) expect(looked).toBe(text);
    }),
  );
});
