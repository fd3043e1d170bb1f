import type { Announcements } from "#announcements/announcements.ts";
import { announcementFor } from "#core/announcement-reply.ts";
import { reaches } from "#announcements/audience.ts";
import { nextDecentTime } from "#core/decent-hours.ts";
import { deliverRun } from "#announcements/deliver.ts";
import type { Drawing } from "#announcements/draw.ts";
import { createLastTries } from "#announcements/last-tries.ts";
import type { DeliverParts, Message, Run, RunEnd } from "#announcements/parts.ts";
import { createRemindOfEvent } from "#announcements/remind-of-event.ts";
import type { RemindReached } from "#announcements/remind-reached.ts";
import { isAway } from "#announcements/persist.ts";
import { createUnderWay } from "#announcements/under-way.ts";
import type { AfterRun, Announcement } from "#core/announcement.ts";
import type { StaffHold } from "#core/announcing.ts";
import type { InLanguages } from "#core/entry.ts";
import type { Recipient } from "#core/ledger.ts";
import type { Address, MessageReference } from "#core/message.ts";
import type { Subscription } from "#core/subscription.ts";

export interface RunsParts {
  readonly announcements: Announcements;
  readonly hold: Pick<StaffHold, "held">;
  readonly drawing: Drawing;
  readonly deliver: Omit<DeliverParts, "holder">;
  /** What a person chose, as it stands now. */
  readonly subscriptionOf: (address: Address) => Promise<Subscription | undefined>;
  /** What the record of an event says of date and place, as it stands now. */
  readonly linesOf: (event: string) => Promise<InLanguages<string> | undefined>;
  /** Has those whom a run reached reminded of events. */
  readonly remind: RemindReached;
  /** Names one work on one run. */
  readonly holder: () => string;
  readonly timeZone: string;
  readonly failed: (error: unknown) => void;
}

/** Lets go out what is approved and due, in this process, side by side with others. */
export interface Runs extends AsyncDisposable {
  /** Begins what is to be begun; what it began goes on by itself. Gives how many are due. */
  settleOwed(): Promise<number>;
}

const DAY_MS = 86_400_000;
/** No announcement is called so. */
const KEEPING = "*keeping";
/** Whom a weekly message reached since. */
const DRAWN_AGAIN_MS = 10_000;

