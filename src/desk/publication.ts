import { z } from "zod";
import type { Records } from "#core/ports.ts";
import type { Publication } from "#core/publication.ts";
import { untilWon } from "#core/until-won.ts";

const COLLECTION = "publication";
/** Not for ever, so that nothing lies in a store that no one knows of any more. */
const LONG_MS = 100 * 365 * 86_400_000;

const schema = z.object({ count: z.number() });

/** The counter of one kind of thing over a store. */
export function createPublication(records: Records, kind: string, now: () => number): Publication {
  const read = async () => {
    const stored = await records.get(COLLECTION, kind);
    return { count: schema.safeParse(stored?.value).data?.count ?? 0, version: stored?.version ?? 0 };
  };
  return {
    version: async () => (await read()).count,
    async rise() {
      await untilWon("The counter of what was published", async () => {
        const { count, version: over } = await read();
        return records.put(COLLECTION, kind, { value: { count: count + 1 }, over, expiresAt: now() + LONG_MS });
      });
    },
  };
}
