import type { Entry } from "#core/entry.ts";
import type { Found, Search, SearchContext } from "#core/search.ts";
import { confidenceOf, verdictOf } from "#knowledge/confidence.ts";
import { createRespell } from "#knowledge/compound.ts";
import { createCorrect } from "#knowledge/correct.ts";
import type { GlossaryTerm } from "#knowledge/glossary.ts";
import type { Index, IndexDocument } from "#knowledge/index.ts";
import { buildIndex, buildIndexAside } from "#knowledge/index.ts";
import type { Query } from "#knowledge/query.ts";
import { createQuery } from "#knowledge/query.ts";
import type { Ranked } from "#knowledge/rank.ts";
import { rank } from "#knowledge/rank.ts";
import { createRoom } from "#knowledge/score.ts";
import { createSynonyms } from "#knowledge/synonyms.ts";

const MOST_CANDIDATES = 10;
/** What was just spoken of is a little more likely to be meant than the rest. */
const SPOKEN_OF = 0.12;
const BESIDE_SPOKEN_OF = 0.06;

/** A question matched against an index, before it is judged: what the fitting of the confidence reads. */
export interface Match {
  readonly query: Query;
  readonly ranked: readonly Ranked[];
}

export type Matcher = (question: string, context?: SearchContext) => Match;

/** Makes the matching function of one index. `beside` names the documents that belong near a document. */
export function createMatcher(
  index: Index,
  glossary: readonly GlossaryTerm[],
  beside: (id: string) => readonly string[] = () => [],
): Matcher {
  const correct = createCorrect(index.vocabulary);
  const reading = { respell: createRespell(index.vocabulary, correct), correct, synonyms: createSynonyms(glossary) };
  const room = createRoom(index);
  const numbers = new Map(index.documents.map((document, number) => [document.id, number]));

  return (question, context) => {
    const query = createQuery(index, reading, question, context?.question);
    const favour = new Map<number, number>();
    for (const id of context?.entries ?? []) {
      for (const near of beside(id)) favour.set(numbers.get(near) ?? -1, BESIDE_SPOKEN_OF);
    }
    for (const id of context?.entries ?? []) favour.set(numbers.get(id) ?? -1, SPOKEN_OF);
    return { query, ranked: rank(index, query, room, favour) };
  };
}

/** Judges a match: candidates in order, confidence and verdict. */
export function judge(index: Index, { query, ranked }: Match): Found {
  const confidence = confidenceOf(query, ranked);
  const candidates = ranked.slice(0, MOST_CANDIDATES).map(({ document, score }) => ({
    id: index.documents[document]?.id ?? "",
    score: Math.round(score * 10_000) / 10_000,
  }));
  return { verdict: verdictOf(confidence), confidence, candidates };
}

/** The search over a knowledge base: entries of both languages in one index, since people mix them. */
export function createSearch(entries: readonly Entry[], glossary: readonly GlossaryTerm[]): Search {
  const searched = searchedOf(entries);
  return searchIn(buildIndex(searched.map(documentOf)), searched, glossary);
}

/** The same, built in slices with pauses in between. */
export async function createSearchAside(
  entries: readonly Entry[],
  glossary: readonly GlossaryTerm[],
  pause: () => Promise<void>,
): Promise<Search> {
  const searched = searchedOf(entries);
  return searchIn(await buildIndexAside(searched.map(documentOf), pause), searched, glossary);
}

function searchedOf(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter((entry) => !entry.smallTalk);
}

function searchIn(index: Index, searched: readonly Entry[], glossary: readonly GlossaryTerm[]): Search {
  const match = createMatcher(index, glossary, besides(searched));

  return ({ question, context }) => {
    const alone = judge(index, match(question));
    if (!context || alone.verdict === "sure") return alone;
    // Not clear by itself: perhaps it goes on from what was spoken of.
    const continued = judge(index, match(question, context));
    return continued.confidence > alone.confidence ? continued : alone;
  };
}

/** What an entry is found by. */
export function documentOf(entry: Entry): IndexDocument {
  return {
    id: entry.id,
    wordings: [entry.title.tr, entry.title.en, ...entry.questions.tr, ...entry.questions.en],
    titles: 2,
    text: `${entry.answer.tr}\n${entry.answer.en}`,
    notWordings: [...entry.doesNotCover.tr, ...entry.doesNotCover.en],
  };
}

/** Names the entries that belong near an entry: related ones, and those about the same event. */
export function besides(entries: readonly Entry[]): (id: string) => readonly string[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const byEvent = Map.groupBy(entries, (entry) => entry.event);
  return (id) => {
    const entry = byId.get(id);
    if (!entry) return [];
    const sameEvent = entry.event === undefined ? [] : (byEvent.get(entry.event) ?? []).map((each) => each.id);
    return [...entry.related, ...sameEvent];
  };
}
