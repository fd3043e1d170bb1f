import type { Workspace } from "#core/workspace.ts";

/** Who may approve, as last known. */
export interface Approvers {
  current(): readonly string[];
  /** Looks the groups up anew, where that was not done just now. False where it cannot be told whether this person may approve. */
  refresh(person: string): Promise<boolean>;
}

const FRESH_MS = 10_000;
/** Of a group that cannot be told, those it had are believed no longer than this: who was taken out of it must not publish. */
const BELIEVED_MS = 5 * 60_000;
/** How the ids of groups begin; those of people do not. */
const GROUP = "S";

/** The approvers that the settings name: people, and those who are in the groups now. */
export function createApprovers(workspace: Pick<Workspace, "group">, ids: readonly string[], now: () => number): Approvers {
  const groups = new Map<string, { readonly members: readonly string[]; readonly at: number }>();
  const membersOf = (id: string, mostMs: number) => {
    const known = groups.get(id);
    return known !== undefined && now() - known.at <= mostMs ? known.members : undefined;
  };
  const isGroup = (id: string) => id.startsWith(GROUP);
  const current = () => ids.flatMap((id) => (isGroup(id) ? (membersOf(id, BELIEVED_MS) ?? []) : [id]));
  return {
    current,
    async refresh(person) {
      for (const id of ids.filter((each) => isGroup(each) && membersOf(each, FRESH_MS) === undefined)) {
        const members = await workspace.group(id);
        if (members !== undefined) groups.set(id, { members, at: now() });
      }
      return current().includes(person) || ids.every((id) => !isGroup(id) || membersOf(id, BELIEVED_MS) !== undefined);
    },
  };
}
