import type { Actor, Workspace } from "#core/workspace.ts";

/** Who may act at the desk: full members of its channel. */
export interface Members {
  mayAct(actor: Actor): Promise<"yes" | "no" | "unknown">;
  /** Whether somebody is shown what staff see, as last known: everybody opens pages, and most are no staff to be looked for. */
  mayLook(person: string): Promise<boolean>;
}

/** Known for so long without asking; then it is asked again beside what is done, so that nobody waits for it. */
const FRESH_MS = 60_000;
/** Not believed any longer than this. */
const BELIEVED_MS = 5 * 60_000;

/** Who is in a channel, kept for a short while: a press has to be answered within three seconds. Who is not known is looked for at once. */
export function createMembers(workspace: Pick<Workspace, "members">, channel: string, now: () => number): Members {
  let known: { readonly at: number; readonly full: ReadonlySet<string> } | undefined;
  let looking: Promise<void> | undefined;

  const look = async () => {
    const found = await workspace.members(channel);
    if (found === undefined) return;
    known = { at: now(), full: new Set(found.filter(({ full }) => full).map(({ person }) => person)) };
  };
  const refresh = () => (looking ??= look().finally(() => (looking = undefined)));
  const age = () => (known === undefined ? Number.POSITIVE_INFINITY : now() - known.at);

  return {
    async mayAct({ person, stranger }) {
      if (stranger) return "no";
      if (age() <= BELIEVED_MS && known?.full.has(person) === true) {
        if (age() > FRESH_MS) void refresh().catch(() => {});
        return "yes";
      }
      const asked = now();
      await refresh();
      if (known === undefined || known.at < asked) return "unknown";
      return known.full.has(person) ? "yes" : "no";
    },

    async mayLook(person) {
      if (age() > BELIEVED_MS) await refresh();
      return age() <= BELIEVED_MS && known?.full.has(person) === true;
    },
  };
}
