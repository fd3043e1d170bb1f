import { z } from "zod";
import type { Pages } from "#core/pages.ts";
import type { Records } from "#core/ports.ts";
import type { Workspace } from "#core/workspace.ts";

const COLLECTION = "staff-pages";
const KEPT_MS = 366 * 86_400_000;
const NOTED_AGAIN_MS = 30 * 86_400_000;
const noted = z.object({ at: z.number() });

/** The pages of staff, whichever process showed them. */
export function createPages(records: Records, workspace: Pick<Workspace, "showHome">, now: () => number): Pages {
  return {
    async shown(person) {
      const stored = await records.get(COLLECTION, person);
      const at = noted.safeParse(stored?.value).data?.at ?? Number.NEGATIVE_INFINITY;
      if (now() - at < NOTED_AGAIN_MS) return;
      // "stale": another process has noted it just now.
      const put = { value: { at: now() }, over: stored?.version ?? 0, index: { state: "shown" }, expiresAt: now() + KEPT_MS };
      await records.put(COLLECTION, person, put);
    },

    async showAnew() {
      const all = { by: "index", name: "state", value: "shown", limit: Number.POSITIVE_INFINITY } as const;
      const ended = [];
      for (const { id } of await records.list(COLLECTION, all)) ended.push(await workspace.showHome(id));
      return ended.every(Boolean);
    },
  };
}
