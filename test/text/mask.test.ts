import * as fc from "fast-check";
import { expect, test } from "vitest";
import { maskNumbers } from "#text/mask.ts";

const NBSP = "\u00A0";

test.each([
  "10000000146 0532 123 45 67",
  "15.03.2024 0532 123 45 67",
  "0532 123 45 67 - 0533 123 45 67",
  "4111 1111 1111 1111 12 27",
  "0532/123 45 67",
  `0532${NBSP}123${NBSP}45${NBSP}67`,
  "0532–123–45–67",
  "0532*123*45*67",
  "0532:123:45:67",
  "0532'123'45'67",
  "0532’123’45’67",
  "0532|123|45|67",
  "0532~123~45~67",
  "0532+123+45+67",
  "100*000*001*46",
  "4111:1111:1111:1111",
  "TR33|0006|1005|1978|6457|8413|26",
  "TR33-0006-1005-1978-6457-8413-26",
  "TR33 0006 1005 1978 6457 8413 26",
  "tr330006100519786457841326",
  "DE89 3704 0044 0532 0130 00",
  "GB29 NWBK 6016 1331 9268 19",
  "+49 170 1234567",
  "0049 170 1234567",
  "+90 (532) 123 45 67",
  "532 123 45 67",
  "5321234567",
  "0 5 3 2 1 2 3 4 5 6 7",
  "٠٥٣٢ ١٢٣ ٤٥ ٦٧",
  "1 0 0 0 0 0 0 0 1 4 6",
  "100 000 001 46",
  "9792 0000 0000 0003",
])("hides %s and nothing of the words around it", (written) => {
  const masked = maskNumbers(`Ben Ayşe, ${written} bana ulaşın`);
  expect(masked.replace("15.03.2024", "")).toMatch(/^Ben Ayşe, [^0-9]*\[gizlendi\][^a-zşç]*(?:12 27|27)? ?bana ulaşın$/u);
  expect(masked.match(/\p{Nd}{3}/gu)?.filter((three) => !"15.03.2024".includes(three)) ?? []).toEqual([]);
});

test.each([
  "1163 sayılı Kanun",
  "15.03.2024",
  "5/3/2024 ile 12-11-2025 arasında",
  "2024-03-15 118",
  "15.03.2024 118 kişi",
  "05.03.2024 123",
  "1.500 TL",
  "1.234.567.890.123,50 TL",
  "2.500.000.000 lira",
  "2019-2023",
  "2019-2023 1163 6102",
  "2019 2020 2021 2022 2023",
  "2019: 2020: 2021",
  "2019 + 2020 + 2021 = 6060",
  "1163 | 6102 | 7339 | 5174",
  "13:00 – 15:30, 09:00 – 12:30",
  "15.03.2024: 118 kişi",
  "3*4*5, 2019’da 1163",
  "5174, 6102 ve 7339 sayılı kanunlar",
  "madde 8/2, 13.00 – 15.30 arası, 50.000 ortak",
  "444 0 123",
  "%51, 3/4 çoğunluk, 10 ortak",
  "en az 7 kişi, 2004/37",
])("leaves %s as it is", (text) => {
  expect(maskNumbers(text)).toBe(text);
});

const digits = (length: number) => fc.array(fc.nat(9), { minLength: length, maxLength: length }).map((each) => each.join(""));

const identity = fc.tuple(fc.integer({ min: 1, max: 9 }), digits(8)).map(([first, rest]) => {
  const d = Array.from(`${first}${rest}`, Number);
  const sum = (from: number) => [0, 2, 4, 6, 8].reduce((total, at) => total + (d[at + from] ?? 0), 0);
  const tenth = (((sum(0) * 7 - sum(1)) % 10) + 10) % 10;
  return `${d.join("")}${tenth}${(sum(0) + sum(1) + tenth) % 10}`;
});

const card = fc
  .tuple(fc.constantFrom("4", "51", "55", "36", "62", "9792", "2221"), fc.constantFrom(13, 14, 15, 16, 19))
  .chain(([head, length]) =>
    digits(length - head.length - 1).map((middle) => {
      const payload = `${head}${middle}`;
      const sum = Array.from(payload, Number)
        .toReversed()
        .reduce((total, digit, at) => total + (at % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0);
      return `${payload}${(10 - (sum % 10)) % 10}`;
    }),
  );

const telephone = fc.tuple(fc.constantFrom("2", "3", "4", "5", "8"), digits(9)).map(([first, rest]) => `${first}${rest}`);
const gap = fc.constantFrom("*", ":", "'", "|", "~", "+", " ", NBSP, "\u202F", "-", "–", "‑", ".", "/", " - ", "  ");

/** Cuts a number into parts of these lengths (the last takes the rest) with gaps of one kind between them. */
function cut(number: string, lengths: readonly number[], between: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const length of lengths) {
    parts.push(number.slice(at, at + length));
    at += length;
  }
  return [...parts, number.slice(at)].filter((part) => part !== "").join(between);
}

