import { z } from "zod";
import type { Entry } from "#core/entry.ts";
import type { Records, StoredRecord } from "#core/ports.ts";
import type { StaffEntries } from "#core/staff.ts";
import type { EntryRecord } from "#core/staff-entry.ts";
import { DECISIONS, draftOf, ENTRY_FORMAT, liveOf } from "#core/staff-entry.ts";
import { auditEntry, createAudit } from "#desk/audit.ts";
import type { PublishingRules } from "#desk/entry-change.ts";
import { changeEntry } from "#desk/entry-change.ts";
import { createPublication } from "#desk/publication.ts";

export interface EntriesParts {
  readonly records: Records;
  readonly rules: () => PublishingRules;
  /** A stored entry, or `undefined` for one that does not hold what an entry must. */
  readonly readEntry: (value: unknown) => Entry | undefined;
  readonly now: () => number;
}

/** What staff have published beside the files. */
export interface Published {
  /** Rises with everything that is published. */
  version(): Promise<number>;
  /** What answers, and the ids of what does not any more. */
  read(): Promise<{ readonly entries: readonly Entry[]; readonly retired: readonly string[] }>;
}

/** Entries that staff write: proposed, approved by another, published. */
export interface Entries extends StaffEntries, Published {
  /** Makes known what was approved, and notes what was done, just before a process died. */
  settleOwed(): Promise<number>;
}

const ENTRIES = "entries";
const MOST_RACES = 100;
const MOST_LISTED = 10_000;
/** What was written for all is nobody's personal data; not for ever, so that nothing lies in a store that no one knows of any more. */
const LONG_MS = 100 * 365 * 86_400_000;

/** What a change of an entry brings about beyond it, owed until it is done: its lines in the audit log, and that it is published. */
const unsaidSchema = z.object({
  published: z.boolean(),
  lines: z.array(z.object({ id: z.string(), entry: auditEntry })),
});
type Unsaid = z.output<typeof unsaidSchema>;
const NOTHING: Unsaid = { published: false, lines: [] };

function unsaidIn(stored: StoredRecord | undefined): Unsaid {
  return z.object({ unsaid: unsaidSchema }).safeParse(stored?.value).data?.unsaid ?? NOTHING;
}

/** Staff's entries over a store. */
export function createEntries({ records, rules, readEntry, now }: EntriesParts): Entries {
  const entry = z.custom<Entry>((value) => readEntry(value) !== undefined);
  const decided = z.object({ is: z.enum(DECISIONS), by: z.string(), at: z.number() }).optional();
  const texts = { entry: entry.optional(), was: entry.optional() };
  const version = z.object({ number: z.number(), by: z.string(), at: z.number(), ...texts, decided });
  const schema = z.object({
    format: z.literal(ENTRY_FORMAT),
    id: z.string(),
    from: z.string().optional(),
    versions: z.array(version),
    live: z.number().optional(),
    taken: z.array(z.string()),
  });
  const read = (stored: StoredRecord | undefined): EntryRecord | undefined => schema.safeParse(stored?.value).data;

  const put = (record: EntryRecord, over: number, owed: Unsaid) => {
    const live = liveOf(record);
    return records.put(ENTRIES, record.id, {
      value: { ...record, unsaid: owed },
      over,
      expiresAt: now() + LONG_MS,
      index: {
        ...(draftOf(record) === undefined ? {} : { draft: "waiting" }),
        ...(live === undefined ? {} : { published: "yes" }),
      },
      ...(owed.published || owed.lines.length > 0 ? { due: now() } : {}),
    });
  };

  const audit = createAudit(records);

  const publication = createPublication(records, "entries", now);

  /** Notes what was done and makes known what was published: again, where a process died over it. */
  const say = async (id: string) => {
    const stored = await records.get(ENTRIES, id);
    const record = read(stored);
    if (stored === undefined || record === undefined) return;
    const { published, lines } = unsaidIn(stored);
    if (published) await publication.rise();
    for (const line of lines) await audit.note(line.id, line.entry);
    // What was changed in between says all of it once more, which does no harm.
    await put(record, stored.version, NOTHING);
  };

  const list = async (name: "draft" | "published", value: string, limit: number) =>
    (await records.list(ENTRIES, { by: "index", name, value, limit })).flatMap((stored) => read(stored) ?? []);

  return {
    async act(id, action) {
      for (let race = 0; race < MOST_RACES; race += 1) {
        const stored = await records.get(ENTRIES, id);
        const before = read(stored);
        const outcome = changeEntry(id, before, action, now(), rules());
        const told = { at: now(), by: action.by, on: id };
        if (outcome.kind === "refused") {
          // Under a name of its own: what was refused once may be done under the same id later, and that has to be noted too.
          await audit.note(`${action.id}-refused`, { ...told, did: "refused", why: outcome.refusal.why });
          return outcome;
        }
        if (outcome.record !== before) {
          const unsaid = unsaidIn(stored);
          const lines = [...unsaid.lines, { id: action.id, entry: { ...told, did: `entry.${action.do}` } as const }];
          const owed = { published: unsaid.published || outcome.published, lines };
          if ((await put(outcome.record, stored?.version ?? 0, owed)) === "stale") continue;
        }
        await say(id);
        return outcome;
      }
      throw new Error(`An entry lost the race for its record ${MOST_RACES} times.`);
    },

    record: async (id) => read(await records.get(ENTRIES, id)),
    drafts: (limit) => list("draft", "waiting", limit),
    version: () => publication.version(),

    async read() {
      const live = (await list("published", "yes", MOST_LISTED)).map((record) => ({ id: record.id, live: liveOf(record) }));
      return {
        entries: live.flatMap(({ live: shown }) => shown?.entry ?? []),
        retired: live.flatMap(({ id, live: shown }) => (shown !== undefined && shown.entry === undefined ? [id] : [])),
      };
    },

    async settleOwed() {
      const due = await records.list(ENTRIES, { by: "due", until: now(), limit: 100 });
      for (const { id } of due) await say(id);
      return due.length;
    },
  };
}
