import type { Entry } from "#core/entry.ts";
import type { Records } from "#core/ports.ts";
import type { NoteBeside, Showing } from "#core/showing.ts";
import type { StaffEntries, StaffPost, StaffRoom } from "#core/staff.ts";
import { type Consequences, consequencesSchema } from "#desk/consequences.ts";
import type { DeskLog } from "#desk/desk.ts";
import { draftCard, type DraftCardParts } from "#desk/draft-card.ts";
import { createShown } from "#desk/shown.ts";

export interface DraftCardsParts extends DraftCardParts {
  readonly records: Records;
  readonly room: StaffRoom;
  readonly entries: Pick<StaffEntries, "record" | "drafts">;
  /** Which questions get another answer because of it. */
  readonly consequences: (id: string, entry: Entry | undefined) => Promise<Consequences>;
  readonly now: () => number;
  /** Names this process among those that share the store. */
  readonly holder: string;
  readonly log: DeskLog;
}

const MOST_AT_ONCE = 100;

/** Shows every draft in the staff's room, and what became of it, each once: what was proposed or decided before a crash as well. */
export function createDraftCards(parts: DraftCardsParts) {
  const { records, room, entries, now, holder, log } = parts;
  const cards = createShown<StaffPost>({ records, collection: "draft-cards", name: "draft", surface: room, now, holder, log });
  // The card can do without.
  const unknown = (error: unknown) => {
    log.deskFailed("consequences", error);
    return undefined;
  };

  const showingOf = async (id: string): Promise<Showing<StaffPost> | undefined> => {
    const record = await entries.record(id);
    const version = record?.versions.at(-1);
    if (record === undefined || version === undefined) return undefined;
    const waits = version.decided === undefined;
    return {
      shows: `${version.number}-${version.decided?.is ?? "waiting"}`,
      stays: waits,
      // What comes after a decision is a card of its own.
      round: record.versions.slice(0, -1).filter(({ decided }) => decided !== undefined).length,
      post: async (note: NoteBeside) => {
        const changes = waits ? await parts.consequences(id, version.entry).catch(unknown) : undefined;
        if (changes !== undefined) await note(changes);
        return draftCard(record, version, parts, changes?.count);
      },
    };
  };

  return {
    /** What a draft would change, as its card was shown with it; nothing for one that was decided. */
    async changesOf(id: string): Promise<Consequences | undefined> {
      return consequencesSchema.safeParse(await cards.beside(id)).data;
    },

    /** Shows what is not shown yet. Gives how many drafts it looked at. */
    async settleOwed(): Promise<number> {
      const drafts = await entries.drafts(MOST_AT_ONCE);
      return cards.settle(
        drafts.map(({ id }) => id),
        showingOf,
      );
    },
  };
}
