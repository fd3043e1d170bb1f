/**
 * The one fold: the only place where letters are lowered. Index and question go through the same functions, so that
 * "ESMED'E", "esmed'e" and "Esmede" meet, and so do "OKUL", "okul" and "ökul" typed without Turkish letters.
 */

const MARKS = /\p{M}+/gu;
// What decomposition leaves whole: these letters have no combining mark to drop.
const WHOLE: Readonly<Record<string, string>> = { ı: "i", ø: "o", đ: "d", ł: "l", æ: "ae", œ: "oe", ß: "ss" };
const TURKISH: Readonly<Record<string, string>> = { ç: "c", ğ: "g", ı: "i", ö: "o", ş: "s", ü: "u", â: "a", î: "i", û: "u" };
const TURKISH_LETTERS = /[çğıöşüâîû]/g;
const PLAIN = /^[\x20-\x7f]*$/;
const WHOLE_LETTERS = /[ıøđłæœß]/g;

/**
 * Lowers letters the Turkish way (İ→i, I→ı) after compatibility composition; diacritics stay.
 * Idempotent. "İIiı" becomes "iıiı".
 */
export function lower(text: string): string {
  return text.normalize("NFKC").toLocaleLowerCase("tr").normalize("NFKC");
}

/**
 * Lowers letters and drops diacritics: the form in which words are compared. Idempotent.
 * "Ölçü ÇAĞRISI" becomes "olcu cagrisi".
 */
export function fold(text: string): string {
  return dropMarks(lower(text));
}

/** Drops the diacritics of text that {@link lower} has been through. */
export function dropMarks(lowered: string): string {
  const turkish = lowered.replace(TURKISH_LETTERS, (letter) => TURKISH[letter] ?? letter);
  // Nearly every word ends here; taking letters apart is the slow way.
  if (PLAIN.test(turkish)) return turkish;
  return turkish
    .normalize("NFD")
    .replace(MARKS, "")
    .replace(WHOLE_LETTERS, (letter) => WHOLE[letter] ?? letter)
    .normalize("NFC");
}
