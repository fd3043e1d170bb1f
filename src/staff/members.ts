import type { Actor, Workspace } from "#core/workspace.ts";

/** Who may act at the desk: full members of its channel. */
export interface Members {
  mayAct(actor: Actor): Promise<"yes" | "no" | "unknown">;
  /** Whether somebody is shown what staff see, as last known: everybody opens pages, and most are no staff to be looked for. */
  mayLook(person: string): Promise<boolean>;
  /** Whether somebody was staff when that could last be told; of anybody, where it never could. For news that hold nothing of a member. */
  mayBeTold(person: string): boolean;
}

/** Known for so long without asking; then it is asked again beside what is done, so that nobody waits for it. */
const FRESH_MS = 60_000;
/** Not believed any longer than this. */
const BELIEVED_MS = 5 * 60_000;

/** What was last told of a member, and when. */
interface Known {
  readonly at: number;
  readonly full: boolean;
}

/**
 * Who is in a channel, kept for a short while: a press has to be answered within three seconds. Who is not known is looked for at once. Of
 * whom nothing can be told now, what was told before is believed for as long as it would be otherwise, and nobody else is touched by that.
 */
export function createMembers(workspace: Pick<Workspace, "members">, channel: string, now: () => number): Members {
  let listedAt = Number.NEGATIVE_INFINITY;
  let listed: ReadonlyMap<string, Known | undefined> = new Map();
  let looking: Promise<void> | undefined;

  const look = async () => {
    const found = await workspace.members(channel);
    if (found === undefined) return;
    listedAt = now();
    const known = ({ person, full }: (typeof found)[number]): Known | undefined =>
      full === "unknown" ? listed.get(person) : { at: listedAt, full };
    listed = new Map(found.map((member) => [member.person, known(member)]));
  };
  const refresh = () => (looking ??= look().finally(() => (looking = undefined)));
  const isBelieved = (known: Known | undefined) => known?.full === true && now() - known.at <= BELIEVED_MS;

  return {
    async mayAct({ person, stranger }) {
      if (stranger) return "no";
      const before = listed.get(person);
      if (isBelieved(before)) {
        if (now() - (before?.at ?? 0) > FRESH_MS) void refresh().catch(() => {});
        return "yes";
      }
      const asked = now();
      await refresh();
      if (listedAt < asked) return "unknown";
      if (!listed.has(person)) return "no";
      const known = listed.get(person);
      if (known === undefined || known.at < asked) return "unknown";
      return known.full ? "yes" : "no";
    },

    mayBeTold: (person) => listedAt === Number.NEGATIVE_INFINITY || listed.get(person)?.full === true,

    async mayLook(person) {
      if (now() - listedAt > BELIEVED_MS) await refresh();
      return isBelieved(listed.get(person));
    },
  };
}
