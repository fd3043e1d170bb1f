import type { Reminders } from "#reminders/reminders.ts";

export interface LookNeeds {
  /** Makes known what was published just before a process died. */
  readonly owing: readonly { settleOwed(): Promise<number> }[];
  readonly live: { refresh(): Promise<boolean> };
  readonly announced: () => Promise<boolean>;
  /** What is answered from is new. It is told of at once and waited for by nobody. */
  readonly renewed: () => void;
  /** Something that failed; it stays owed. */
  readonly failed: (error: unknown) => void;
}

/** Takes up what was published here or by another process. */
export function createLook({ owing, live, announced, renewed, failed }: LookNeeds) {
  return async (): Promise<number> => {
    let known = 0;
    for (const each of owing) {
      // What one owes must not keep from being taken up what is published.
      known += await each.settleOwed().catch((error: unknown) => {
        failed(error);
        return 0;
      });
    }
    const isNew = await live.refresh();
    if (isNew) renewed();
    return known + Number(isNew) + Number(await announced());
  };
}

/**
 * Has reminders follow the events, in a sweep of its own: however many there are, neither what is published nor anybody who writes waits for
 * them. They begin to go out once what changed while nothing ran is taken up. Every process does this; done twice it is the same.
 */
export function createFollowing(reminders: Pick<Reminders, "follow" | "start">) {
  let due = true;
  let begun = false;
  return {
    /** The events are not what they were. */
    renewed: (): void => {
      due = true;
    },
    async settleOwed(): Promise<number> {
      if (!due) return 0;
      // Before it is done: what is new by its end is followed once more.
      due = false;
      try {
        await reminders.follow();
        if (!begun) await reminders.start();
        begun = true;
      } catch (error) {
        due = true;
        throw error;
      }
      return 1;
    },
  };
}
