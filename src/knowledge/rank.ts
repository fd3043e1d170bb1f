import type { Index, KnownWord } from "#knowledge/index.ts";
import type { Likeness } from "#knowledge/likeness.ts";
import { createLikeness } from "#knowledge/likeness.ts";
import type { Query } from "#knowledge/query.ts";

/** What a document shares with a question. All shares are 0 to 1, weighted by how rare the words are. */
export interface Ranked {
  readonly document: number;
  readonly score: number;
  /** Best wording's score against a perfect match. */
  readonly ratio: number;
  /** How much of the question its closest wording says. */
  readonly questionCovered: number;
  /** How much of its closest wording the question says. */
  readonly wordingCovered: number;
  /** How much of the question any of its units says. */
  readonly covered: number;
  /** How much closer the question is to a refused wording than to an accepted one; 0 where it is not. */
  readonly refused: number;
}

const LOOKED_AT = 12;
const UNITS_LOOKED_AT = 4;
const TEXT_SHARE = 0.5;
const BREADTH_SHARE = 0.12;
const OVERLAP_SHARE = 0.45;
const COVERED_SHARE = 0.4;

/** Ranks the documents for a query, best first, at most a dozen. `favour` adds to a document's score (talk that went before). */
export function rank(index: Index, query: Query, favour: ReadonlyMap<number, number> = new Map()): Ranked[] {
  const scores = scoreUnits(index, query);
  const drafts = bestUnits(index, scores, query.perfect, favour);
  const likeness = createLikeness();
  return drafts
    .map((draft) => lookAgain(index, query, draft, likeness))
    .toSorted((a, b) => b.score - a.score || a.document - b.document);
}

function scoreUnits(index: Index, query: Query): Map<number, number> {
  const sums = new Float32Array(index.units.length);
  const touched: number[] = [];
  for (const [term, weight] of query.terms) {
    const postings = index.terms.get(term);
    if (!postings) continue;
    const gain = weight * postings.weight;
    const { units, impacts } = postings;
    for (let position = 0; position < units.length; position += 1) {
      const unit = units[position] ?? 0;
      if (sums[unit] === 0) touched.push(unit);
      sums[unit] = (sums[unit] ?? 0) + gain * (impacts[position] ?? 0);
    }
  }
  return new Map(touched.map((unit) => [unit, sums[unit] ?? 0]));
}

interface Draft {
  readonly document: number;
  readonly score: number;
  readonly ratio: number;
  readonly wordings: readonly number[];
  readonly refusals: readonly number[];
}

function bestUnits(
  index: Index,
  scores: ReadonlyMap<number, number>,
  perfect: number,
  favour: ReadonlyMap<number, number>,
): Draft[] {
  const perDocument = new Map<number, { wordings: [number, number][]; refusals: [number, number][]; text: number }>();
  for (const [unit, score] of scores) {
    const place = index.units[unit];
    if (!place) continue;
    let found = perDocument.get(place.document);
    if (!found) perDocument.set(place.document, (found = { wordings: [], refusals: [], text: 0 }));
    if (place.field === "text") found.text = score;
    else if (place.field === "wording") found.wordings.push([unit, score]);
    else found.refusals.push([unit, score]);
  }
  const drafts: Draft[] = [];
  const scale = perfect > 0 ? 1 / perfect : 0;
  for (const [document, { wordings, refusals, text }] of perDocument) {
    wordings.sort((a, b) => b[1] - a[1]);
    refusals.sort((a, b) => b[1] - a[1]);
    const best = wordings[0]?.[1] ?? 0;
    const next = wordings[1]?.[1] ?? 0;
    const score = (best + BREADTH_SHARE * next + TEXT_SHARE * text) * scale + (favour.get(document) ?? 0);
    drafts.push({
      document,
      score,
      ratio: Math.max(best, text) * scale,
      wordings: wordings.slice(0, UNITS_LOOKED_AT).map(([unit]) => unit),
      refusals: refusals.slice(0, 2).map(([unit]) => unit),
    });
  }
  return drafts.toSorted((a, b) => b.score - a.score || a.document - b.document).slice(0, LOOKED_AT);
}

function lookAgain(index: Index, query: Query, draft: Draft, likeness: Likeness): Ranked {
  const closest = closestOf(index, query, draft.wordings, likeness);
  const refusal = closestOf(index, query, draft.refusals, likeness);
  const all = (index.unitsOf[draft.document] ?? []).filter((unit) => index.units[unit]?.field !== "notWording");
  const covered = coverage(
    query,
    all.map((unit) => index.units[unit]?.words ?? []),
    likeness,
  );
  return {
    document: draft.document,
    score: draft.score + OVERLAP_SHARE * closest.overlap + COVERED_SHARE * covered,
    ratio: draft.ratio,
    questionCovered: closest.questionCovered,
    wordingCovered: closest.wordingCovered,
    covered,
    refused: Math.max(0, refusal.overlap - closest.overlap),
  };
}

interface Overlap {
  readonly overlap: number;
  readonly questionCovered: number;
  readonly wordingCovered: number;
}

function closestOf(index: Index, query: Query, units: readonly number[], likeness: Likeness): Overlap {
  let best: Overlap = { overlap: 0, questionCovered: 0, wordingCovered: 0 };
  for (const unit of units) {
    const found = twoWayOverlap(query, index.units[unit]?.words ?? [], likeness);
    if (found.overlap > best.overlap) best = found;
  }
  return best;
}

/** Dice over words: what the question and the wording say of each other, rarity as weight, likeness as degree. */
function twoWayOverlap(query: Query, wording: readonly KnownWord[], likeness: Likeness): Overlap {
  const best = wording.map(() => 0);
  let asked = 0;
  let answered = 0;
  for (const word of query.words) {
    let most = 0;
    for (const [position, known] of wording.entries()) {
      const degree = likeness(word, known);
      if (degree > most) most = degree;
      if (degree > (best[position] ?? 0)) best[position] = degree;
    }
    asked += word.weight;
    answered += word.weight * most;
  }
  let said = 0;
  let heard = 0;
  for (const [position, known] of wording.entries()) {
    said += known.weight;
    heard += known.weight * (best[position] ?? 0);
  }
  if (asked === 0 || said === 0) return { overlap: 0, questionCovered: 0, wordingCovered: 0 };
  return { overlap: (answered + heard) / (asked + said), questionCovered: answered / asked, wordingCovered: heard / said };
}

function coverage(query: Query, units: readonly (readonly KnownWord[])[], likeness: Likeness): number {
  const vocabulary = new Set(units.flat());
  let asked = 0;
  let answered = 0;
  for (const word of query.words) {
    let most = 0;
    for (const known of vocabulary) {
      most = Math.max(most, likeness(word, known));
      if (most === 1) break;
    }
    asked += word.weight;
    answered += word.weight * most;
  }
  return asked === 0 ? 0 : answered / asked;
}
