import fitted from "#knowledge/fitted.json" with { type: "json" };
import type { Index } from "#knowledge/index.ts";
import { closestOf, isTitled, titleSaid } from "#knowledge/overlap.ts";
import type { Query } from "#knowledge/query.ts";
import type { Room, Scores } from "#knowledge/score.ts";
import { firstLook, missingFrom, scoreUnits, sheetOf } from "#knowledge/score.ts";
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
  readonly document: number;
  readonly score: number;
  /** The score without the gain of a question asked word for word. */
  readonly weighed: number;
  readonly evidence: Evidence;
  /** How many wordings it is known by. */
  readonly wordings: number;
  /** How much of its closest wording the question says, 0 to 1. */
  readonly wordingCovered: number;
  /** How much of the question any of its units says. */
  readonly covered: number;
  /** "wording": the question is one of its wordings, but for the spelling; "title": it names just what its title names. */
  readonly wordForWord: "wording" | "title" | undefined;
  /** How near the question is to a wording that the document refuses, as `overlap`; and whether it is one. */
  readonly refused: number;
  readonly refusedWordForWord: boolean;
  /** How much of what the question asks for its wordings ask for, and its closest wording; see `askedFor`. */
  readonly asked: number;
  readonly askedAlike: number;
  /** The heaviest word of the question that it says nowhere though another title has it, 0 to 1; and 1 where it lacks a number, else 0. */
  readonly nameMissing: number;
  readonly numberMissing: number;
  /** How much of its title the question says. */
  readonly titleSaid: number;
  /** Whether it was spoken of just before, or belongs near what was. */
  readonly favoured: boolean;
}

const LOOKED_AT = 24;
/** From here on a question is a known wording, word for word, but for its spelling; nothing else outweighs that. */
const WORD_FOR_WORD = 0.94;
const WORD_FOR_WORD_GAIN = { wording: 0.5, title: 0.4 };

/** Ranks the documents for a query, best first, at most two dozen. `favour` adds to a document's score (talk that went before). */
export function rank(index: Index, query: Query, room: Room, favour: ReadonlyMap<number, number>): Ranked[] {
  if (query.whole === 0) return [];
  const scores = scoreUnits(index, query, room);
  return firstLook(index, query, scores, favour, LOOKED_AT)
    .map((document) => lookAgain(index, query, scores, document, favour))
    .toSorted((a, b) => b.score - a.score || a.document - b.document);
}

function lookAgain(index: Index, query: Query, scores: Scores, document: number, favour: ReadonlyMap<number, number>): Ranked {
  const sheet = sheetOf(index, query, scores, document);
  const covered = (scores.covered[document] ?? 0) / query.whole;
  const missing = missingFrom(query, scores.said[document] ?? 0);
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
  const refusedWordForWord = refusal.overlap >= WORD_FOR_WORD && refusal.overlap > closest.overlap;
  const same = closest.overlap >= WORD_FOR_WORD ? "wording" : isTitled(index, query, document) ? "title" : undefined;
  const wordForWord = refusedWordForWord ? undefined : same;
  const weighed = EVIDENCE.reduce((sum, name) => sum + fitted.ranking[name] * evidence[name], favour.get(document) ?? 0);
  const gain = wordForWord === undefined ? 0 : WORD_FOR_WORD_GAIN[wordForWord];
  return {
    document,
    score: weighed + gain,
    weighed,
    evidence,
    wordings,
    wordingCovered: closest.wordingCovered,
    covered,
    wordForWord,
    refused: refusal.overlap,
    refusedWordForWord,
    favoured: favour.has(document),
    asked: alone ? 1 : agreement(query.asked, index.asked[document] ?? 0),
    askedAlike: alone ? 1 : agreement(query.asked, index.units.asked[closest.unit ?? -1] ?? 0),
    titleSaid: titleSaid(index, query, document),
    nameMissing: missing.name / index.unknownRarity,
    numberMissing: missing.number ? 1 : 0,
  };
}

/** How much of what a question asks for a wording or an entry is asked for. Nothing asked agrees with all. */
function agreement(asked: number, answered: number): number {
  return asked === 0 ? 1 : countAsked(asked & answered) / countAsked(asked);
}
