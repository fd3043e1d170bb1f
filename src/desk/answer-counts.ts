import { z } from "zod";
import type { Records } from "#core/ports.ts";
import { mondayOf } from "#text/clock.ts";
import { dayAt } from "#text/dates.ts";

const COLLECTION = "answer-counts";
/** Longer than any week is told of. */
const KEPT_MS = 60 * 86_400_000;
const MOST_RACES = 100;

const schema = z.object({ counts: z.record(z.string(), z.number()) });

/** How often entries answered, by week. Numbers of entries only: nobody's question and nobody's name. */
export interface AnswerCounts {
  /** Counts an answer; what was not written down when a process dies is lost. */
  count(entry: string): void;
  /** Writes down what was counted since. */
  writeDown(): Promise<void>;
  /** Of the week that begins with a Monday, an ISO day: counts by entry. */
  of(monday: string): Promise<Readonly<Record<string, number>>>;
}

export function createAnswerCounts(records: Records, timeZone: string, now: () => number): AnswerCounts {
  let counted = new Map<string, Map<string, number>>();

  const read = async (monday: string) => {
    const stored = await records.get(COLLECTION, monday);
    return { version: stored?.version ?? 0, counts: schema.safeParse(stored?.value).data?.counts ?? {} };
  };
  const add = async (monday: string, more: ReadonlyMap<string, number>) => {
    for (let race = 0; race < MOST_RACES; race += 1) {
      const { version, counts } = await read(monday);
      const sums = { ...counts };
      for (const [entry, count] of more) sums[entry] = (sums[entry] ?? 0) + count;
      const put = { value: { counts: sums }, over: version, expiresAt: now() + KEPT_MS };
      if ((await records.put(COLLECTION, monday, put)) === "saved") return;
    }
  };

  return {
    count(entry) {
      const monday = mondayOf(dayAt(now(), timeZone));
      const week = counted.get(monday) ?? new Map<string, number>();
      week.set(entry, (week.get(entry) ?? 0) + 1);
      counted.set(monday, week);
    },
    async writeDown() {
      const since = counted;
      counted = new Map();
      for (const [monday, more] of since) await add(monday, more);
    },
    of: async (monday) => (await read(monday)).counts,
  };
}
