import type { ChannelTrouble, Workspace } from "#core/workspace.ts";

/** Keeps an eye on whether the bot can work in the desk's channel. */
export interface ChannelWatch {
  /** What stood against it when it was last looked at. */
  trouble(): ChannelTrouble | undefined;
  /** Looks where it is time to: now and then, and more often while something stands against it. */
  look(): Promise<void>;
  /** Looks at once, as something failed. */
  lookNow(): Promise<ChannelTrouble | undefined>;
  /** How soon what failed for a trouble is worth another try, milliseconds. */
  readonly soonMs: number;
}

/** What is told of the channel; codes and remedies only. */
export interface ChannelLog {
  deskUnreachable(code: string, remedy: string): void;
  deskReachable(): void;
}

export interface ChannelWatchParts {
  readonly workspace: Pick<Workspace, "look">;
  readonly channel: string;
  readonly log: ChannelLog;
  readonly now: () => number;
  /** How often it is looked at while something stands against it, milliseconds. */
  readonly everyMs: number;
}

/** While all is well a failed post is noticed first, so that it need not be asked for often. */
const SELDOM = 6;

/** A watch over the channel. What it finds is told once, and again when it has changed or is mended. */
export function createChannelWatch({ workspace, channel, log, now, everyMs }: ChannelWatchParts): ChannelWatch {
  let known: ChannelTrouble | undefined;
  let looked = Number.NEGATIVE_INFINITY;
  let looking: Promise<ChannelTrouble | undefined> | undefined;

  const ask = async () => {
    const found = await workspace.look(channel);
    looked = now();
    if (found === "unknown") return known;
    const before = known;
    known = found === "none" ? undefined : found;
    if (known === undefined && before !== undefined) log.deskReachable();
    if (known !== undefined && known.code !== before?.code) log.deskUnreachable(known.code, known.remedy);
    return known;
  };
  const lookNow = () => (looking ??= ask().finally(() => (looking = undefined)));

  return {
    soonMs: everyMs,
    trouble: () => known,
    lookNow,
    async look() {
      if (now() - looked >= everyMs * (known === undefined ? SELDOM : 1)) await lookNow();
    },
  };
}
