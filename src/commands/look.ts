export interface LookNeeds {
  /** Makes known what was published just before a process died. */
  readonly owing: readonly { settleOwed(): Promise<number> }[];
  readonly live: { refresh(): Promise<boolean> };
  readonly announced: () => Promise<boolean>;
  readonly reminders: { follow(): Promise<void> };
  /** Something that failed; it stays owed. */
  readonly failed: (error: unknown) => void;
}

/**
 * Takes up what was published here or by another process. Reminders follow it: also where that failed at first, as the knowledge is new only
 * once.
 */
export function createLook({ owing, live, announced, reminders, failed }: LookNeeds) {
  let follows = false;
  return async (): Promise<number> => {
    let known = 0;
    for (const each of owing) {
      // What one owes must not keep from being taken up what is published.
      known += await each.settleOwed().catch((error: unknown) => {
        failed(error);
        return 0;
      });
    }
    const renewed = await live.refresh();
    follows ||= renewed;
    if (follows) {
      await reminders.follow();
      follows = false;
    }
    return known + Number(renewed) + Number(await announced());
  };
}
