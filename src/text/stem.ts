/** Turkish puts everything behind the root, so the first letters of a word carry its meaning: "kooperatiflerimizin" → "koope". */
const STEM_LETTERS = 5;
const GRAM_LETTERS = 3;

/** The part of a folded word that survives its suffixes. Words that short are their own stem. */
export function stem(folded: string): string {
  return folded.slice(0, STEM_LETTERS);
}

/** The letter triples of a folded word, its ends marked: "ortak" → "^or", "ort", "rta", "tak". The end is left open, as suffixes sit there. */
export function grams(folded: string): string[] {
  const marked = `^${folded}`;
  const found: string[] = [];
  for (let start = 0; start + GRAM_LETTERS <= marked.length; start += 1) found.push(marked.slice(start, start + GRAM_LETTERS));
  return found;
}
