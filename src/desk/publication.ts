import { z } from "zod";
import type { Records } from "#core/ports.ts";
import type { Publication } from "#core/publication.ts";

const COLLECTION = "publication";
const MOST_RACES = 100;
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
      for (let race = 0; race < MOST_RACES; race += 1) {
        const { count, version: over } = await read();
        const next = { value: { count: count + 1 }, over, expiresAt: now() + LONG_MS };
        if ((await records.put(COLLECTION, kind, next)) === "saved") return;
      }
      throw new Error(`What was published lost the race for its counter ${MOST_RACES} times.`);
    },
  };
}
