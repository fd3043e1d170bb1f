import { reaches, waitsForTheWeek } from "#announcements/audience.ts";
import type { Subscribers } from "#announcements/subscribers.ts";
import type { Announcement } from "#core/announcement.ts";
import type { Ledger, Recipient } from "#core/ledger.ts";
import type { MessageReference } from "#core/message.ts";
import type { Records } from "#core/ports.ts";
import { addressOf } from "#core/subscription.ts";

export interface DrawingParts {
  readonly records: Records;
  readonly ledger: Pick<Ledger, "expand" | "list" | "counts" | "sweep">;
  readonly subscribers: Pick<Subscribers, "pages">;
  readonly now: () => number;
}

/** Who gets what: drawn once for a run, and written down. */
export interface Drawing {
  /** How many an announcement would go to now. */
  size(announcement: Pick<Announcement, "audience" | "news" | "urgent">): Promise<number>;
  /** Writes down everybody an announcement goes to. False: not yet, as of an earlier one it is not known whom it reached. */
  draw(announcement: Announcement): Promise<boolean>;
  /** Writes down for a run everybody who has an announcement; gives the messages that they have, by address. */
  drawSent(of: string, run: string): Promise<ReadonlyMap<string, MessageReference>>;
}

const COLLECTION = "drawn";
const PAGE = 500;
const KEPT_MS = 2 * 366 * 86_400_000;
/** Longer than anything is on the wire. */
const LEASE_MS = 30_000;

export function createDrawing({ records, ledger, subscribers, now }: DrawingParts): Drawing {
  const isDrawn = async (run: string) => (await records.get(COLLECTION, run)) !== undefined;
  const markDrawn = (run: string) => records.put(COLLECTION, run, { value: {}, over: 0, expiresAt: now() + KEPT_MS });

  async function* audience({
    audience: asked,
    news,
    urgent,
  }: Pick<Announcement, "audience" | "news" | "urgent">): AsyncGenerator<Recipient[]> {
    if (asked.of === "told") {
      for (const run of asked.by) for (const ended of ["sent", "uncertain"] as const) yield* pagesOf(run, ended);
      return;
    }
    for await (const page of subscribers.pages(asked.topics)) {
      const reached = page.filter(
        ({ subscription }) => reaches(asked, subscription) && !waitsForTheWeek({ news, urgent }, subscription),
      );
      yield reached.map((each) => ({ address: addressOf(each), language: each.subscription.language }));
    }
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

  return {
    async size(announcement) {
      const people = new Set<string>();
      for await (const page of audience(announcement))
        for (const { address } of page) people.add(JSON.stringify([address.channel, address.person]));
      return people.size;
    },

    async draw(announcement) {
      const { id, audience: asked } = announcement;
      if (await isDrawn(id)) return true;
      if (asked.of === "told" && !(await areKnown(asked.by))) return false;
      for await (const page of audience(announcement)) await ledger.expand(id, page, now());
      await markDrawn(id);
      return true;
    },

    async drawSent(of, run) {
      const drawn = await isDrawn(run);
      const references = new Map<string, MessageReference>();
      for await (const page of pagesOf(of, "sent")) {
        const known = page.filter(({ reference }) => (reference ?? "") !== "");
        for (const { address, reference } of known) references.set(JSON.stringify(address), reference ?? "");
        if (!drawn)
          await ledger.expand(
            run,
            known.map(({ address, language }) => ({ address, language })),
            now(),
          );
      }
      if (!drawn) await markDrawn(run);
      return references;
    },
  };
}
