import type { Records } from "#core/ports.ts";
import type { AskedGroup } from "#core/staff.ts";
import { groupQuestions } from "#desk/groups.ts";
import type { OpenQuestion } from "#desk/recorded.ts";
import { openQuestions } from "#desk/recorded.ts";

/** What found no answer and is kept, grouped by likeness, each group with all its questions; the largest first. `pause`: see {@link groupQuestions}. */
export async function unansweredGroups(records: Records, pause: () => Promise<void>): Promise<AskedGroup[]> {
  return groupsOf(await openQuestions(records), pause);
}

/** The same of questions that were read already. */
export async function groupsOf(asked: readonly OpenQuestion[], pause: () => Promise<void>): Promise<AskedGroup[]> {
  const byId = new Map(asked.map((each) => [each.kept.id, each]));
  const groups = await groupQuestions(
    asked.map(({ kept, question, language }) => ({ id: kept.id, question, language })),
    pause,
  );
  return groups.map(({ question, ids }) => ({ id: ids[0] ?? "", question, asked: ids.flatMap((id) => byId.get(id) ?? []) }));
}
