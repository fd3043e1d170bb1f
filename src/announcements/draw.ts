import { reaches } from "#announcements/audience.ts";
import { sizeOf } from "#announcements/audience-size.ts";
import { createDrawn } from "#announcements/drawn.ts";
import { leavesTime, mayWait } from "#announcements/waiting.ts";
import { createReached } from "#announcements/reached.ts";
import { keptUntil } from "#announcements/kept.ts";
import type { Subscribers } from "#announcements/subscribers.ts";
import type { Announcement } from "#core/announcement.ts";
import type { AudienceSize } from "#core/announcing.ts";
import type { Event } from "#core/event.ts";
import type { Ended, Ledger, Recipient } from "#core/ledger.ts";
import type { Address, MessageReference } from "#core/message.ts";
import type { Records } from "#core/ports.ts";
import { addressOf } from "#core/subscription.ts";

export interface DrawingParts {
  readonly records: Records;
  readonly ledger: Pick<Ledger, "expand" | "list" | "counts" | "sweep" | "keep" | "close" | "statesOf">;
  /** Erases what runs hold of a person. */
  readonly forget: (address: Address) => Promise<void>;
  readonly announcementOf: (id: string) => Promise<Announcement | undefined>;
  readonly subscribers: Pick<Subscribers, "pages">;
  /** The weekly messages that tell of an announcement. */
  readonly weeksTelling: (announcement: string) => Promise<readonly string[]>;
  /** Who is to be reminded of an event, by pages. */
  readonly reminded: (event: string) => AsyncIterable<readonly Recipient[]>;
  /** Whether a reminder of an event is known of somebody, on or off: not of who had everything deleted. */
  readonly isReminderKnown: (address: Address, event: string) => Promise<boolean>;
  /** An event as it stands now. */
  readonly eventOf: (key: string) => Promise<Event | undefined>;
  /** For how long the store keeps a run by itself. */
  readonly retentionMs: number;
  readonly now: () => number;
  /** Where the readers are. */
  readonly timeZone: string;
}

type Drawn = Pick<Announcement, "audience" | "news" | "urgent" | "event" | "sendAt">;

/** Who gets what: drawn once for a run, and written down. */
export interface Drawing {
  /** How many an announcement would go to. */
  size(announcement: Drawn): Promise<AudienceSize>;
  /**
   * Writes down whom an announcement goes to: all of them, or none yet, as of an earlier one it is not known whom it reached. *some*: of a weekly
   * message that goes out just now, whom it reached by now.
   */
  draw(announcement: Announcement): Promise<"all" | "some" | "none">;
  /** Writes down for a run whom these pages name, once and for all. */
  drawOnce(run: string, pages: AsyncIterable<readonly Recipient[]>): Promise<void>;
  /** Whom a run reached, by pages. */
  reached(run: string): AsyncGenerator<readonly Ended[]>;
  /**
   * Writes down for a run everybody who has an announcement; gives the messages that they have, by address. `undefined`: not yet, as something
   * of it is still on the wire.
   */
  drawSent(of: Announcement, run: string): Promise<ReadonlyMap<string, MessageReference> | undefined>;
  /** Keeps whom an announcement reached for as long as a change of it has to reach them. */
  keep(announcement: Announcement): Promise<void>;
  /** Whether it is no longer known whom one of these runs reached. */
  isGone(runs: readonly string[]): Promise<boolean>;
}

