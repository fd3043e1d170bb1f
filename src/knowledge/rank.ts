import fitted from "#knowledge/fitted.json" with { type: "json" };
import type { Index } from "#knowledge/index.ts";
import { SATURATION } from "#knowledge/index.ts";
import type { Query } from "#knowledge/query.ts";
import { countAsked } from "#text/asked.ts";

/**
 * What speaks for a document, each a share of what the question asks. A document without wordings is judged by its text alone, so its
 * text counts under a name of its own.
 */
export const EVIDENCE = [
  "wording",
  "second",
  "average",
  "together",
  "text",
  "textAlone",
  "overlap",
  "closeness",
  "covered",
  "coveredAlone",
] as const;
export type Evidence = Readonly<Record<(typeof EVIDENCE)[number], number>>;

export interface Ranked {
  id?: any;
  readonly document: number;
  readonly score: number;
  readonly evidence: Evidence;
  /** How much of the question its closest wording says, and how much of that wording the question says. 0 to 1. */
  readonly questionCovered: number;
  readonly wordingCovered: number;
  /** How much of the question any of its units says. */
  readonly covered: number;
  /** How near the question is to a wording that the document refuses, as `overlap`. */
  readonly refused: number;
  /** How much of what the question asks for its wordings ask for, and its closest wording; see `askedFor`. */
  readonly asked: number;
  readonly askedAlike: number;
  /** The heaviest word of the question that it says nowhere, 0 to 1; and 1 where a number is among those, else 0. */
  readonly missing: number;
  readonly numberMissing: number;
  /** How much of its title the question says. */
  readonly titleSaid: number;
  /** Whether it was spoken of just before, or belongs near what was. */
  readonly favoured: boolean;
}

const LOOKED_AT = 24;
const UNITS_LOOKED_AT = 4;
const PAIR_SHARE = 0.5;
/** Words that agree less than this say different things. */
const LEAST_SAID = 0.5;

/** Ranks the documents for a query, best first, at most two dozen. `favour` adds to a document's score (talk that went before). */
export function rank(index: Index, query: Query, favour: ReadonlyMap<number, number> = new Map()): Ranked[] {
  if (query.whole === 0) return [];
  const { scores, covered } = scoreUnits(index, query);
  const sheets = collectSheets(index, query, scores);
  const drafts = [...sheets].map(([document, sheet]) => ({ document, sheet, score: firstLook(sheet) + (favour.get(document) ?? 0) }));
  return drafts
    .toSorted((a, b) => b.score - a.score || a.document - b.document)
    .slice(0, LOOKED_AT)
    .map(({ document, sheet }) => lookAgain(index, query, document, sheet, (covered[document] ?? 0) / query.whole, favour))
    .toSorted((a, b) => b.score - a.score || a.document - b.document);
}

/**
 * BM25 over words that agree by degrees: for each word of the question, a unit's count is the sum of the degrees of its words. Also how
 * much of the question each document says anywhere.
 */
function scoreUnits(index: Index, query: Query): { scores: Float32Array; covered: Float32Array } {
  const scores = new Float32Array(index.units.length);
  const counts = new Float32Array(index.units.length);
  const said = new Float32Array(index.documents.length);
  const covered = new Float32Array(index.documents.length);
  for (const [list, asked] of [[query.words, true] as const, [query.hints, false] as const]) {
    for (const word of list) {
      const touched: number[] = [];
      for (const [number, degree] of word.degrees) {
        const postings = index.postings[number];
        if (!postings) continue;
        for (let position = 0; position < postings.units.length; position += 1) {
          const unit = postings.units[position] ?? 0;
          if (counts[unit] === 0) touched.push(unit);
          counts[unit] = (counts[unit] ?? 0) + degree * (postings.counts[position] ?? 0);
          const { document, field } = index.units[unit] ?? NOWHERE;
          if (field !== "refusal" && degree > (said[document] ?? 0)) said[document] = degree;
        }
      }
      for (const unit of touched) {
        const { document, field, norm } = index.units[unit] ?? NOWHERE;
        const count = counts[unit] ?? 0;
        counts[unit] = 0;
        scores[unit] = (scores[unit] ?? 0) + (word.weight * count * (SATURATION[field] + 1)) / (count + norm);
        const most = said[document] ?? 0;
        said[document] = 0;
        if (asked && most >= LEAST_SAID) covered[document] = (covered[document] ?? 0) + word.weight * most;
      }
    }
  }
  for (const key of query.pairs) {
    const pair = index.pairs.get(key);
    if (pair) for (const unit of pair.units) scores[unit] = (scores[unit] ?? 0) + PAIR_SHARE * pair.rarity;
  }
  return { scores, covered };
}

const NOWHERE = { document: 0, field: "refusal", norm: 1 } as const;

/** The scores of one document's units, as shares of the question. */
interface Sheet {
  /** Best first. */
  readonly wordings: (readonly [unit: number, share: number])[];
  readonly refusals: (readonly [unit: number, share: number])[];
  sum: number;
  together: number;
  text: number;
}

