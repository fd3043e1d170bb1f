import type { Event } from "#core/event.ts";
import type { EventAction, EventOutcome, EventRefusal, EventVersion, StaffEventRecord } from "#core/staff-event.ts";
import { STAFF_EVENT_FORMAT } from "#core/staff-event.ts";
import type { StaffReference } from "#core/ticket.ts";

/** What events are bound to. */
export interface EventRules {
  /** Who may approve; nobody: publishing is off. */
  readonly approvers: readonly StaffReference[];
  /** An event that the files hold. */
  readonly inFiles: (key: string) => Event | undefined;
}

const MOST_TAKEN = 100;

/** What an action makes of an event, or why not. `record` is absent for one that staff have not written on yet. `now` in milliseconds. */
export function changeEvent(
  key: string,
  record: StaffEventRecord | undefined,
  action: EventAction,
  now: number,
  rules: EventRules,
): EventOutcome {
  const before: StaffEventRecord = record ?? { format: STAFF_EVENT_FORMAT, key, versions: [], taken: [] };
  if (before.taken.includes(action.id)) return { kind: "done", record: before, published: false };
  const known = { ...before, taken: [...before.taken, action.id].slice(-MOST_TAKEN) };
  return action.do === "propose" ? propose(known, action, now, rules) : decide(known, action, now, rules);
}

function propose(
  record: StaffEventRecord,
  { change, event, told, by, over }: Extract<EventAction, { do: "propose" }>,
  at: number,
  rules: EventRules,
): EventOutcome {
  const live = heldEvent(record) ?? rules.inFiles(record.key);
  const refusal = whyNotOver(draftOfEvent(record), change, over) ?? whyNotPropose(live, change, event);
  if (refusal !== undefined) return refused(refusal);
  const written = { ...shaped(live, change, event), key: record.key, sequence: live === undefined ? 0 : live.sequence + 1 };
  const version: EventVersion = { number: record.versions.length + 1, by, at, change, event: written, ...(told ? { told } : {}) };
  return { kind: "done", record: { ...record, versions: [...record.versions, version] }, published: false };
}

/** A cancellation cancels what was known, whatever else was typed. */
function shaped(live: Event | undefined, change: EventVersion["change"], event: Event): Event {
  return change === "cancel" && live !== undefined ? { ...live, status: "cancelled" } : event;
}

/** Two who write at once do not overwrite one another. A cancellation waits for nobody: nothing is left to say of the event after it. */
function whyNotOver(
  waits: EventVersion | undefined,
  change: EventVersion["change"],
  over: number | undefined,
): EventRefusal | undefined {
  if (waits === undefined) return over === undefined ? undefined : { why: "no-draft" };
  if (over !== undefined) return over === waits.number ? undefined : { why: "changed", by: waits.by };
  if (change === "new") return { why: "taken" };
  return change === "cancel" ? undefined : { why: "waits", by: waits.by };
}

function whyNotPropose(live: Event | undefined, change: EventVersion["change"], event: Event): EventRefusal | undefined {
  if (change === "new") return live === undefined ? undefined : { why: "taken" };
  if (live === undefined) return { why: "gone" };
  if (live.status === "cancelled") return { why: "cancelled" };
  return change === "move" && !moves(live, event) ? { why: "unmoved" } : undefined;
}

/** Whether it is at another time or place. */
function moves(before: Event, after: Event): boolean {
  return (["start", "end", "venue", "city"] as const).some((field) => before[field] !== after[field]);
}

function decide(
  record: StaffEventRecord,
  action: Extract<EventAction, { do: "approve" | "reject" }>,
  at: number,
  { approvers }: EventRules,
): EventOutcome {
  const draft = draftOfEvent(record);
  if (approvers.length === 0) return refused({ why: "publishing-off" });
  if (!approvers.includes(action.by)) return refused({ why: "not-approver" });
  if (draft === undefined) return refused({ why: "no-draft" });
  if (draft.number !== action.version) return refused({ why: "changed", by: draft.by });
  const approves = action.do === "approve";
  // Who hears too late that nothing takes place has travelled for nothing: one word has to do.
  if (approves && draft.change !== "cancel" && writersOf(record).has(action.by)) return refused({ why: "own-draft" });
  const told = approves && draft.told ? { ...draft.told, urgent: draft.told.urgent && action.urgent } : draft.told;
  const decided = { is: approves ? "approved" : "rejected", by: action.by, at } as const;
  const versions = record.versions.map((each) =>
    each.number === draft.number ? { ...each, ...(told ? { told } : {}), decided } : each,
  );
  // Its news takes the place of news that is still owed; a change without any leaves that to be told.
  const owes = told === undefined ? (record.owes ?? draft.number) : draft.number;
  const holds = approves ? { live: draft.number, owes } : {};
  return { kind: "done", record: { ...record, versions, ...holds }, published: approves };
}

function refused(refusal: EventRefusal): EventOutcome {
  return { kind: "refused", refusal };
}

/** What waits for an approval. */
export function draftOfEvent({ versions }: StaffEventRecord): EventVersion | undefined {
  const last = versions.at(-1);
  return last?.decided === undefined ? last : undefined;
}

/** Whoever wrote on what waits: since the last decision, each version builds on the one before. */
function writersOf({ versions }: StaffEventRecord): ReadonlySet<StaffReference> {
  const decided = versions.findLastIndex((version) => version.decided !== undefined);
  return new Set(versions.slice(decided + 1).map(({ by }) => by));
}

/** The version that holds now. */
export function heldVersion({ versions, live }: StaffEventRecord): EventVersion | undefined {
  return versions.find(({ number }) => number === live);
}

function heldEvent(record: StaffEventRecord): Event | undefined {
  return heldVersion(record)?.event;
}
