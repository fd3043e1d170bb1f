import type { Language } from "#text/language.ts";
import { isFunctionWord } from "#text/function-words.ts";
import { stem } from "#text/stem.ts";
import { words } from "#text/words.ts";

/** A question that was asked and found no answer, private numbers hidden. */
export interface Unanswered {
  readonly id: string;
  readonly question: string;
  readonly language: Language;
}

/** Questions that ask for the same. */
export interface QuestionGroup {
  /** The one that is most like the others: it names the group. */
  readonly question: string;
  readonly language: Language;
  /** Ids of all of them, as given. */
  readonly ids: readonly string[];
}

/** Of the words of two questions, weighed by how rare they are, so much must be common to both. */
const ALIKE = 0.5;
/** The shortest that is taken for a root: shorter ones begin too many other words. */
const SHORT_ROOT = 4;

/**
 * Groups questions by likeness, the largest group first. Compared are stems without function words: "aidat borcum ne kadar" and "aidat borcumu
 * öğrenmek istiyorum" meet in the rare words they share. Each question is of one group.
 */
export function groupQuestions(questions: readonly Unanswered[]): QuestionGroup[] {
  const typed = questions.map((each) => ({ ...each, stems: stemsOf(each.question) }));
  const short = new Set(typed.flatMap(({ stems }) => [...stems]).filter(({ length }) => length === SHORT_ROOT));
  const asked = typed.map((each) => ({ ...each, stems: new Set([...each.stems].map((one) => rootOf(one, short))) }));
  const weigh = weightsOf(asked.map(({ stems }) => stems));
  const groups: { readonly members: (typeof asked)[number][] }[] = [];
  // The fullest first: what others say less of joins them, and not the other way round.
  for (const each of asked.toSorted((a, b) => b.stems.size - a.stems.size || (a.id < b.id ? -1 : 1))) {
    const best = groups
      .map((group) => ({ group, likeness: average(group.members, ({ stems }) => likeness(stems, each.stems, weigh)) }))
      .toSorted((a, b) => b.likeness - a.likeness)[0];
    if (best !== undefined && best.likeness >= ALIKE) best.group.members.push(each);
    else groups.push({ members: [each] });
  }
  return groups
    .map(({ members }): QuestionGroup => {
      const central = (one: (typeof asked)[number]) => average(members, ({ stems }) => likeness(stems, one.stems, weigh));
      const named = members.toSorted((a, b) => central(b) - central(a) || a.question.length - b.question.length)[0];
      return {
        question: named?.question ?? "",
        language: named?.language ?? "tr",
        ids: members.map(({ id }) => id),
      };
    })
    .toSorted((a, b) => b.ids.length - a.ids.length || (a.question < b.question ? -1 : 1));
}

function stemsOf(question: string): ReadonlySet<string> {
  const typed = words(question).map(({ folded }) => folded);
  const told = typed.filter((word) => !isFunctionWord(word));
  // A question of function words alone is still like itself.
  return new Set((told.length === 0 ? typed : told).map(stem));
}

/** "kursun" begins with "kurs", which somebody wrote alone: the same word. */
function rootOf(one: string, short: ReadonlySet<string>): string {
  const root = one.slice(0, SHORT_ROOT);
  return short.has(root) ? root : one;
}

function weightsOf(all: readonly ReadonlySet<string>[]): (stem: string) => number {
  const counts = new Map<string, number>();
  for (const stems of all) for (const each of stems) counts.set(each, (counts.get(each) ?? 0) + 1);
  const rarity = (count: number) => Math.log(1 + all.length / count);
  // A word that nobody else uses joins nothing, and should not keep apart what is alike otherwise.
  return (each) => ((counts.get(each) ?? 1) === 1 ? rarity(2) / 2 : rarity(counts.get(each) ?? 1));
}

/** What two share of all that either says, by weight; 1: the same words. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>, weigh: (stem: string) => number): number {
  const sum = (stems: Iterable<string>) => [...stems].reduce((total, each) => total + weigh(each), 0);
  const common = [...one].filter((each) => other.has(each));
  const all = sum([...one, ...other]) - sum(common);
  return all === 0 ? 0 : sum(common) / all;
}

function average<T>(all: readonly T[], measure: (each: T) => number): number {
  return all.reduce((sum, each) => sum + measure(each), 0) / all.length;
}
