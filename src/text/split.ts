const graphemes = new Intl.Segmenter("tr", { granularity: "grapheme" });
const LONGEST_CHARACTER = 64;

/**
 * Cuts words into pieces of at most `limit` UTF-16 units: between paragraphs, else between lines, sentences or words, and where there is
 * none of these between two characters as a reader sees them, so that no emoji is cut. A piece begins and ends with something to read.
 */
export function splitWords(words: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = words.trim();
  while (rest.length > limit) {
    const cut = placeToCut(rest, limit);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  if (rest !== "") pieces.push(rest);
  return pieces;
}

function placeToCut(words: string, limit: number): number {
  const head = words.slice(0, limit + 1);
  const least = Math.floor(limit / 2);
  for (const between of ["\n\n", "\n", ". ", " "]) {
    // A full stop stays with its sentence.
    const at = head.lastIndexOf(between) + (between === ". " ? 1 : 0);
    if (at >= least && at <= limit) return at;
  }
  let cut = 0;
  // A character may be longer than it seems: seen up to the limit alone, half an emoji looks whole.
  for (const { index, segment } of graphemes.segment(words.slice(0, limit + LONGEST_CHARACTER))) {
    if (index + segment.length > limit) break;
    cut = index + segment.length;
  }
  if (cut > 0) return cut;
  // One character longer than a message: then at least no surrogate pair is cut.
  return isHighSurrogate(words.charCodeAt(limit - 1)) ? limit - 1 : limit;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdb_ff;
}

/** Shortens a label to `limit` characters as a reader sees them. */
export function shorten(words: string, limit: number): string {
  const seen = Array.from(graphemes.segment(words), ({ segment }) => segment);
  return seen.length <= limit
    ? words
    : `${seen
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}

/** Cuts words to `limit` UTF-16 units at most, where a reader is least disturbed by it. */
export function fit(words: string, limit: number): string {
  if (words.length <= limit) return words;
  const [first = ""] = splitWords(words, limit - 1);
  return `${first}…`;
}
