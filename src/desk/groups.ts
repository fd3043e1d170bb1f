import {
  createNeighbours,
  kindsOf,
  READING,
  sizeOf,
  weightsOf,
  type Kind,
  type Unanswered,
  type Weigh,
  type Worked,
} from "#desk/likeness.ts";
import type { Language } from "#text/language.ts";

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
/** Comparisons between two pauses: some milliseconds' worth. */
const STEPS_AT_ONCE = 100_000;

/**
 * Groups questions by likeness, the largest group first. Compared are stems without function words: "aidat borcum ne kadar" and "aidat borcumu
 * öğrenmek istiyorum" meet in the rare words they share. Each question is of one group. `pause` is awaited again and again, so that
 * thousands of questions keep nothing else waiting.
 */
export async function groupQuestions(questions: readonly Unanswered[], pause: () => Promise<void>): Promise<QuestionGroup[]> {
  const worked = pausing(pause);
  const kinds = await kindsOf(questions, worked);
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

function pausing(pause: () => Promise<void>): Worked {
  let done = 0;
  return async (steps) => {
    done += steps;
    if (done < STEPS_AT_ONCE) return;
    done = 0;
    await pause();
  };
}
