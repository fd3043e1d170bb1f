import { expect, test } from "vitest";
import { words } from "#text/words.ts";

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
  expect(
    words(text)
      .map((word) => word.folded)
      .join(" "),
  ).toBe(folded);
});