export function createDrawing(parts: DrawingParts): Drawing {
  const { ledger, forget, subscribers, announcementOf, weeksTelling, reminded, isReminderKnown } = parts;
  const { eventOf, retentionMs, now, timeZone } = parts;
  const drawn = createDrawn(parts);
  const reached = createReached(ledger, now);

  async function* audience(
    { audience: asked, event }: Pick<Drawn, "audience" | "event">,
    waits: boolean,
  ): AsyncGenerator<readonly Recipient[]> {
    if (asked.of === "told") {
      for (const told of asked.by) {
        for await (const page of reached.told(told)) {
          yield page.map(nowTold);
          await forgetErased(told, page);
        }
        for (const week of await weeksTelling(told))
          for await (const page of reached.told(week)) {
            yield page.filter(({ tells }) => tells?.includes(told)).map(nowTold);
            await forgetErased(week, page);
          }
      }
      // They were told its times when they asked to be reminded. Whoever is among the others too has one row all the same.
      if (event !== undefined)
        for await (const page of reminded(event)) {
          yield page;
          // Once it is written down: who had everything deleted just in between is not to come back by it.
          for (const { address } of page) if (!(await isReminderKnown(address, event))) await forget(address);
        }
      // After those who were told by another one: whoever is written down already stays as they are.
      for (const rest of asked.rest ?? [])
        for await (const page of reached.pages(rest, "unsent")) {
          yield page.map((each) => ({ ...nowTold(each), untold: true }));
          await forgetErased(rest, page);
        }
      return;
    }
    for await (const page of subscribers.pages(asked.topics)) {
      const fitting = page.filter(({ subscription }) => reaches(asked, subscription) && !(waits && subscription.weekly));
      yield fitting.map((each) => ({ address: addressOf(each), language: each.subscription.language }));
    }
  }

  /** Whether it waits for those who chose one message a week. */
  const waits = async (announcement: Drawn): Promise<boolean> => {
    const { event, sendAt = 0 } = announcement;
    if (!mayWait(announcement)) return false;
    return event === undefined || leavesTime(await eventOf(event), Math.max(now(), sendAt), timeZone);
  };

  /** Once a page is written down: who had everything deleted just in between is not to come back by it. */
  const forgetErased = async (run: string, page: readonly Recipient[]): Promise<void> => {
    const addresses = page.map(({ address }) => address);
    const states = await ledger.statesOf(run, addresses);
    for (const [at, address] of addresses.entries()) if (states[at] === "erased") await forget(address);
  };

  /** Those of an announcement that was stopped who have not got it: they are written down for it, and it does not go to them any more. */
  const closeStopped = async (id: string): Promise<boolean> => {
    const announcement = await announcementOf(id);
    if (announcement?.state !== "stopped") return true;
    if ((await draw(announcement)) !== "all") return false;
    return reached.close(id);
  };

  const drawOnce: Drawing["drawOnce"] = async (run, pages) => {
    if (await drawn.has(run)) return;
    for await (const page of pages) await ledger.expand(run, page, now());
    await drawn.mark(run);
  };

  const keep = async (announcement: Announcement): Promise<void> => {
    const { id, event } = announcement;
    const until = keptUntil(announcement, event === undefined ? undefined : await eventOf(event), { now: now(), retentionMs });
    if (until !== undefined) for (const run of [id, ...(await weeksTelling(id))]) await drawn.keep(run, until);
  };

  const draw: Drawing["draw"] = async (announcement) => {
    const { id, audience: asked } = announcement;
    if (await drawn.has(id)) return "all";
    if (asked.of === "told") {
      for (const told of asked.by) if (!(await closeStopped(told))) return "none";
      if (!(await reached.areKnown(asked.by))) return "none";
      const weeks = await Promise.all(asked.by.map((told) => weeksTelling(told)));
      if (!(await reached.areKnown(weeks.flat()))) {
        for await (const page of audience(announcement, false)) await ledger.expand(id, page, now());
        return "some";
      }
    }
    await drawOnce(id, audience(announcement, await waits(announcement)));
    await keep(announcement);
    return "all";
  };

  return {
    drawOnce,
    reached: (run) => reached.pages(run, "sent"),

    size: async (announcement) =>
      sizeOf({ ledger, audience: (waiting) => audience(announcement, waiting) }, announcement, await waits(announcement)),

    draw,
    keep,

    async isGone(runs) {
      for (const run of runs) if (await drawn.isGone(run)) return true;
      return false;
    },

    async drawSent(of, run) {
      const isDrawn = await drawn.has(run);
      if (!isDrawn && !(of.state === "stopped" ? await reached.close(of.id) : await reached.areKnown([of.id]))) return undefined;
      const references = new Map<string, MessageReference>();
      for await (const page of reached.pages(of.id, "sent")) {
        const known = page.filter(({ reference }) => (reference ?? "") !== "");
        for (const { address, reference } of known) references.set(JSON.stringify(address), reference ?? "");
        if (!isDrawn)
          await ledger.expand(
            run,
            known.map(({ untold, ...each }) => ({ ...nowTold(each), ...(untold === undefined ? {} : { untold }) })),
            now(),
          );
        if (!isDrawn) await forgetErased(of.id, known);
      }
      if (!isDrawn) await drawn.mark(run);
      return references;
    },
  };
}

/** Somebody who knows of it by now. */
function nowTold({ address, language }: Recipient): Recipient {
  return { address, language };
}
