import type { Language } from "#text/language.ts";

/** How sure the search is: it answers, it offers, or it has nothing. */
export type Verdict = "sure" | "unsure" | "nothing";

export interface Candidate {
  readonly id: string;
  /** Comparable within one question only. */
  readonly score: number;
}

export interface Found {
  readonly verdict: Verdict;
  /** Chance that the first candidate is the right answer, 0 to 1. */
  readonly confidence: number;
  /** At most ten, best first. */
  readonly candidates: readonly Candidate[];
}

/** What was spoken of just before: the last question and the entries answered or offered. */
export interface SearchContext {
  readonly question: string;
  readonly entries: readonly string[];
}

export interface SearchRequest {
  readonly question: string;
  readonly language: Language;
  readonly context?: SearchContext | undefined;
}

/** A pure function over one immutable index. */
export type Search = (request: SearchRequest) => Found;
