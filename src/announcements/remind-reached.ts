import { setImmediate as nextTurn } from "node:timers/promises";
import type { Drawing } from "#announcements/draw.ts";
import type { Recipient } from "#core/ledger.ts";
import type { Address } from "#core/message.ts";
import type { PersonalData } from "#core/ports.ts";
import type { Subscription } from "#core/subscription.ts";

export interface RemindReachedParts {
  readonly drawing: Pick<Drawing, "reached">;
  readonly subscriptionOf: (address: Address) => Promise<Subscription | undefined>;
  readonly reminders: {
    remindOf(event: string, addresses: readonly Address[]): Promise<void>;
    readonly personalData: Pick<PersonalData, "erase">;
  };
  /** Once aborted, nobody further is reminded. */
  readonly signal: AbortSignal;
}

/** Has those whom a run reached, and who chose reminders, reminded of the events they read of there. Safe to do again from the beginning; throws what the signal was aborted with, as not all were reminded. */
export type RemindReached = (run: string, eventsOf: (to: Recipient) => readonly string[]) => Promise<void>;

const AT_ONCE = 50;

/** Page by page: however many there are, one page is in memory. */
export function createRemindReached({ drawing, subscriptionOf, reminders, signal }: RemindReachedParts): RemindReached {
  return async (run, eventsOf) => {
    for await (const page of drawing.reached(run)) {
      for (const [at, to] of page.entries()) {
        signal.throwIfAborted();
        // Most are only looked up: with the embedded store nothing else of this process would have its turn meanwhile.
        if (at % AT_ONCE === 0) await nextTurn();
        const { address } = to;
        const events = eventsOf(to);
        if (events.length === 0 || (await subscriptionOf(address))?.reminders !== true) continue;
        for (const event of events) {
          await reminders.remindOf(event, [address]);
          // Who had everything deleted just in between is not to come back by this: looked at at once, as no later pass meets them.
          if ((await subscriptionOf(address)) === undefined) {
            await reminders.personalData.erase(address.channel, address.person);
            break;
          }
        }
      }
    }
  };
}
