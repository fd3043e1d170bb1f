import type { Entry } from "#core/entry.ts";
import type { Found, Search } from "#core/search.ts";
import type { Language } from "#text/language.ts";
import { LANGUAGES } from "#text/language.ts";

const MOST_NEAR = 5;
const LEAST_NEAR = 0.3;

/** An entry that may say the same. */
export interface Near {
  readonly id: string;
  /** Chance that it would answer one of the draft's wordings, 0 to 1. */
  readonly score: number;
}

/** Entries that already answer what a draft is asked with, the likeliest first. `search` knows nothing of the draft. */
export function nearDuplicates(draft: Entry, search: Search): Near[] {
  const scores = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const question of [draft.title[language], ...draft.questions[language]]) {
      const { confidence, candidates } = search({ question, language });
      const best = candidates[0]?.score ?? 0;
      for (const { id, score } of candidates) {
        const chance = best > 0 ? (confidence * score) / best : 0;
        if (id !== draft.id) scores.set(id, Math.max(scores.get(id) ?? 0, chance));
      }
    }
  }
  return [...scores]
    .map(([id, score]) => ({ id, score: Math.round(score * 100) / 100 }))
    .filter(({ score }) => score >= LEAST_NEAR)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, MOST_NEAR);
}

export interface RecordedQuestion {
  readonly question: string;
  readonly language: Language;
}

/** A question that would be answered otherwise: with another entry, or for the first time, or not any more. */
export type ChangedAnswer<Question extends RecordedQuestion = RecordedQuestion> = Question & {
  readonly before: string | undefined;
  readonly after: string | undefined;
};

/** Which questions would get another answer because of an edit. */
export function changedAnswers<Question extends RecordedQuestion>(
  questions: readonly Question[],
  before: Search,
  after: Search,
): ChangedAnswer<Question>[] {
  return questions.flatMap((asked) => {
    const { question, language } = asked;
    const was = answerIn(before({ question, language }));
    const will = answerIn(after({ question, language }));
    return was === will ? [] : [{ ...asked, before: was, after: will }];
  });
}

function answerIn({ verdict, candidates }: Found): string | undefined {
  return verdict === "sure" ? candidates[0]?.id : undefined;
}
