import type { Records } from "#core/ports.ts";
import type { AskedGroup } from "#core/staff.ts";
import { groupQuestions } from "#desk/groups.ts";
import type { OpenQuestion } from "#desk/recorded.ts";
import { openQuestions } from "#desk/recorded.ts";

/** What found no answer and is kept, grouped by likeness, each group with all its questions; the largest first. */
export async function unansweredGroups(records: Records): Promise<AskedGroup[]> {
  return groupsOf(await openQuestions(records));
}

/** The same of questions that were read already. */
export function groupsOf(asked: readonly OpenQuestion[]): AskedGroup[] {
  const byId = new Map(asked.map((each) => [each.kept.id, each]));
  const groups = groupQuestions(asked.map(({ kept, question, language }) => ({ id: kept.id, question, language })));
  return groups.map(({ question, ids }) => ({ id: ids[0] ?? "", question, asked: ids.flatMap((id) => byId.get(id) ?? []) }));
}
