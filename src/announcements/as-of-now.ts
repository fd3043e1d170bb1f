import { writtenAt } from "#announcements/deeds.ts";
import type { Announcement } from "#core/announcement.ts";

/**
 * An announcement as it is to be read now: of an event that was moved since, with the newer words, and as sent where it was stopped for their
 * sake; of one that was cancelled, nothing. `others` are those of the same event, itself or not among them.
 */
export function asOfNow(told: Announcement, others: readonly Announcement[]): Announcement | undefined {
  const since = others.filter(
    ({ event, news, state }) =>
      event !== undefined && event === told.event && state !== "draft" && state !== "discarded" && news !== "event",
  );
  if (since.some(({ news }) => news === "cancelled")) return undefined;
  const moved = since.filter(({ news }) => news === "moved").toSorted((a, b) => writtenAt(a) - writtenAt(b));
  const goesOn = moved.some(({ audience }) => audience.of === "told" && audience.rest?.includes(told.id) === true);
  return { ...told, text: moved.at(-1)?.text ?? told.text, ...(goesOn ? { state: "done" } : {}) };
}

/** Those of several that are to be read now: without those whose event is cancelled. `about` gives what was announced of an event. */
export async function allAsOfNow(
  told: readonly Announcement[],
  about: (event: string) => Promise<readonly Announcement[]>,
): Promise<Announcement[]> {
  const all = await Promise.all(told.map(async (each) => asOfNow(each, each.event === undefined ? [] : await about(each.event))));
  return all.flatMap((each) => each ?? []);
}
