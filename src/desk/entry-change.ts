import type { Entry } from "#core/entry.ts";
import type { EntryAction, EntryOutcome, EntryRecord, EntryRefusal, EntryVersion } from "#core/staff-entry.ts";
import { draftOf, ENTRY_FORMAT } from "#core/staff-entry.ts";
import type { StaffReference } from "#core/ticket.ts";

/** What publishing is bound to. */
export interface PublishingRules {
  /** Who may approve; nobody: publishing is off. */
  readonly approvers: readonly StaffReference[];
  /** What keeps an entry from being published, each with its remedy. */
  readonly problemsOf: (entry: Entry) => readonly string[];
}

const MOST_TAKEN = 100;

/** What an action makes of an entry, or why not. `record` is absent for one that staff have not written yet. `now` in milliseconds. */
export function changeEntry(
  entryId: string,
  record: EntryRecord | undefined,
  action: EntryAction,
  now: number,
  rules: PublishingRules,
): EntryOutcome {
  const before = record ?? { format: ENTRY_FORMAT, id: entryId, versions: [], taken: [] };
  if (before.taken.includes(action.id)) return { kind: "done", record: before, published: false };
  const known = { ...before, taken: [...before.taken, action.id].slice(-MOST_TAKEN) };
  switch (action.do) {
    case "propose":
    case "propose-retiring":
      return propose(known, action, now, rules);
    case "approve":
    case "reject":
      return decide(known, action, now, rules);
  }
}

function propose(
  record: EntryRecord,
  action: Extract<EntryAction, { do: "propose" | "propose-retiring" }>,
  at: number,
  rules: PublishingRules,
): EntryOutcome {
  const last = record.versions.at(-1);
  if (last !== undefined && action.over !== undefined && last.number !== action.over)
    return { kind: "refused", refusal: { why: "changed", by: last.by } };
  const version: EntryVersion = { number: (last?.number ?? 0) + 1, by: action.by, at };
  if (action.do === "propose-retiring") return written(record, { ...version, was: action.was });
  const problems = action.entry.id === record.id ? rules.problemsOf(action.entry) : ["id: must stay as it is"];
  if (problems.length > 0) return { kind: "refused", refusal: { why: "incomplete", problems } };
  const from = record.from ?? action.from;
  return written({ ...record, ...(from === undefined ? {} : { from }) }, { ...version, entry: action.entry });
}

function written(record: EntryRecord, version: EntryVersion): EntryOutcome {
  return { kind: "done", record: { ...record, versions: [...record.versions, version] }, published: false };
}

function decide(
  record: EntryRecord,
  action: Extract<EntryAction, { do: "approve" | "reject" }>,
  at: number,
  { approvers }: PublishingRules,
): EntryOutcome {
  const refuse = (refusal: EntryRefusal): EntryOutcome => ({ kind: "refused", refusal });
  const draft = draftOf(record);
  if (approvers.length === 0) return refuse({ why: "publishing-off" });
  if (!approvers.includes(action.by)) return refuse({ why: "not-approver" });
  if (draft === undefined) return refuse({ why: "no-draft" });
  if (draft.number !== action.version) return refuse({ why: "changed", by: draft.by });
  // Rejecting one's own draft takes it back; that is nobody's loss.
  if (action.do === "approve" && authorsOf(record).has(action.by)) return refuse({ why: "own-draft" });
  const is = action.do === "approve" ? "approved" : "rejected";
  const versions = record.versions.map((each) =>
    each.number === draft.number ? { ...each, decided: { is, by: action.by, at } as const } : each,
  );
  const live = is === "approved" ? { live: draft.number } : {};
  return { kind: "done", record: { ...record, versions, ...live }, published: is === "approved" };
}

/** Whoever wrote on what waits: since the last decision, each version builds on the one before. */
function authorsOf({ versions }: EntryRecord): ReadonlySet<StaffReference> {
  const decided = versions.findLastIndex((version) => version.decided !== undefined);
  return new Set(versions.slice(decided + 1).map(({ by }) => by));
}
