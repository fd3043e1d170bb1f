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

/** Questions that have all their stems in common. */
export interface Kind {
  readonly asked: readonly Unanswered[];
  readonly stems: ReadonlySet<string>;
}
/** How much a stem says: the rarer, the more. */
export type Weigh = (stem: string) => number;
/** Counts work done, and pauses where it is time. */
export type Worked = (steps: number) => Promise<void>;

/** The shortest that is taken for a root: shorter ones begin too many other words. */
const SHORT_ROOT = 4;
/** What reading one question costs, in comparisons. */
export const READING = 1000;

/** Kinds by their stems: what shares none is not alike at all, and is never looked at. Numbers in arrays, as there may be millions of pairs. */
export function createNeighbours(kinds: readonly Kind[], weigh: Weigh) {
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

/** The fullest first: what others say less of joins them, and not the other way round. */
export async function kindsOf(questions: readonly Unanswered[], worked: Worked): Promise<Kind[]> {
  const typed: { readonly asked: Unanswered; readonly stems: ReadonlySet<string> }[] = [];
  for (const asked of questions) {
    typed.push({ asked, stems: stemsOf(asked.question) });
    await worked(READING);
  }
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

export function weightsOf(kinds: readonly Kind[]): Weigh {
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

export function sizeOf(kinds: readonly Kind[]): number {
  return kinds.reduce((sum, { asked }) => sum + asked.length, 0);
}
