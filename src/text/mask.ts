const DIGIT_RUN = /\+?\d[\d \-().]{8,30}\d/g;
const IBAN = /\bTR\s?\d{2}(?:\s?\d){22}\b/gi;
const HIDDEN = "[gizlendi]";

/**
 * Hides T.C. identity numbers, IBANs, card and telephone numbers, so that they are not kept with a question.
 * A number of eleven digits is hidden only with a right check digit or the form of a telephone, so that other numbers stay readable.
 */
export function maskNumbers(text: string): string {
  return text.replace(IBAN, HIDDEN).replace(DIGIT_RUN, (run) => (isPrivate(run.replace(/\D/g, "")) ? HIDDEN : run));
}

function isPrivate(digits: string): boolean {
  return isIdentityNumber(digits) || isCardNumber(digits) || isTelephone(digits);
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

/** Payment cards: 13 to 19 digits that pass the Luhn check. */
function isCardNumber(digits: string): boolean {
  if (!/^\d{13,19}$/.test(digits)) return false;
  let sum = 0;
  for (const [position, digit] of Array.from(digits, Number).toReversed().entries()) {
    const doubled = position % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Turkish telephone numbers with or without 0 or 90 in front, and international ones. */
function isTelephone(digits: string): boolean {
  return /^(?:90|0090|0)?[2-58]\d{9}$/.test(digits);
}
