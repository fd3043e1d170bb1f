import { untilWon } from "#core/until-won.ts";
import { z } from "zod";
import { type AnnouncingRules, mayApprove } from "#announcements/deeds.ts";
import type { Note } from "#core/audit.ts";
import type { StaffHold } from "#core/announcing.ts";
import type { Records } from "#core/ports.ts";

const COLLECTION = "announcement-hold";
const ALL = "all";
const LONG_MS = 100 * 365 * 86_400_000;

const schema = z.object({
  held: z.object({ by: z.string(), at: z.number() }).optional(),
  /** What made it so. */
  act: z.string().optional(),
});

/** The hold of all sending, over a store. */
export function createHold(
  records: Records,
  { rules, note, now }: { readonly rules: () => AnnouncingRules; readonly note: Note; readonly now: () => number },
): StaffHold {
  const held = async () => schema.safeParse((await records.get(COLLECTION, ALL))?.value).data?.held;
  return {
    held,
    async set(act, by, on) {
      const refusal = on ? undefined : mayApprove(by, rules());
      if (refusal !== undefined) {
        // Under a name of its own: what was refused once may be done under the same id later, and that has to be noted too.
        await note(`${act}-refused`, { at: now(), by, did: "refused", on: COLLECTION, why: refusal.why });
        return refusal;
      }
      return untilWon("The hold of all sending", async () => {
        const stored = await records.get(COLLECTION, ALL);
        const known = schema.safeParse(stored?.value).data;
        const isSo = (known?.held !== undefined) === on;
        if (isSo && known?.act !== act) return undefined;
        const value = { act, ...(on ? { held: { by, at: now() } } : {}) };
        const put = { value, over: stored?.version ?? 0, expiresAt: now() + LONG_MS };
        if (!isSo && (await records.put(COLLECTION, ALL, put)) === "stale") return "stale";
        // Once more where it was done before: a process may have died over this.
        await note(act, { at: now(), by, did: on ? "announcement.hold-all" : "announcement.resume-all", on: COLLECTION });
        return undefined;
      });
    },
  };
}
