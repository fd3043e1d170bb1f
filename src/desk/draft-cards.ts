import { z } from "zod";
import type { Entry } from "#core/entry.ts";
import { createLanes } from "#core/lanes.ts";
import type { Records } from "#core/ports.ts";
import type { StaffEntries, StaffRoom } from "#core/staff.ts";
import { type Consequences, consequencesSchema } from "#desk/consequences.ts";
import type { DeskLog } from "#desk/desk.ts";
import { draftCard, type DraftCardParts } from "#desk/draft-card.ts";
import { LEASE_MS, whileRenewed } from "#desk/lease.ts";

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

const COLLECTION = "draft-cards";
const RETRY_MS = 5000;
const MOST_AT_ONCE = 100;
const SHOWN_SIDE_BY_SIDE = 8;
const KEPT_MS = 366 * 86_400_000;

/** What staff have of a draft: its card, and what that shows. */
const schema = z.object({
  shows: z.string().optional(),
  card: z.string().optional(),
  /** How many decisions came before what that card is about. */
  round: z.number().optional(),
  /** What it would change, of the version that is shown. */
  changes: consequencesSchema.optional(),
  tries: z.number(),
  /** Who is showing it. */
  holder: z.string().optional(),
  /** Until then it is left alone: it is held, or put off. */
  until: z.number(),
});
type Shown = z.output<typeof schema>;
const NOTHING_YET: Shown = { tries: 0, until: 0 };

/** Shows every draft in the staff's room, and what became of it, each once: what was proposed or decided before a crash as well. */
export function createDraftCards(parts: DraftCardsParts) {
  const { records, room, entries, now, holder, log } = parts;
  const lanes = createLanes(SHOWN_SIDE_BY_SIDE);
  /** Changes what is known of a card, as it is by then. Nothing where `next` wants nothing. */
  const change = async (id: string, next: (known: Shown) => Shown | undefined, done = false): Promise<Shown | undefined> => {
    for (;;) {
      const stored = await records.get(COLLECTION, id);
      const value = next(schema.safeParse(stored?.value).data ?? NOTHING_YET);
      if (value === undefined) return undefined;
      const index = done ? {} : { index: { state: "waiting" } };
      const put = { value, over: stored?.version ?? 0, expiresAt: now() + KEPT_MS, ...index };
      if ((await records.put(COLLECTION, id, put)) === "saved") return value;
    }
  };
  // The card can do without.
  const unknown = (error: unknown) => {
    log.deskFailed("consequences", error);
    return undefined;
  };
  const held = (known: Shown): Shown => ({ ...known, holder, until: now() + LEASE_MS });
  const mine = (next: (known: Shown) => Shown) => (known: Shown) => (known.holder === holder ? next(known) : undefined);

  /** Whether there may be more to show of it at once. */
  const show = async (id: string): Promise<boolean> => {
    const record = await entries.record(id);
    const version = record?.versions.at(-1);
    if (record === undefined || version === undefined) return false;
    const wanted = `${version.number}-${version.decided?.is ?? "waiting"}`;
    const taken = await change(id, (known) =>
      known.shows === wanted || known.until > now() ? undefined : { ...held(known), tries: known.tries + 1 },
    );
    if (taken === undefined) return false;
    // What comes after a decision is a card of its own, where staff look, and not far above under what was decided.
    const round = record.versions.slice(0, -1).filter(({ decided }) => decided !== undefined).length;
    const stands = (taken.round ?? 0) === round ? taken.card : undefined;
    const tries = taken.tries - 1;
    const renew = () => change(id, mine(held));
    const { sent, found, changes } = await whileRenewed(renew, async () => {
      const changes = version.decided === undefined ? await parts.consequences(id, version.entry).catch(unknown) : undefined;
      // Before it is shown, so that whoever presses at once finds it.
      if (changes !== undefined)
        await change(
          id,
          mine((known) => ({ ...known, changes })),
        );
      const post = draftCard(record, version, parts, changes?.count);
      const updated = stands === undefined ? undefined : await room.update(stands, post);
      const isThere = updated !== undefined && (updated.ok || updated.why !== "gone");
      if (isThere) return { sent: updated, found: false, changes };
      // One card a round, whatever version a lost try was about.
      return {
        sent: await room.post(post, { id: `draft-${id}${round === 0 ? "" : `-${round}`}`, tries }),
        found: tries > 0,
        changes,
      };
    });
    if (sent.ok) {
      // One that was found shows what was so when it was posted: it is shown anew.
      const known: Shown = { card: sent.reference, round, changes, ...(found ? {} : { shows: wanted }), ...NOTHING_YET };
      await change(
        id,
        mine(() => known),
        !found && version.decided !== undefined,
      );
      return found;
    }
    log.deskDelayed("draft", sent.why, taken.tries);
    // Surely not there: the next try need not look for it.
    const surely = "retryAfterMs" in sent;
    const { holder: _holder, ...free } = taken;
    const later = { ...free, tries: surely ? tries : taken.tries, until: now() + (surely ? sent.retryAfterMs : RETRY_MS) };
    await change(
      id,
      mine(() => later),
    );
    return false;
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
      const showAll = async (id: string) => {
        while (await show(id));
      };
      // One that fails, or is slow, must not keep the others from being shown.
      const showing = [...ids].map((id) =>
        lanes.run(id, () => showAll(id)).catch((error: unknown) => log.deskFailed("draft", error)),
      );
      await Promise.all(showing);
      return ids.size;
    },
  };
}
