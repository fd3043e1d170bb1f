import type { Workspace } from "#core/workspace.ts";

/** Who may approve, as last known. */
export interface Approvers {
  current(): readonly string[];
  /** Looks the groups up anew, where that was not done just now. A group that cannot be told keeps those it had. */
  refresh(): Promise<void>;
}

const FRESH_MS = 10_000;
/** How the ids of groups begin; those of people do not. */
const GROUP = "S";

/** The approvers that the settings name: people, and those who are in the groups now. */
export function createApprovers(workspace: Pick<Workspace, "group">, ids: readonly string[], now: () => number): Approvers {
  const groups = new Map<string, readonly string[]>();
  let looked = Number.NEGATIVE_INFINITY;
  return {
    current: () => ids.flatMap((id) => (id.startsWith(GROUP) ? (groups.get(id) ?? []) : [id])),
    async refresh() {
      if (now() - looked < FRESH_MS) return;
      for (const id of ids.filter((each) => each.startsWith(GROUP))) {
        const found = await workspace.group(id);
        if (found !== undefined) groups.set(id, found);
      }
      looked = now();
    },
  };
}
