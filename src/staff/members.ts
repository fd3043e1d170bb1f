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

/** What was last told of a person, and when. */
interface Known {
  readonly at: number;
  readonly full: boolean;
}

/**
 * Who is in a channel, kept for a short while: a press has to be answered within three seconds. Only who acts is looked up, however many are
 * in the channel. Of whom nothing can be told now, what was told before is believed for as long as it would be otherwise.
 */
export function createMembers(
  workspace: Pick<Workspace, "memberIds" | "isFullMember">,
  channel: string,
  now: () => number,
): Members {
  let listedAt = Number.NEGATIVE_INFINITY;
  let listed: ReadonlySet<string> = new Set();
  let listing: Promise<void> | undefined;
  const known = new Map<string, Known>();

  const list = async () => {
    const found = await workspace.memberIds(channel);
    if (found === undefined) return;
    listedAt = now();
    listed = new Set(found);
  };
  const refreshList = () => (listing ??= list().finally(() => (listing = undefined)));
  const look = async (person: string) => {
    const full = await workspace.isFullMember(person);
    if (full !== "unknown") known.set(person, { at: now(), full });
  };
  const refresh = (person: string) => Promise.all([refreshList(), look(person)]);
  /** Since when it is known that somebody is staff; nothing where it is not. */
  const staffSince = (person: string): number | undefined => {
    const of = known.get(person);
    return listed.has(person) && of?.full === true ? Math.min(listedAt, of.at) : undefined;
  };
  const isBelieved = (person: string) => now() - (staffSince(person) ?? Number.NEGATIVE_INFINITY) <= BELIEVED_MS;

  return {
    async mayAct({ person, stranger }) {
      if (stranger) return "no";
      if (isBelieved(person)) {
        if (now() - (staffSince(person) ?? 0) > FRESH_MS) void refresh(person).catch(() => {});
        return "yes";
      }
      const asked = now();
      await refresh(person);
      if (listedAt < asked) return "unknown";
      if (!listed.has(person)) return "no";
      const of = known.get(person);
      if (of === undefined || of.at < asked) return "unknown";
      return of.full ? "yes" : "no";
    },

    mayBeTold: (person) => listedAt === Number.NEGATIVE_INFINITY || (listed.has(person) && known.get(person)?.full !== false),

    async mayLook(person) {
      if (now() - listedAt > BELIEVED_MS) await refreshList();
      if (listed.has(person) && !isBelieved(person)) await look(person);
      return isBelieved(person);
    },
  };
}
