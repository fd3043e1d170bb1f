import { z } from "zod";
import type { Records, StoredRecord } from "#core/ports.ts";

const COLLECTION = "weeks";
const ALL = { all: "yes" };
const MOST_LISTED = 1000;
const WEEK_MS = 7 * 86_400_000;
/** What waited for longer is no news. */
const LATEST_MS = 5 * WEEK_MS;
/** As long as an announcement that it tells of. */
const KEPT_MS = 2 * 366 * 86_400_000;
/** What ended just now may not stand in the store yet: it comes with the next week. */
const SETTLED_MS = 60_000;

const schema = z.object({
  format: z.literal(1),
  run: z.string(),
  from: z.number(),
  to: z.number(),
  announcements: z.array(z.string()),
  /** Of earlier weeks: what did not fit into somebody's message then comes with this one. */
  carried: z.array(z.string()).optional(),
  done: z.boolean(),
});

/** A week that is told, or was: a run in the ledger. Milliseconds; `to` does not belong to it any more. */
export type ToldWeek = Readonly<z.output<typeof schema>>;

/** The weeks that were told, over a store. */
export interface Weeks {
  /** Begins to tell what no week told before; one that was begun already stays as it is. */
  begin(run: string): Promise<void>;
  /** Those that are not told to everybody yet. */
  due(): Promise<ToldWeek[]>;
  end(run: string): Promise<void>;
  /** Those before a week of which it may tell what was left over. */
  before(week: ToldWeek): Promise<ToldWeek[]>;
  /** The runs of those that tell of an announcement. */
  telling(announcement: string): Promise<string[]>;
}

export interface WeeksParts {
  readonly records: Records;
  /** Ids of what may be told, and of which it was first known in that time whom it reached by itself. */
  readonly settledIn: (from: number, to: number) => Promise<readonly string[]>;
  readonly now: () => number;
}

export function createWeeks({ records, settledIn, now }: WeeksParts): Weeks {
  const read = (stored: StoredRecord | undefined) => schema.safeParse(stored?.value).data;
  const all = async () =>
    (await records.list(COLLECTION, { by: "index", name: "all", value: "yes", limit: MOST_LISTED })).flatMap(
      (stored) => read(stored) ?? [],
    );
  const put = (week: ToldWeek, over: number) =>
    records.put(COLLECTION, week.run, {
      value: week,
      over,
      index: ALL,
      expiresAt: week.to + KEPT_MS,
      ...(week.done ? {} : { due: week.to }),
    });

  return {
    async begin(run) {
      const known = await all();
      if (known.some((week) => week.run === run)) return;
      const to = now() - SETTLED_MS;
      const from = known.reduce((latest, week) => Math.max(latest, week.to), known.length === 0 ? to - WEEK_MS : 0);
      if (from >= to) return;
      // Also what could not be told with an earlier one, such as the invitation to an event that was moved just then.
      const began = known.reduce((earliest, week) => Math.min(earliest, week.from), from);
      const told = new Set(known.flatMap(({ announcements }) => announcements));
      const announcements = (await settledIn(Math.max(began, to - LATEST_MS), to)).filter((id) => !told.has(id));
      // Where another process was sooner, it is its week that is told.
      const carried = known.filter((week) => week.to > to - LATEST_MS).flatMap((week) => week.announcements);
      await put({ format: 1, run, from, to, announcements, carried, done: false }, 0);
    },

    async due() {
      const stored = await records.list(COLLECTION, { by: "due", until: now(), limit: MOST_LISTED });
      return stored.flatMap((each) => read(each) ?? []);
    },

    async end(run) {
      const stored = await records.get(COLLECTION, run);
      const week = read(stored);
      if (stored !== undefined && week !== undefined && !week.done) await put({ ...week, done: true }, stored.version);
    },

    before: async ({ to, carried = [] }) =>
      (await all()).filter((week) => week.to < to && idsOf(week).some((id) => carried.includes(id))),

    telling: async (announcement) => (await all()).filter((week) => idsOf(week).includes(announcement)).map(({ run }) => run),
  };
}

/** All that it may tell somebody of. */
function idsOf({ announcements, carried = [] }: ToldWeek): readonly string[] {
  return [...announcements, ...carried];
}