function collectSheets(index: Index, query: Query, scores: Float32Array): Map<number, Sheet> {
  const sheets = new Map<number, Sheet>();
  for (let unit = 0; unit < scores.length; unit += 1) {
    const score = scores[unit] ?? 0;
    if (score === 0) continue;
    const share = score / query.whole;
    const { document, field } = index.units[unit] ?? NOWHERE;
    let sheet = sheets.get(document);
    if (!sheet) sheets.set(document, (sheet = { wordings: [], refusals: [], sum: 0, together: 0, text: 0 }));
    if (field === "text") sheet.text = share;
    else if (field === "together") sheet.together = share;
    else keepBest(field === "wording" ? sheet.wordings : sheet.refusals, unit, share);
    if (field === "wording") sheet.sum += share;
  }
  return sheets;
}

/** Keeps a short list in order: insertion, since it holds four at most. */
function keepBest(list: (readonly [number, number])[], unit: number, share: number): void {
  let place = list.length;
  while (place > 0 && (list[place - 1]?.[1] ?? 0) < share) place -= 1;
  if (place >= UNITS_LOOKED_AT) return;
  list.splice(place, 0, [unit, share]);
  if (list.length > UNITS_LOOKED_AT) list.pop();
}

function firstLook({ wordings, together, text }: Sheet): number {
  return (wordings[0]?.[1] ?? 0) + 0.12 * (wordings[1]?.[1] ?? 0) + 0.5 * together + 0.5 * text;
}

function lookAgain(
  index: Index,
  query: Query,
  document: number,
  sheet: Sheet,
  covered: number,
  favour: ReadonlyMap<number, number>,
): Ranked {
  const closest = closestOf(index, query, sheet.wordings);
  const refusal = closestOf(index, query, sheet.refusals);
  const wordings = index.documents[document]?.wordings.length ?? 0;
  const alone = wordings === 0;
  const evidence: Evidence = {
    wording: sheet.wordings[0]?.[1] ?? 0,
    second: sheet.wordings[1]?.[1] ?? 0,
    average: alone ? 0 : sheet.sum / wordings,
    together: sheet.together,
    text: alone ? 0 : sheet.text,
    textAlone: alone ? sheet.text : 0,
    overlap: closest.overlap,
    closeness: closest.overlap ** 3,
    covered: alone ? 0 : covered,
    coveredAlone: alone ? covered : 0,
  };
  const score = EVIDENCE.reduce((sum, name) => sum + fitted.ranking[name] * evidence[name], favour.get(document) ?? 0);
  return {
    document,
    score,
    evidence,
    questionCovered: closest.questionCovered,
    wordingCovered: closest.wordingCovered,
    covered,
    refused: refusal.overlap,
    favoured: favour.has(document), id: index.documents[document]?.id,
    asked: alone ? 1 : agreement(query.asked, index.asked[document] ?? 0),
    askedAlike: alone ? 1 : agreement(query.asked, index.units[closest.unit ?? -1]?.asked ?? 0),
    ...titleOverlap(index, query, document),
    ...missingFrom(index, query, document),
  };
}

/** The heaviest word of the question that the document says nowhere, as a share of the rarest; and whether a number is among those. */
function missingFrom(index: Index, query: Query, document: number): { missing: number; numberMissing: number } {
  const said = index.wordsOf[document] ?? new Set();
  let heaviest = 0;
  let number = false;
  for (const word of query.words) {
    if (word.functionWord) continue;
    let most = 0;
    for (const [known, degree] of word.degrees) if (degree > most && said.has(known)) most = degree;
    if (most >= LEAST_SAID) continue;
    heaviest = Math.max(heaviest, word.weight);
    if (/^\d+$/.test(word.folded)) number = true;
  }
  return { missing: heaviest / index.unknownRarity, numberMissing: number ? 1 : 0 };
}

function titleOverlap(index: Index, query: Query, document: number): { titleSaid: number } {
  const titles = index.titlesOf[document] ?? [];
  return { titleSaid: titles.reduce((most, unit) => Math.max(most, twoWayOverlap(index, query, index.units[unit]?.words ?? []).wordingCovered), 0) };
}

/** How much of what a question asks for a wording or an entry is asked for. Nothing asked agrees with all. */
function agreement(asked: number, answered: number): number {
  return asked === 0 ? 1 : countAsked(asked & answered) / countAsked(asked);
}

interface Overlap {
  readonly overlap: number;
  readonly questionCovered: number;
  readonly wordingCovered: number;
  readonly unit?: number;
}

const NO_OVERLAP: Overlap = { overlap: 0, questionCovered: 0, wordingCovered: 0 };

function closestOf(index: Index, query: Query, units: readonly (readonly [unit: number, share: number])[]): Overlap {
  let best = NO_OVERLAP;
  for (const [unit] of units) {
    const found = twoWayOverlap(index, query, index.units[unit]?.words ?? []);
    if (found.overlap > best.overlap) best = { ...found, unit };
  }
  return best;
}

/** Dice over words: what the question and the wording say of each other, rarity as weight, agreement as degree. */
function twoWayOverlap(index: Index, query: Query, wording: readonly number[]): Overlap {
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
    questionCovered: answered / query.whole,
    wordingCovered: heard / said,
  };
}
