import { z } from "zod";
import type { Entry } from "#core/entry.ts";
import type { Records, StoredRecord } from "#core/ports.ts";
import type { StaffEntries, StaffRoom } from "#core/staff.ts";
import type { EntryRecord } from "#core/staff-entry.ts";
import { type Consequences, consequencesSchema } from "#desk/consequences.ts";
import type { DeskLog } from "#desk/desk.ts";
import { draftCard, type DraftCardParts } from "#desk/draft-card.ts";

export interface DraftCardsParts extends DraftCardParts {
  readonly records: Records;
  readonly room: StaffRoom;
  readonly entries: Pick<StaffEntries, "record" | "drafts">;
  /** Which questions get another answer because of it. */
  readonly consequences: (id: string, entry: Entry | undefined) => Promise<Consequences>;
  readonly now: () => number;
  readonly log: DeskLog;
}

const COLLECTION = "draft-cards";
/** Longer than a post takes. */
const LEASE_MS = 60_000;
const RETRY_MS = 5000;
const MOST_AT_ONCE = 100;
const KEPT_MS = 366 * 86_400_000;

/** What staff have of a draft: its card, and what that shows. */
const schema = z.object({
  shows: z.string().optional(),
  card: z.string().optional(),
  /** What it would change, of the version that is shown. */
  changes: consequencesSchema.optional(),
  tries: z.number(),
  until: z.number(),
});
type Shown = z.output<typeof schema>;

/** Shows every draft in the staff's room, and what became of it, each once: what was proposed or decided before a crash as well. */
export function createDraftCards(parts: DraftCardsParts) {
  const { records, room, entries, now, log } = parts;
  const put = (id: string, value: Shown, over: number, waiting: boolean) =>
    records.put(COLLECTION, id, {
      value,
      over,
      expiresAt: now() + KEPT_MS,
      ...(waiting ? { index: { state: "waiting" } } : {}),
    });

  // The card can do without.
  const failed = (error: unknown) => {
    log.deskFailed("consequences", error);
    return undefined;
  };

  const show = async (record: EntryRecord, stored: StoredRecord | undefined): Promise<void> => {
    const version = record.versions.at(-1);
    const known = schema.safeParse(stored?.value).data ?? { tries: 0, until: 0 };
    const wanted = `${version?.number}-${version?.decided?.is ?? "waiting"}`;
    if (version === undefined || known.shows === wanted || known.until > now()) return;
    const held: Shown = { ...known, changes: undefined, tries: known.tries + 1, until: now() + LEASE_MS };
    if ((await put(record.id, held, stored?.version ?? 0, true)) === "stale") return;
    const changes = version.decided === undefined ? await parts.consequences(record.id, version.entry).catch(failed) : undefined;
    const post = draftCard(record, version, parts, changes?.count);
    // Before it is shown, so that whoever presses at once finds it.
    const noted = changes && (await records.get(COLLECTION, record.id));
    if (noted !== undefined) await put(record.id, { ...held, changes }, noted.version, true);
    // What comes after a decision stands where staff look, and not far above under what was decided.
    const stands = known.shows?.endsWith("-waiting") === true ? known.card : undefined;
    const updated = stands === undefined ? undefined : await room.update(stands, post);
    const missing = updated === undefined || (!updated.ok && updated.why === "gone");
    const sent = missing ? await room.post(post, { id: `draft-${record.id}-${version.number}`, tries: known.tries }) : updated;
    const mine = await records.get(COLLECTION, record.id);
    if (mine === undefined) return;
    if (sent.ok) {
      const done = { shows: wanted, card: sent.reference, changes, tries: 0, until: 0 };
      await put(record.id, done, mine.version, version.decided === undefined);
      return;
    }
    log.deskDelayed("draft", sent.why, held.tries);
    // Surely not there: the next try need not look for it.
    const surely = "retryAfterMs" in sent;
    const later = { ...held, tries: surely ? known.tries : held.tries, until: now() + (surely ? sent.retryAfterMs : RETRY_MS) };
    await put(record.id, later, mine.version, true);
  };

  return {
    /** What a draft would change, as its card was shown with it; nothing for one that was decided. */
    async changesOf(id: string): Promise<Consequences | undefined> {
      return schema.safeParse((await records.get(COLLECTION, id))?.value).data?.changes;
    },

    /** Shows what is not shown yet. Gives how many drafts it looked at. */
    async settleOwed(): Promise<number> {
      const cards = await records.list(COLLECTION, { by: "index", name: "state", value: "waiting", limit: MOST_AT_ONCE });
      const drafts = await entries.drafts(MOST_AT_ONCE);
      const ids = new Set([...cards, ...drafts].map(({ id }) => id));
      for (const id of ids) {
        const record = await entries.record(id);
        // One that fails must not keep the others from being shown.
        if (record !== undefined)
          await show(record, await records.get(COLLECTION, id)).catch((error: unknown) => log.deskFailed("draft", error));
      }
      return ids.size;
    },
  };
}
