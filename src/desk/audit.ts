import { z } from "zod";
import { AUDITED, type AuditEntry, type Note } from "#core/audit.ts";
import type { Records } from "#core/ports.ts";

export interface Audit {
  readonly note: Note;
  /** What was done to a ticket or an entry, or on a UTC day, in order of time. */
  list(by: { readonly on: string } | { readonly day: string }, limit: number): Promise<AuditEntry[]>;
}

const COLLECTION = "audit";
/** Two years: as long as somebody may ask who published something. */
const KEPT_MS = 2 * 366 * 86_400_000;

export const auditEntry: z.ZodType<AuditEntry> = z.object({
  at: z.number(),
  by: z.string(),
  did: z.enum(AUDITED),
  on: z.string(),
  why: z.string().optional(),
});

/** The audit log over a store. It is staff's: a member's deletion does not touch it, and nothing in it is theirs. */
export function createAudit(records: Records): Audit {
  return {
    async note(id, entry) {
      const index = { on: entry.on, day: new Date(entry.at).toISOString().slice(0, 10) };
      // "stale" means that it stands there already.
      await records.put(COLLECTION, id, { value: entry, over: 0, index, expiresAt: entry.at + KEPT_MS });
    },

    async list(by, limit) {
      const [name, value] = "on" in by ? ["on", by.on] : ["day", by.day];
      const stored = await records.list(COLLECTION, { by: "index", name, value, limit: Number.POSITIVE_INFINITY });
      const entries = stored.flatMap((each) => auditEntry.safeParse(each.value).data ?? []);
      return entries.toSorted((a, b) => a.at - b.at).slice(0, limit);
    },
  };
}
