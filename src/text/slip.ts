/** Rows of the Turkish Q keyboard, folded: neighbours are hit by mistake. */
const ROWS = ["qwertyuiopgu", "asdfghjklsi", "zxcvbnmoc"];
const NEIGHBOURS = new Set(
  ROWS.flatMap((row) => Array.from(row.slice(1), (letter, before) => [row[before], letter])).flatMap(([a, b]) => [
    `${a}${b}`,
    `${b}${a}`,
  ]),
);

const CHANGED = 1;
const NEIGHBOUR = 0.75;
const SWAPPED = 0.7;
const MISSING = 0.8;
const DOUBLED = 0.5;
/** People rarely miss the first letter. */
const FIRST_LETTER = 0.6;

/**
 * What it costs to get from one folded word to another by slips of the hand: letters swapped, missing, doubled, changed (less for a
 * neighbouring key). Optimal string alignment with weights; 0 for equal words, about 1 a slip.
 */
export function slipCost(typed: string, meant: string): number {
  let beforePrevious: number[] = [];
  let previous = [0];
  for (let column = 1; column <= meant.length; column += 1) previous.push((previous[column - 1] ?? 0) + MISSING);
  for (let row = 1; row <= typed.length; row += 1) {
    const letter = typed[row - 1];
    const extra = letter === typed[row - 2] ? DOUBLED : CHANGED;
    const current = [(previous[0] ?? 0) + extra];
    for (let column = 1; column <= meant.length; column += 1) {
      const other = meant[column - 1];
      const missing = other === meant[column - 2] ? DOUBLED : MISSING;
      let cost = Math.min(
        (previous[column] ?? 0) + extra,
        (current[column - 1] ?? 0) + missing,
        (previous[column - 1] ?? 0) + changeCost(letter, other),
      );
      const swapped = row > 1 && column > 1 && letter === meant[column - 2] && typed[row - 2] === other;
      if (swapped && letter !== other) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + SWAPPED);
      current.push(cost);
    }
    beforePrevious = previous;
    previous = current;
  }
  return (previous[meant.length] ?? 0) + (typed[0] === meant[0] ? 0 : FIRST_LETTER);
}

function changeCost(typed: string | undefined, meant: string | undefined): number {
  if (typed === meant) return 0;
  return NEIGHBOURS.has(`${typed}${meant}`) ? NEIGHBOUR : CHANGED;
}

/** Shorter words are too near to one another to tell a slip from another word. */
const SHORTEST_MEANT = 4;
const SHORTEST_TWICE = 7;
const ONE_SLIP = 1;
const TWO_SLIPS = 1.7;

/** Which of some folded words another may stand for: within a slip of it, two in long ones. The word itself is not looked for. */
export function meantBy(typed: string, known: Iterable<string>): readonly string[] {
  if (typed.length < SHORTEST_MEANT) return [];
  const most = typed.length < SHORTEST_TWICE ? ONE_SLIP : TWO_SLIPS;
  return [...known].filter((word) => word.length >= SHORTEST_MEANT && slipCost(typed, word) <= most);
}
