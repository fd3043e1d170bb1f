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
/** Comparisons between two pauses: some milliseconds' worth. */
const STEPS_AT_ONCE = 100_000;
/** What reading one question costs, in comparisons. */
const READING = 1000;

/** Questions that have all their stems in common. */
interface Kind {
  readonly asked: readonly Unanswered[];
  readonly stems: ReadonlySet<string>;
}
type Weigh = (stem: string) => number;
/** Counts work done, and pauses where it is time. */
type Worked = (steps: number) => Promise<void>;

/**
 * Groups questions by likeness, the largest group first. Compared are stems without function words: "aidat borcum ne kadar" and "aidat borcumu
 * öğrenmek istiyorum" meet in the rare words they share. Each question is of one group. `pause` is awaited again and again, so that
 * thousands of questions keep nothing else waiting.
 */
export async function groupQuestions(questions: readonly Unanswered[], pause: () => Promise<void>): Promise<QuestionGroup[]> {
  const worked = pausing(pause);
  const typed: { readonly asked: Unanswered; readonly stems: ReadonlySet<string> }[] = [];
  for (const asked of questions) {
    typed.push({ asked, stems: stemsOf(asked.question) });
    await worked(READING);
  }
  const kinds = await kindsOf(typed, worked);
  const weigh = weightsOf(kinds);

  const groups: Kind[][] = [];
  const groupOf: number[] = [];
  const shares = new Float64Array(kinds.length);
  const placed = createNeighbours(kinds, weigh);
  for (const [at, kind] of kinds.entries()) {
    const touched = new Set<number>();
    const steps = placed.likeTo(at, (other, likeness) => {
      const group = groupOf[other] ?? 0;
      touched.add(group);
      shares[group] = (shares[group] ?? 0) + likeness * (kinds[other]?.asked.length ?? 0);
    });
    let best: { readonly group: number; readonly likeness: number } | undefined;
    for (const group of touched) {
      const likeness = (shares[group] ?? 0) / sizeOf(groups[group] ?? []);
      if (likeness >= ALIKE && likeness > (best?.likeness ?? 0)) best = { group, likeness };
      shares[group] = 0;
    }
    const joined = best?.group ?? groups.push([]) - 1;
    groups[joined]?.push(kind);
    groupOf[at] = joined;
    placed.add(at);
    await worked(steps);
  }

  const named: QuestionGroup[] = [];
  for (const group of groups) {
    named.push(await nameOf(group, weigh, worked));
    await worked(READING / 10);
  }
  return named.toSorted((a, b) => b.ids.length - a.ids.length || (a.question < b.question ? -1 : 1));
}

/** Named by the question that is most like all the others, the shortest of several. */
async function nameOf(group: readonly Kind[], weigh: Weigh, worked: Worked): Promise<QuestionGroup> {
  const others = createNeighbours(group, weigh);
  for (const at of group.keys()) others.add(at);
  let most = Number.NEGATIVE_INFINITY;
  let name: Unanswered | undefined;
  for (const [at, { asked }] of group.entries()) {
    let central = 0;
    await worked(others.likeTo(at, (other, likeness) => (central += likeness * (group[other]?.asked.length ?? 0))));
    const [shortest] = asked.toSorted((a, b) => a.question.length - b.question.length);
    const isShorter = (shortest?.question.length ?? 0) < (name?.question.length ?? 0);
    if (central < most || (central === most && !isShorter)) continue;
    most = central;
    name = shortest;
  }
  const ids = group.flatMap(({ asked }) => asked.map(({ id }) => id));
  return { question: name?.question ?? "", language: name?.language ?? "tr", ids };
}

/** Kinds by their stems: what shares none is not alike at all, and is never looked at. Numbers in arrays, as there may be millions of pairs. */
function createNeighbours(kinds: readonly Kind[], weigh: Weigh) {
  const having = new Map<string, number[]>();
  const weights = new Float64Array(kinds.length);
  const shared = new Float64Array(kinds.length);
  return {
    add(at: number): void {
      weights[at] = total(kinds[at]?.stems ?? new Set(), weigh);
      for (const stem of kinds[at]?.stems ?? []) {
        const found = having.get(stem);
        if (found === undefined) having.set(stem, [at]);
        else found.push(at);
      }
    },

    /** Tells of each what the two share of all that either says, by weight; 1: the same words. Gives how many steps that took. */
    likeTo(at: number, tell: (other: number, likeness: number) => void): number {
      const touched: number[] = [];
      let steps = 1;
      for (const stem of kinds[at]?.stems ?? []) {
        const found = having.get(stem) ?? [];
        const weight = weigh(stem);
        steps += found.length;
        for (const other of found) {
          if (shared[other] === 0) touched.push(other);
          shared[other] = (shared[other] ?? 0) + weight;
        }
      }
      const own = total(kinds[at]?.stems ?? new Set(), weigh);
      for (const other of touched) {
        const common = shared[other] ?? 0;
        shared[other] = 0;
        tell(other, common / (own + (weights[other] ?? 0) - common));
      }
      return steps + touched.length;
    },
  };
}

function pausing(pause: () => Promise<void>): Worked {
  let done = 0;
  return async (steps) => {
    done += steps;
    if (done < STEPS_AT_ONCE) return;
    done = 0;
    await pause();
  };
}

/** The fullest first: what others say less of joins them, and not the other way round. */
async function kindsOf(
  typed: readonly { readonly asked: Unanswered; readonly stems: ReadonlySet<string> }[],
  worked: Worked,
): Promise<Kind[]> {
  const short = new Set(typed.flatMap(({ stems }) => [...stems]).filter(({ length }) => length === SHORT_ROOT));
  const kinds = new Map<string, { readonly asked: Unanswered[]; readonly stems: ReadonlySet<string> }>();
  for (const { asked, stems } of typed.toSorted((a, b) => (a.asked.id < b.asked.id ? -1 : 1))) {
    const roots = new Set([...stems].map((one) => rootOf(one, short)));
    const key = [...roots].toSorted().join(" ");
    const kind = kinds.get(key) ?? { asked: [], stems: roots };
    kind.asked.push(asked);
    kinds.set(key, kind);
    await worked(READING / 2);
  }
  return [...kinds.values()].toSorted((a, b) => b.stems.size - a.stems.size);
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

function weightsOf(kinds: readonly Kind[]): Weigh {
  const counts = new Map<string, number>();
  for (const { asked, stems } of kinds) for (const each of stems) counts.set(each, (counts.get(each) ?? 0) + asked.length);
  const all = sizeOf(kinds);
  const rarity = (count: number) => Math.log(1 + all / count);
  // A word that nobody else uses joins nothing, and should not keep apart what is alike otherwise.
  return (each) => ((counts.get(each) ?? 1) === 1 ? rarity(2) / 2 : rarity(counts.get(each) ?? 1));
}

function total(stems: ReadonlySet<string>, weigh: Weigh): number {
  let sum = 0;
  for (const each of stems) sum += weigh(each);
  return sum;
}

function sizeOf(kinds: readonly Kind[]): number {
  return kinds.reduce((sum, { asked }) => sum + asked.length, 0);
}