const cutInto = (number: fc.Arbitrary<string>, ways: number[][]) =>
  fc.tuple(number, fc.constantFrom(...ways), gap).map(([whole, way, between]) => cut(whole, way, between));

const writings: Record<string, fc.Arbitrary<string>> = {
  "an identity number": cutInto(identity, [[], [3, 3, 3], [5], [4, 4], Array.from({ length: 10 }, () => 1)]),
  "a card number": cutInto(card, [[], [4, 4, 4, 4], [4, 6], Array.from({ length: 18 }, () => 1)]),
  "a telephone number": fc
    .tuple(
      telephone,
      fc.constantFrom([], [3, 3, 2], [3, 3], [3], [3, 2, 2]),
      gap,
      fc.constantFrom("", "0", "90", "+90", "0090"),
      gap,
    )
    .map(([number, way, between, prefix, after]) =>
      prefix === "" ? cut(number, way, between) : `${prefix}${prefix === "0" ? "" : after}${cut(number, way, between)}`,
    ),
  "a number of another country": fc
    .tuple(fc.constantFrom("49", "33", "31", "1", "44", "994"), digits(9), gap)
    .map(([country, number, between]) => `+${country} ${cut(number, [3, 3], between)}`),
  "a Turkish IBAN": cutInto(
    digits(24).map((each) => `TR${each}`),
    [[], [4, 4, 4, 4, 4, 4]],
  ),
  "an IBAN of another country": fc
    .constantFrom(["DE", 18], ["FR", 23], ["NL", 14], ["gb", 18])
    .chain(([country, length]) => fc.tuple(fc.constant(country as string), digits(length as number), gap))
    .map(([country, account, between]) => {
      const value = Array.from(`${account}${country}00`, (each) => Number.parseInt(each, 36)).join("");
      const check = 98n - (BigInt(value) % 97n);
      return cut(`${country}${String(check).padStart(2, "0")}${account}`, [4, 4, 4, 4, 4], between);
    }),
};

const words = fc.constantFrom(
  "Ben",
  "numaram",
  "üyeyim:",
  "lütfen arayın,",
  "(kart)",
  "için",
  "Şule'nin",
  "5 ortak",
  "15.03.2024",
  "1163 sayılı Kanun",
  "1.500 TL",
  "2019-2023",
);

test.each(Object.entries(writings))("hides %s in any writing, between any words, beside another", (_, number) => {
  fc.assert(
    fc.property(words, number, words, number, words, (before, one, between, other, after) => {
      for (const text of [`${before} ${one} ${after}`, `${before} ${one} ${between} ${other} ${after}`]) {
        const masked = maskNumbers(text);
        expect(masked).not.toContain(one);
        expect(masked).not.toContain(other);
        const left = (masked.match(/\d/g) ?? []).length;
        expect(left).toBeLessThanOrEqual(`${before}${between}${after}`.replace(/\D/g, "").length);
      }
    }),
    { numRuns: 300 },
  );
});

const plain = fc.oneof(
  fc.date({ min: new Date("1950-01-01"), max: new Date("2049-12-31"), noInvalidDate: true }).map((day) => {
    const [year = "", month = "", date = ""] = day.toISOString().slice(0, 10).split("-");
    return `${date}.${month}.${year}`;
  }),
  fc.integer({ min: 1, max: 999_999_999 }).map((sum) => `${sum.toLocaleString("tr-TR")} TL`),
  fc.integer({ min: 1, max: 9999 }).map((number) => `${number} sayılı`),
  fc.integer({ min: 1950, max: 2040 }).map((year) => `${year}-${year + 4}`),
  fc.integer({ min: 0, max: 23 }).map((hour) => `saat ${hour}.30`),
);

test("dates, sums, numbers of laws and years between words stay", () => {
  fc.assert(
    fc.property(fc.array(plain, { minLength: 1, maxLength: 4 }), (all) => {
      const text = `Soru: ${all.join(" ve ")} nedir?`;
      expect(maskNumbers(text)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test("a long text of digits is masked in no time", () => {
  const started = performance.now();
  maskNumbers("1 2 ".repeat(2000) + "DE12 ".repeat(1000) + "TR1 ".repeat(1000));
  expect(performance.now() - started).toBeLessThan(500);
});
