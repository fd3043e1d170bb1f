/** What makes a run of digits a private number. Each asks for the digits and for where the writer put gaps between them. */

/** Digits of one candidate, and after how many of them a gap stands: "0532 123" is 0532123 with a gap after 4. */
export interface Written {
  readonly digits: string;
  readonly gaps: readonly number[];
  /** Whether a plus stands right before it. */
  readonly plus: boolean;
}

const AREA = "[2-58]";
const NATIONAL = new RegExp(`^(?<prefix>0|90|0090)?(?<number>${AREA}\\d{9})$`);
const USUAL_GAPS = ["", "3", "3,6", "3,6,8", "3,5,7", "3,8", "6", "6,8"];
const LONGEST_CARD = 19;

export const MOST_DIGITS = LONGEST_CARD;

/** Identity, card or telephone number. */
export function isPrivate(written: Written): boolean {
  return isIdentityNumber(written.digits) || isCardNumber(written.digits) || isTelephone(written);
}

/** T.C. identity number: the tenth and eleventh digits follow from the first nine. */
function isIdentityNumber(digits: string): boolean {
  if (!/^[1-9]\d{10}$/.test(digits)) return false;
  const d = Array.from(digits, Number);
  const odd = (d[0] ?? 0) + (d[2] ?? 0) + (d[4] ?? 0) + (d[6] ?? 0) + (d[8] ?? 0);
  const even = (d[1] ?? 0) + (d[3] ?? 0) + (d[5] ?? 0) + (d[7] ?? 0);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return d[9] === tenth && d[10] === (odd + even + tenth) % 10;
}

/** Payment cards: 13 to 19 digits that pass the Luhn check. None begins with 0, 1, 7 or 8, and of those with 2 only 2221–2720: no year does. */
function isCardNumber(digits: string): boolean {
  if (!/^(?:[34569]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)\d+$/.test(digits)) return false;
  if (digits.length < 13 || digits.length > LONGEST_CARD) return false;
  let sum = 0;
  for (const [position, digit] of Array.from(digits, Number).toReversed().entries()) {
    const doubled = position % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * Telephone numbers: with a plus, of any country; Turkish ones with 0, 90 or 0090 in front, written in any parts that leave the area code
 * whole; and without any prefix in the usual parts only, as other numbers begin alike.
 */
function isTelephone({ digits, gaps, plus }: Written): boolean {
  if (plus && /^[1-9]\d{8,14}$/.test(digits)) return true;
  if (/^00[1-9]\d{8,14}$/.test(digits) && !gaps.includes(1)) return true;
  const { prefix = "", number } = NATIONAL.exec(digits)?.groups ?? {};
  if (number === undefined) return false;
  const oneByOne = gaps.length === digits.length - 1;
  const inside = gaps.map((gap) => gap - prefix.length).filter((gap) => gap > 0);
  if (prefix === "") return oneByOne || USUAL_GAPS.includes(inside.join());
  // A day and a month ("05.03.") are two digits and a gap; an area code is three, after its prefix.
  return oneByOne || inside.every((gap) => gap >= 3);
}
