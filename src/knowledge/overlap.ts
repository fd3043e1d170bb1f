import type { Index } from "#knowledge/index.ts";
import type { Query } from "#knowledge/query.ts";

/** Words that agree less than this say different things. */
export const LEAST_SAID = 0.5;

/** What a question and a wording say of each other, 0 to 1: both ways, and how much of the wording the question says. */
export interface Overlap {
  readonly overlap: number;
  readonly wordingCovered: number;
  readonly unit?: number;
}

const NO_OVERLAP: Overlap = { overlap: 0, wordingCovered: 0 };

/** The overlap with the closest of some units. */
export function closestOf(index: Index, query: Query, units: readonly (readonly [unit: number, share: number])[]): Overlap {
  let best = NO_OVERLAP;
  for (const [unit] of units) {
    const found = twoWayOverlap(index, query, index.units.wordsOf(unit));
    if (found.overlap > best.overlap) best = { ...found, unit };
  }
  return best;
}

/** Dice over words: what the question and the wording say of each other, rarity as weight, agreement as degree. */
function twoWayOverlap(index: Index, query: Query, wording: Uint32Array): Overlap {
  const best = new Float32Array(wording.length);
  let answered = 0;
  for (const word of query.words) {
    let most = 0;
    for (let position = 0; position < wording.length; position += 1) {
      const degree = word.degrees.get(wording[position] ?? -1) ?? 0;
      if (degree < LEAST_SAID) continue;
      if (degree > most) most = degree;
      if (degree > (best[position] ?? 0)) best[position] = degree;
    }
    answered += word.weight * most;
  }
  let said = 0;
  let heard = 0;
  for (let position = 0; position < wording.length; position += 1) {
    const rarity = index.rarities[wording[position] ?? -1] ?? 0;
    said += rarity;
    heard += rarity * (best[position] ?? 0);
  }
  if (said === 0) return NO_OVERLAP;
  return {
    overlap: (answered + heard) / (query.whole + said),
    wordingCovered: heard / said,
  };
}

/** How much of a document's title the question says, in the language it says more of. */
export function titleSaid(index: Index, query: Query, document: number): number {
  const start = index.units.starts[document] ?? 0;
  const { wordings, titles = 1 } = index.documents[document] ?? { wordings: [] };
  let most = 0;
  // The wordings of a document come first among its units, the titles first among them.
  for (let unit = start; unit < start + Math.min(titles, wordings.length); unit += 1) {
    most = Math.max(most, twoWayOverlap(index, query, index.units.wordsOf(unit)).wordingCovered);
  }
  return most;
}

/** What is asked where somebody only wants to know what a thing is. */
const DEFINING = new Set(
  (
    "ne nedir nelerdir demek demektir denir anlami acilimi tanimi kisaca ozet hakkinda bilgi anlat acikla bu su bir " +
    "what whats is are s the a an of does mean meaning means definition define stand stands for about explain tell me us"
  ).split(" "),
);
/** More than words of one stem agree by that alone: "türkkent" names no "türkkonut". */
const SAME_WORD = 0.87;

/** Whether a folded word only asks what a thing is. */
export function asksWhatItIs(folded: string): boolean {
  return DEFINING.has(folded);
}

/** Whether the question names just what a title names: "ICA", "ICA ne demek", "what is the ICA" for "ICA nedir?". */
export function isTitled(index: Index, query: Query, document: number): boolean {
  if (query.asked !== 0) return false;
  const named = query.words.filter((word) => !asksWhatItIs(word.folded));
  if (named.length === 0) return false;
  const start = index.units.starts[document] ?? 0;
  const { wordings, titles = 1 } = index.documents[document] ?? { wordings: [] };
  for (let unit = start; unit < start + Math.min(titles, wordings.length); unit += 1) {
    const title = [...index.units.wordsOf(unit)].filter((word) => !asksWhatItIs(index.vocabulary.folded[word] ?? ""));
    const says = (word: number, degrees: ReadonlyMap<number, number>) => (degrees.get(word) ?? 0) >= SAME_WORD;
    const whole =
      named.every(({ degrees }) => title.some((word) => says(word, degrees))) &&
      title.every((word) => named.some(({ degrees }) => says(word, degrees)));
    if (whole && title.length > 0) return true;
  }
  return false;
}
