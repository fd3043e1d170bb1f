import type { AnnouncementRefusal } from "#core/announcing.ts";
import type { Text } from "#core/message.ts";
import type { EntryRefusal } from "#core/staff-entry.ts";
import type { EventRefusal } from "#core/staff-event.ts";
import type { Acted } from "#core/ticket.ts";

type Refusal = Extract<Acted, { kind: "refused" }>["refusal"];

/** What staff are told where an act changed nothing, and what they can do. */
export function refusalText(refusal: Refusal): Text {
  switch (refusal.why) {
    case "claimed":
      return { key: "refusal.claimed", values: { by: refusal.by } };
    case "closed":
      return refusal.by === undefined ? { key: "refusal.closed" } : { key: "refusal.closedBy", values: { by: refusal.by } };
    case "yours":
      return { key: "refusal.yours" };
    case "empty":
      return { key: "refusal.empty" };
    case "too-long":
      return { key: "refusal.tooLong", values: { most: refusal.most } };
    case "no-such-answer":
      return { key: "refusal.noSuchAnswer" };
    case "waiting":
      return { key: "refusal.waiting" };
    case "arrived":
      return { key: "refusal.arrived" };
    case "unchanged":
      return { key: "refusal.unchanged" };
    case "unanswered":
      return { key: "refusal.unanswered" };
    case "gone":
      return { key: "refusal.gone" };
  }
}

/** What is told where nothing was decided on an entry, and what can be done. */
export function entryRefusalText(refusal: EntryRefusal): Text {
  switch (refusal.why) {
    case "publishing-off":
      return { key: "refusal.publishingOff" };
    case "not-approver":
      return { key: "refusal.notApprover" };
    case "own-draft":
      return { key: "refusal.ownDraft" };
    case "no-draft":
      return { key: "refusal.noDraft" };
    case "changed":
      return { key: "refusal.changed", values: { by: refusal.by } };
    case "incomplete":
      return { key: "refusal.incomplete" };
  }
}

/** What is told where nothing was done to an announcement, and what can be done. */
export function announcementRefusalText(refusal: AnnouncementRefusal): Text {
  switch (refusal.why) {
    case "publishing-off":
      return { key: "refusal.publishingOff" };
    case "not-approver":
      return { key: "newsRefusal.notApprover" };
    case "own-draft":
      return { key: "newsRefusal.ownDraft" };
    case "gone":
      return { key: "newsRefusal.gone" };
    case "state":
      return { key: `newsRefusal.state-${refusal.state}` };
    case "changed":
      return { key: "newsRefusal.changed", values: { by: refusal.by } };
    case "unchanged":
      return { key: "newsRefusal.unchanged" };
    case "event-cancelled":
      return refusal.by === undefined
        ? { key: "newsRefusal.eventCancelled" }
        : { key: "newsRefusal.eventCancelledBy", values: { by: refusal.by } };
    case "withdrawn":
      return { key: "newsRefusal.withdrawn" };
    case "busy":
      return { key: "newsRefusal.busy" };
  }
}

/** What is told where nothing was done to an event, and what can be done. */
export function eventRefusalText(refusal: EventRefusal): Text {
  switch (refusal.why) {
    case "publishing-off":
      return { key: "refusal.publishingOff" };
    case "not-approver":
      return { key: "newsRefusal.notApprover" };
    case "own-draft":
      return { key: "newsRefusal.ownDraft" };
    case "no-draft":
      return { key: "eventRefusal.noDraft" };
    case "changed":
      return { key: "newsRefusal.changed", values: { by: refusal.by } };
    case "waits":
      return { key: "eventRefusal.waits", values: { by: refusal.by } };
    case "taken":
      return { key: "eventRefusal.taken" };
    case "gone":
      return { key: "eventRefusal.gone" };
    case "cancelled":
      return { key: "eventRefusal.cancelled" };
    case "unmoved":
      return { key: "eventRefusal.unmoved" };
  }
}
