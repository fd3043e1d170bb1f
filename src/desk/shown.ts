import { z } from "zod";
import { createLanes } from "#core/lanes.ts";
import type { MessageReference } from "#core/message.ts";
import type { Records, Sent } from "#core/ports.ts";
import type { Showing, ShownCards } from "#core/showing.ts";
import type { DeskLog } from "#desk/desk.ts";
import { LEASE_MS, whileRenewed } from "#desk/lease.ts";

/** Where posts stand that change as things go on. */
interface Surface<Post> {
  /** Posts; after a try that nobody knows the end of (`tries` above 0) it is looked for by `id` first. */
  post(post: Post, how: { readonly id: string; readonly tries: number }): Promise<Sent>;
  /** Shows a post anew where it stands; `gone` where it does not stand there any more. */
  update(reference: MessageReference, post: Post): Promise<Sent>;
}

export interface ShownParts<Post> {
  readonly records: Records;
  readonly collection: string;
  /** What the log, and the id of a post, call one. */
  readonly name: string;
  readonly surface: Surface<Post>;
  readonly now: () => number;
  /** Names this process among those that share the store. */
  readonly holder: string;
  readonly log: DeskLog;
  /** Not changed again before this long has passed, milliseconds. */
  readonly restMs?: number | undefined;
}

const RETRY_MS = 5000;
const MOST_AT_ONCE = 100;
const SHOWN_SIDE_BY_SIDE = 8;
const KEPT_MS = 366 * 86_400_000;

/** What staff have of something: its card, and what that shows. */
const schema = z.object({
  shows: z.string().optional(),
  card: z.string().optional(),
  tries: z.number(),
  /** Who is showing it. */
  holder: z.string().optional(),
  /** Until then it is left alone: it is held, put off, or was changed just now. */
  until: z.number(),
});
type Shown = z.output<typeof schema>;
const NOTHING_YET: Shown = { tries: 0, until: 0 };

/** Shows things to staff, and what became of them, each on one card: what happened before a crash as well. */
export function createShown<Post>(parts: ShownParts<Post>): ShownCards<Post> {
  const { records, collection, name, surface, now, holder, log, restMs = 0 } = parts;
  const lanes = createLanes(SHOWN_SIDE_BY_SIDE);
  /** Changes what is known of a card, as it is by then. Nothing where `next` wants nothing. */
  const change = async (id: string, next: (known: Shown) => Shown | undefined, done = false): Promise<Shown | undefined> => {
    for (;;) {
      const stored = await records.get(collection, id);
      const value = next(schema.safeParse(stored?.value).data ?? NOTHING_YET);
      if (value === undefined) return undefined;
      const index = done ? {} : { index: { state: "waiting" } };
      const put = { value, over: stored?.version ?? 0, expiresAt: now() + KEPT_MS, ...index };
      if ((await records.put(collection, id, put)) === "saved") return value;
    }
  };
  const held = (known: Shown): Shown => ({ ...known, holder, until: now() + LEASE_MS });
  const mine = (next: (known: Shown) => Shown) => (known: Shown) => (known.holder === holder ? next(known) : undefined);

  /** Whether there may be more to show of it at once. */
  const show = async (id: string, { shows, stays, post: make }: Showing<Post>): Promise<boolean> => {
    let rests = false;
    const taken = await change(id, (known) => {
      rests = known.until > now() && known.holder === undefined;
      if (known.shows === shows || (known.until > now() && !rests)) return undefined;
      // Noted as not shown yet: it may be over with the thing before the rest is.
      return rests ? known : { ...held(known), tries: known.tries + 1 };
    });
    if (taken === undefined || rests) return false;
    const post = make();
    const tries = taken.tries - 1;
    const renew = () => change(id, mine(held));
    const { sent, found } = await whileRenewed(renew, async () => {
      const updated = taken.card === undefined ? undefined : await surface.update(taken.card, post);
      const isThere = updated !== undefined && (updated.ok || updated.why !== "gone");
      if (isThere) return { sent: updated, found: false };
      // One card a thing, whatever state a lost try was about.
      return { sent: await surface.post(post, { id: `${name}-${id}`, tries }), found: tries > 0 };
    });
    if (sent.ok) {
      // One that was found shows what was so when it was posted: it is shown anew.
      const known: Shown = { card: sent.reference, ...(found ? {} : { shows }), tries: 0, until: found ? 0 : now() + restMs };
      await change(
        id,
        mine(() => known),
        !found && !stays,
      );
      return found;
    }
    log.deskDelayed(name, sent.why, taken.tries);
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
    async settle(more, showingOf) {
      const cards = await records.list(collection, { by: "index", name: "state", value: "waiting", limit: MOST_AT_ONCE });
      const ids = new Set([...cards.map(({ id }) => id), ...more]);
      const showAll = async (id: string) => {
        for (let again = true; again;) {
          const showing = await showingOf(id);
          again = showing !== undefined && (await show(id, showing));
        }
      };
      // One that fails, or is slow, must not keep the others from being shown.
      const showing = [...ids].map((id) =>
        lanes.run(id, () => showAll(id)).catch((error: unknown) => log.deskFailed(name, error)),
      );
      await Promise.all(showing);
      return ids.size;
    },
  };
}
