import type { AudienceSize } from "#core/announcing.ts";

/** For how long a size holds: drawing it goes through every subscriber. */
const HOLDS_MS = 10 * 60_000;

/** The size of an audience as it was drawn last; `of` is what it depends on, and where that is another it is drawn anew at once. */
export type HeldSizes = (id: string, of: string, draw: () => Promise<AudienceSize>) => Promise<AudienceSize>;

/** Draws the size of an audience for a draft that nobody touches once in ten minutes, however often its card is looked at. */
export function createHeldSizes(now: () => number): HeldSizes {
  const sizes = new Map<string, { readonly at: number; readonly of: string; readonly size: AudienceSize }>();
  return async (id, of, draw) => {
    for (const [each, { at }] of sizes) if (at <= now() - HOLDS_MS) sizes.delete(each);
    const known = sizes.get(id);
    if (known?.of === of) return known.size;
    const size = await draw();
    sizes.set(id, { at: now(), of, size });
    return size;
  };
}
