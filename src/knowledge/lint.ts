import type { Entry } from "#core/entry.ts";
import { buildIndex } from "#knowledge/index.ts";
import type { Knowledge, Problem } from "#knowledge/load.ts";
import { createMatcher, documentOf } from "#knowledge/search.ts";
import { LANGUAGES } from "#text/language.ts";
import { foldedWords } from "#text/words.ts";

const LONGEST_SENTENCE = 25;
const SENTENCE_END = /(?<=[.!?;:])\s+|\n/;

/**
 * What an editor should look at: no error, but a risk for the reader. Entries past their review day, long sentences, the same
 * wording in two entries, and entries that are beaten on their own wordings. `today` is an ISO day.
 */
export function lintKnowledge(knowledge: Knowledge, today: string): Problem[] {
  const entries = knowledge.entries.filter((entry) => !entry.smallTalk);
  return [
    ...entries.flatMap((entry) => pastReview(entry, today)),
    ...entries.flatMap(longSentences),
    ...sharedWordings(knowledge.entries),
    ...beatenWordings(entries, knowledge),
  ];
}

function pastReview(entry: Entry, today: string): Problem[] {
  if (entry.review === undefined || entry.review >= today) return [];
  return [{ file: fileOf(entry), field: "review", message: `was due on ${entry.review}: read it again and set a new day` }];
}

function longSentences(entry: Entry): Problem[] {
  return LANGUAGES.flatMap((language) =>
    entry.answer[language]
      .split(SENTENCE_END)
      .filter((sentence) => sentence.trim().split(/\s+/).length > LONGEST_SENTENCE)
      .map((sentence) => ({
        file: fileOf(entry),
        field: `answer.${language}`,
        message: `a sentence of over ${LONGEST_SENTENCE} words ("${sentence.trim().slice(0, 40)}…"): make two of it`,
      })),
  );
}

function sharedWordings(entries: readonly Entry[]): Problem[] {
  const first = new Map<string, Entry>();
  const problems: Problem[] = [];
  for (const entry of entries) {
    for (const language of LANGUAGES) {
      for (const wording of entry.questions[language]) {
        const key = foldedWords(wording).toSorted().join(" ");
        const other = first.get(key);
        if (other && other !== entry) {
          problems.push({
            file: fileOf(entry),
            field: `questions.${language}`,
            message: `"${wording}" also stands in ${fileOf(other)}: keep it where it is answered better`,
          });
        }
        first.set(key, other ?? entry);
      }
    }
  }
  return problems;
}

/** Entries that lose to a sibling when asked in their own words: a member would get the sibling. */
function beatenWordings(entries: readonly Entry[], { glossary }: Knowledge): Problem[] {
  const index = buildIndex(entries.map(documentOf));
  const match = createMatcher(index, glossary);
  return entries.flatMap((entry) =>
    LANGUAGES.flatMap((language) =>
      entry.questions[language].flatMap((wording) => {
        // Asked word for word it wins outright; how it would fare in other words is what an editor should know.
        const [best] = match(wording).ranked.toSorted((a, b) => b.weighed - a.weighed);
        const winner = index.documents[best?.document ?? -1]?.id;
        if (winner === undefined || winner === entry.id) return [];
        return [
          {
            file: fileOf(entry),
            field: `questions.${language}`,
            message: `"${wording}" is nearer to ${winner} but for being known word for word: word it more precisely`,
          },
        ];
      }),
    ),
  );
}

function fileOf(entry: Entry): string {
  return `${entry.topic}/${entry.id}.yaml`;
}
