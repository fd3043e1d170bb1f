import type { Lesson, Trial } from "#commands/fit/samples.ts";
import { numbersOf, pickNumbers } from "#commands/fit/samples.ts";
import type { MemberQuestion, Suite } from "#commands/suites.ts";
import type { Entry } from "#core/entry.ts";
import type { Index } from "#knowledge/index.ts";
import { buildIndex } from "#knowledge/index.ts";
import type { Knowledge } from "#knowledge/load.ts";
import { besides, createMatcher, documentOf } from "#knowledge/search.ts";

const MEMBERS_WEIGHT = 8;
const CONTEXTS_WEIGHT = 2;
const STRANGERS_WEIGHT = 3;
const NO_QUESTIONS = new Set(["smalltalk", "insult", "emoji", "code", "injection"]);

/** Questions of the public sets that nobody would ask of a cooperative union. */
export function strangerLesson(knowledge: Knowledge, suites: readonly Suite[]): Lesson {
  const { searched, index, match } = wholeBase(knowledge);
  const asked = new Set(suites.flatMap((suite) => suite.strangers.map(({ text }) => text)));
  const trials = [...asked].map((text): Trial => ({ question: text, match: match(text), right: new Set(), kind: "stranger" }));
  return { name: "strangers", weight: STRANGERS_WEIGHT, trials: trials.filter(misleads(index, searched)) };
}

/** Questions as members type them, asked of the whole knowledge base; those with a question before them, after it. */
export function memberLessons(knowledge: Knowledge, questions: readonly MemberQuestion[], random: () => number): Lesson[] {
  const { searched, index, match } = wholeBase(knowledge);
  const numbers = numbersOf(index);
  const alone: Trial[] = [];
  const continued: Trial[] = [];
  const before = questions.filter((question) => question.relevant && question.context === undefined);
  for (const question of questions) {
    // What is no question at all never reaches the search.
    if (NO_QUESTIONS.has(question.kind ?? "")) continue;
    const right = pickNumbers(numbers, question.relevant ?? []);
    const kind = right.size > 0 ? "answerable" : question.kind === "near-miss" ? "near-miss" : "stranger";
    alone.push({ question: question.text, match: match(question.text), right, kind });
    // A question that stands alone is heard after another one too: what was spoken of must not draw it away.
    const other = before[Math.floor(random() * before.length)]?.text ?? "";
    const spoken = question.context ?? other;
    const entriesBefore = match(spoken)
      .ranked.slice(0, 1)
      .map(({ document }) => index.documents[document]?.id ?? "");
    continued.push({
      question: question.text,
      match: match(question.text, { question: spoken, entries: entriesBefore }),
      right,
      kind,
    });
  }
  return [
    { name: "members", weight: MEMBERS_WEIGHT, trials: alone.filter(misleads(index, searched)) },
    { name: "members going on", weight: CONTEXTS_WEIGHT, trials: continued.filter(misleads(index, searched)) },
  ];
}

/** A stranger who is told about the service itself is not misled. */
function misleads(index: Index, entries: readonly Entry[]): (trial: Trial) => boolean {
  const services = new Set(entries.filter(({ topic }) => topic === "service").map(({ id }) => id));
  return ({ match, kind }) => kind === "answerable" || !services.has(index.documents[match.ranked[0]?.document ?? -1]?.id ?? "");
}

function wholeBase({ entries, glossary }: Knowledge) {
  const searched = entries.filter((entry) => !entry.smallTalk);
  const index = buildIndex(searched.map(documentOf));
  return { searched, index, match: createMatcher(index, glossary, besides(searched)) };
}
