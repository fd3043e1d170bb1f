import { reaches, waitsForTheWeek } from "#announcements/audience.ts";
import { createDrawn } from "#announcements/drawn.ts";
import { keptUntil } from "#announcements/kept.ts";
import type { Subscribers } from "#announcements/subscribers.ts";
import type { Announcement } from "#core/announcement.ts";
import type { Event } from "#core/event.ts";
import type { Ended, Ledger, Recipient } from "#core/ledger.ts";
import type { MessageReference } from "#core/message.ts";
import type { Records } from "#core/ports.ts";
import { addressOf } from "#core/subscription.ts";

export interface DrawingParts {
  readonly records: Records;
  readonly ledger: Pick<Ledger, "expand" | "list" | "counts" | "sweep" | "keep">;
  readonly subscribers: Pick<Subscribers, "pages">;
  /** The weekly messages that tell of an announcement. */
  readonly weeksTelling: (announcement: string) => Promise<readonly string[]>;
  /** Who is to be reminded of an event, by pages. */
  readonly reminded: (event: string) => AsyncIterable<readonly Recipient[]>;
  /** An event as it stands now. */
  readonly eventOf: (key: string) => Promise<Event | undefined>;
  /** For how long the store keeps a run by itself. */
  readonly retentionMs: number;
  readonly now: () => number;
}

type Announced = Pick<Announcement, "audience" | "event" | "news" | "urgent">;

/** Who gets what: drawn once for a run, and written down. */
export interface Drawing {
  /** How many an announcement would go to now. */
  size(announcement: Announced): Promise<number>;
  /** Writes down everybody an announcement goes to. False: not yet, as of an earlier one it is not known whom it reached. */
  draw(announcement: Announcement): Promise<boolean>;
  /** Writes down for a run whom these pages name, once and for all. */
  drawOnce(run: string, pages: AsyncIterable<readonly Recipient[]>): Promise<void>;
  /** Whom a run reached, by pages. */
  reached(run: string): AsyncGenerator<readonly Ended[]>;
  /** Writes down for a run everybody who has an announcement; gives the messages that they have, by address. */
  drawSent(of: string, run: string): Promise<ReadonlyMap<string, MessageReference>>;
  /** Keeps whom an announcement reached for as long as a change of it has to reach them. */
  keep(announcement: Announcement): Promise<void>;
  /** Whether it is no longer known whom one of these runs reached. */
  isGone(runs: readonly string[]): Promise<boolean>;
}

const PAGE = 500;
/** Longer than anything is on the wire. */
const LEASE_MS = 30_000;

export function createDrawing(parts: DrawingParts): Drawing {
  const { ledger, subscribers, weeksTelling, reminded, eventOf, retentionMs, now } = parts;
  const drawn = createDrawn(parts);

  async function* audience({ audience: asked, event, news, urgent }: Announced): AsyncGenerator<readonly Recipient[]> {
    if (asked.of === "told") {
      for (const told of asked.by) {
        yield* toldBy(told);
        for (const week of await weeksTelling(told))
          for await (const page of toldBy(week)) yield page.filter(({ tells }) => tells?.includes(told)).map(alone);
      }
      // They were told its times when they asked to be reminded. Whoever is among the others too has one row all the same.
      if (event !== undefined) yield* reminded(event);
      return;
    }
    for await (const page of subscribers.pages(asked.topics)) {
      const reached = page.filter(
        ({ subscription }) => reaches(asked, subscription) && !waitsForTheWeek({ news, urgent }, subscription),
      );
      yield reached.map((each) => ({ address: addressOf(each), language: each.subscription.language }));
    }
  }

  async function* toldBy(run: string) {
    for (const ended of ["sent", "uncertain"] as const) yield* pagesOf(run, ended);
  }

  async function* pagesOf(run: string, ended: "sent" | "uncertain") {
    for (let after: string | undefined; ;) {
      const page = await ledger.list(run, ended, after, PAGE);
      if (page.length > 0) yield [...page];
      if (page.length < PAGE) return;
      after = page.at(-1)?.row;
    }
  }

  /** Whether nothing of these runs is on the wire any more. */
  const areKnown = async (runs: readonly string[]): Promise<boolean> => {
    for (const run of runs) {
      await ledger.sweep(run, LEASE_MS, now());
      const { claimed, sending } = await ledger.counts(run);
      if (claimed + sending > 0) return false;
    }
    return true;
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

  return {
    drawOnce,
    reached: (run) => pagesOf(run, "sent"),

    async size(announcement) {
      const people = new Set<string>();
      for await (const page of audience(announcement))
        for (const { address } of page) people.add(JSON.stringify([address.channel, address.person]));
      return people.size;
    },

    async draw(announcement) {
      const { id, audience: asked } = announcement;
      if (await drawn.has(id)) return true;
      if (asked.of === "told") {
        const weeks = await Promise.all(asked.by.map((told) => weeksTelling(told)));
        if (!(await areKnown([...asked.by, ...weeks.flat()]))) return false;
      }
      await drawOnce(id, audience(announcement));
      await keep(announcement);
      return true;
    },

    keep,

    async isGone(runs) {
      for (const run of runs) if (await drawn.isGone(run)) return true;
      return false;
    },

    async drawSent(of, run) {
      const isDrawn = await drawn.has(run);
      const references = new Map<string, MessageReference>();
      for await (const page of pagesOf(of, "sent")) {
        const known = page.filter(({ reference }) => (reference ?? "") !== "");
        for (const { address, reference } of known) references.set(JSON.stringify(address), reference ?? "");
        if (!isDrawn)
          await ledger.expand(
            run,
            known.map(({ address, language }) => ({ address, language })),
            now(),
          );
      }
      if (!isDrawn) await drawn.mark(run);
      return references;
    },
  };
}

/** Whom a weekly message reached, for a message of one announcement. */
function alone({ address, language }: Recipient): Recipient {
  return { address, language };
}
