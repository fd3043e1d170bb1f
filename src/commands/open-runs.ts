import { randomUUID } from "node:crypto";
import { createRemindReached, type RemindReachedParts } from "#announcements/remind-reached.ts";
import { createRuns } from "#announcements/runs.ts";
import { createWeekRuns, type WeekRuns } from "#announcements/week-runs.ts";
import type { Announcing } from "#commands/open-announcements.ts";
import type { House } from "#commands/open-channels.ts";
import type { Event } from "#core/event.ts";
import type { Jobs } from "#core/ledger.ts";
import type { Address } from "#core/message.ts";
import type { Channel, Store } from "#core/ports.ts";
import { entryOfEvent } from "#events/entry.ts";
import type { Log } from "#ops/log.ts";

export interface RunsNeeds {
  readonly house: Pick<House, "config" | "log" | "now" | "words">;
  readonly store: Store;
  readonly announcing: Announcing;
  readonly channel: (name: string) => Channel | undefined;
  readonly reminders: RemindReachedParts["reminders"];
  readonly jobs: Jobs;
  readonly events: () => readonly Event[];
  readonly signal: AbortSignal;
}

/** Lets go out what is approved and due, and each week's message, through this process's channels. */
export function openRuns({ house, store, announcing, channel, reminders, jobs, events, signal }: RunsNeeds): WeekRuns {
  const { config, log, now, words } = house;
  const paceOf = () => ({ perSecond: config.bulkRate, burst: BURST });
  const subscriptionOf = async (address: Address) => (await store.conversations.load(address)).person.subscription;
  const parts = {
    ...announcing,
    deliver: { ledger: store.ledger, pace: store.pace, channel, paceOf, log, now, signal },
    subscriptionOf,
    linesOf: async (key: string) => {
      const event = await announcing.eventOf(key);
      return event && entryOfEvent(event, words, now()).answer;
    },
    remind: createRemindReached({ drawing: announcing.drawing, subscriptionOf, reminders, signal }),
    holder: () => randomUUID(),
    failed: (error: unknown) => log.sweepFailed(error),
  };
  const single = createRuns({ ...parts, timeZone: config.settings.timeZone });
  const weekEnded: Log["weekEnded"] = (week, told) => log.weekEnded(week, told);
  const weekly = createWeekRuns({ ...parts, jobs, events, settings: config.settings, weekEnded });
  return {
    start: () => weekly.start(),
    settleOwed: async () => (await single.settleOwed()) + (await weekly.settleOwed()),
    async [Symbol.asyncDispose]() {
      await single[Symbol.asyncDispose]();
      await weekly[Symbol.asyncDispose]();
    },
  };
}

/** How many may go at once after a rest. */
const BURST = 5;