export function createRuns(parts: RunsParts): Runs {
  const { announcements, hold, drawing, deliver, remind } = parts;
  const underWay = createUnderWay(deliver.now, parts.failed);
  const remindOfEvent = createRemindOfEvent({ announcements, ledger: deliver.ledger, remind, underWay, now: deliver.now });
  const lastTries = createLastTries(deliver.now);

  const goesOn = (id: string) => async () =>
    (await hold.held()) === undefined && (await announcements.announcement(id))?.state === "sending";

  /** How an announcement reads to whoever gets it now. */
  const readingsOf = async (announcement: Announcement) => {
    const lines = announcement.event === undefined ? undefined : await parts.linesOf(announcement.event);
    return (to: Recipient, chosen: Subscription | undefined) =>
      announcementFor(announcement, chosen ?? nothingChosen(to, announcement), { lines, untold: to.untold });
  };

  const send = async (announcement: Announcement): Promise<RunEnd> => {
    const { id, audience, urgent, topics } = announcement;
    // Those of an earlier run that is still on the wire are told once it is known how that ended.
    const written = await drawing.draw(announcement);
    if (written === "none") return { is: "waiting", until: deliver.now() };
    const readingFor = await readingsOf(announcement);
    const run: Run = {
      id,
      async messageFor(to) {
        const chosen = await parts.subscriptionOf(to.address);
        const city = audience.of === "told" ? undefined : audience.city;
        const needsNoTopic = audience.of === "told" && to.untold !== true;
        if (!needsNoTopic && (chosen === undefined || !reaches({ topics, city }, chosen))) return undefined;
        return { reply: readingFor(to, chosen) };
      },
      allowedFrom: (_to, now) => nextDecentTime(now, { urgent }, parts.timeZone),
      triedUntil: lastTries.until(id, begunAt(announcement)),
      goesOn: goesOn(id),
    };
    const end = await deliverRun({ ...deliver, holder: parts.holder() }, run);
    return written === "some" && end.is === "done" ? { is: "waiting", until: deliver.now() + DRAWN_AGAIN_MS } : end;
  };

  const sendAfter = async (announcement: Announcement, { run, does }: AfterRun): Promise<RunEnd> => {
    const references = await drawing.drawSent(announcement, run);
    // What is still on the wire is dealt with once it is known how that ended.
    if (references === undefined) return { is: "waiting", until: deliver.now() };
    const readingFor = await readingsOf(announcement);
    const messageFor = async (to: Recipient): Promise<Message> => {
      const reference: MessageReference = references.get(JSON.stringify(to.address)) ?? "";
      const { language } = to;
      if (does === "withdraw") return { reply: { kind: "withdraw", language, reference } };
      return { reply: { kind: "amend", language, reference, reply: readingFor(to, await parts.subscriptionOf(to.address)) } };
    };
    // An edit alerts nobody and a deletion takes away: both may be done by night.
    const whole: Run = {
      id: run,
      messageFor,
      allowedFrom: (_to, now) => now,
      triedUntil: lastTries.until(run, begunAt(announcement)),
      mayRepeat: true,
      goesOn: () => true,
    };
    return deliverRun({ ...deliver, holder: parts.holder() }, whole);
  };

  /** Events are moved, and runs rest: each day it is asked anew for how long it has to be known whom they reached. */
  const keepRuns = async (): Promise<RunEnd> => {
    const until = deliver.now() + DAY_MS;
    for (const announcement of await announcements.sent()) {
      if (deliver.signal.aborted) return { is: "stopped" };
      await drawing.keep(announcement).catch((error: unknown) => {
        // With a store that is away all are asked anew soon.
        if (isAway(error)) throw error;
        parts.failed(error);
      });
    }
    return { is: "waiting", until };
  };

  const beginSending = async (announcement: Announcement): Promise<void> => {
    const { id, state, history } = announcement;
    if (state === "scheduled") await announcements.act(id, { id: `${id}-start`, do: "start" });
    if (announcement.resending === true) await announcements.act(id, { id: `${id}-resend-${history.length}`, do: "resend" });
    if (state !== "sending") return;
    underWay.begin(
      id,
      () => send(announcement),
      async () => {
        await remindOfEvent.ended(announcement);
        await announcements.act(id, { id: `${id}-end-${history.length}`, do: "end" });
      },
    );
  };

  /** Also while all sending is held: what is wrong is to be put right, or to go, then above all. */
  const beginAfter = (announcement: Announcement): void => {
    for (const each of (announcement.after ?? []).filter(({ done }) => !done)) {
      const ended = { id: `${each.run}-end`, do: "end-after", run: each.run } as const;
      underWay.begin(
        each.run,
        () => sendAfter(announcement, each),
        () => announcements.act(announcement.id, ended),
      );
    }
  };

  return {
    async settleOwed() {
      // Beside what is to be sent: that neither waits for it nor stops with it.
      underWay.begin(KEEPING, keepRuns, async () => {});
      const goes = (await hold.held()) === undefined;
      const due = await announcements.due();
      lastTries.only(due.flatMap((each) => workedOn(each, goes)));
      for (const announcement of due) {
        if (goes) await beginSending(announcement);
        beginAfter(announcement);
        remindOfEvent.begin(announcement);
      }
      return due.length;
    },
    [Symbol.asyncDispose]: () => underWay[Symbol.asyncDispose](),
  };
}

/** When it was last let go out, on or anew. */
function begunAt({ history }: Announcement): number {
  return history.at(-1)?.at ?? 0;
}

/** The runs of it that may go out. */
function workedOn({ id, state, after = [] }: Announcement, goes: boolean): string[] {
  const owed = after.filter(({ done }) => !done).map(({ run }) => run);
  return goes && state === "sending" ? [id, ...owed] : owed;
}

/** Of who chose nothing any more: the language they were written to in. */
function nothingChosen({ address, language }: Recipient, { topics }: Announcement): Subscription {
  const nothing = { reminders: false, weekly: false, changedAt: 0, consent: { textVersion: "", at: 0 } };
  return { topics, language, chat: address.chat, ...nothing };
}
