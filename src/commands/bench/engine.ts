import { buildIndex } from "#knowledge/index.ts";
import type { IndexDocument } from "#knowledge/index.ts";
import { createMatcher, judge } from "#knowledge/search.ts";
import { fold } from "#text/fold.ts";

/** What an engine finds for a question: ids, best first, and how sure it is, on a scale of its own. */
export interface Findings {
  readonly ids: readonly string[];
  readonly sureness: number;
}

/** A search that the bench measures. */
export interface Engine {
  readonly name: string;
  /** Asked one question in so many, where all would take hours. */
  readonly oneIn?: number;
  /** Indexes documents in a language and gives the search over them. */
  readonly build: (documents: readonly IndexDocument[], language: "tr" | "en") => (question: string) => Findings;
}

/** The search of this project. */
export const IMECE: Engine = {
  name: "İmece",
  build: (documents) => {
    const index = buildIndex(documents);
    const match = createMatcher(index, []);
    return (question) => {
      const found = judge(index, match(question));
      return { ids: found.candidates.map(({ id }) => id), sureness: found.confidence };
    };
  },
};

/** The libraries it is measured against, from the package in `bench/`, which is installed by itself. They get the same folded text. */
export async function loadPeers(): Promise<Engine[]> {
  const peers = (await import(new URL("../../../bench/peers.mjs", import.meta.url).href)) as {
    createPeers: (fold: (text: string) => string) => Engine[];
  };
  return peers.createPeers(fold);
}
