import { changeAfterwards } from "#announcements/afterwards.ts";
import { type AnnouncingRules, deed, done, mayApprove, refused, revisionOf, takenWith } from "#announcements/deeds.ts";
import type { Announcement } from "#core/announcement.ts";
import { ANNOUNCEMENT_FORMAT, eventToRemindOf } from "#core/announcement.ts";
import type { AnnouncementAction, AnnouncementOutcome } from "#core/announcing.ts";

/** What an action makes of an announcement, or why not. `before` is absent for one that is not written yet; `now` in milliseconds. */
export function changeAnnouncement(
  announcementId: string,
  before: Announcement | undefined,
  action: AnnouncementAction,
  now: number,
  rules: AnnouncingRules,
): AnnouncementOutcome {
  if (before?.taken.includes(action.id) === true) return { kind: "done", announcement: before, changed: false };
  if (action.do === "write")
    return before === undefined ? write(announcementId, action, now) : refused({ why: "state", state: before.state });
  if (before === undefined) return refused({ why: "gone" });
  const known = takenWith(before, action.id);
  const { state } = known;
  const refuse = () => refused({ why: "state", state });
  switch (action.do) {
    case "edit":
      return state === "draft" ? done(deed({ ...known, ...NOTHING, ...action.draft }, now, "edit", action.by)) : refuse();
    case "discard":
      // Nobody has it yet.
      return state === "draft" || state === "scheduled"
        ? done(deed({ ...known, state: "discarded" }, now, "discard", action.by))
        : refuse();
    case "approve":
      return approve(known, action, now, rules);
    case "take-back":
      // News of an event were approved with its change, and are not a draft of anybody's.
      return state === "scheduled" && known.audience.of === "subscribers"
        ? done(deed({ ...known, state: "draft", approver: undefined }, now, "take-back", action.by))
        : refuse();
    case "start":
      return state === "scheduled" ? done(deed({ ...known, state: "sending" }, now, "start")) : refuse();
    case "pause":
      return state === "sending" ? done(deed({ ...known, state: "paused" }, now, "pause", action.by)) : refuse();
    case "resume": {
      // Whoever works here may halt it; that it goes on takes an approver, as with the hold of all sending.
      const refusal = mayApprove(action.by, rules);
      if (refusal !== undefined) return refused(refusal);
      return state === "paused" ? done(deed({ ...known, state: "sending" }, now, "resume", action.by)) : refuse();
    }
    case "stop":
      return state === "sending" || state === "paused"
        ? done(deed({ ...known, ...stopped(known) }, now, "stop", action.by))
        : refuse();
    case "reminded": {
      const { reminding, ...reminded } = known;
      return reminding === true ? done(reminded) : refuse();
    }
    case "end":
      return state === "sending" || state === "paused" ? done(deed({ ...known, state: "done" }, now, "end")) : refuse();
    case "correct":
    case "approve-correction":
    case "drop-correction":
    case "withdraw":
    case "resend-uncertain":
    case "resend":
    case "end-after":
      return changeAfterwards(known, action, now, rules);
  }
}

function stopped(known: Announcement): Pick<Announcement, "state" | "reminding"> {
  return { state: "stopped", ...(eventToRemindOf(known) === undefined ? {} : { reminding: true }) };
}

/** What a draft may leave out. */
const NOTHING = { event: undefined, sendAt: undefined };

function write(
  id: string,
  { id: act, by, draft }: Extract<AnnouncementAction, { do: "write" }>,
  now: number,
): AnnouncementOutcome {
  const written = { format: ANNOUNCEMENT_FORMAT, id, ...draft, state: "draft", author: by, history: [], taken: [act] } as const;
  return done(deed(written, now, "write", by));
}

function approve(
  known: Announcement,
  { by, revision, urgent }: Extract<AnnouncementAction, { do: "approve" }>,
  now: number,
  rules: AnnouncingRules,
): AnnouncementOutcome {
  const refusal = mayApprove(by, rules);
  if (refusal !== undefined) return refused(refusal);
  if (known.state !== "draft") return refused({ why: "state", state: known.state });
  // What tells that it is cancelled is the one thing left to say of it.
  if (rules.cancelled !== undefined && known.news !== "cancelled") return refused({ why: "event-cancelled", ...rules.cancelled });
  const writers = known.history.filter(({ did }) => did === "write" || did === "edit");
  if (revision !== revisionOf(known)) return refused({ why: "changed", by: writers.at(-1)?.by ?? known.author });
  // Who hears too late that nothing takes place has travelled for nothing: one word has to do.
  if (known.news !== "cancelled" && writers.some((each) => each.by === by)) return refused({ why: "own-draft" });
  const scheduled: Announcement = { ...known, state: "scheduled", urgent: known.urgent && urgent, approver: by };
  return done(deed(scheduled, now, "approve", by));
}
