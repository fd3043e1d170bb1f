import { type AnnouncingRules, deed, done, mayApprove, refused, revisionOf } from "#announcements/deeds.ts";
import type { AfterRun, Announcement } from "#core/announcement.ts";
import type { AnnouncementAction, AnnouncementOutcome } from "#core/announcing.ts";

type Afterwards = Extract<
  AnnouncementAction,
  { do: "correct" | "approve-correction" | "drop-correction" | "withdraw" | "resend-uncertain" | "resend" | "end-after" }
>;

/** What can be done once it was sent. A correction and a withdrawal are runs of their own over those who have it. */
export function changeAfterwards(
  known: Announcement,
  action: Afterwards,
  now: number,
  rules: AnnouncingRules,
): AnnouncementOutcome {
  if (action.do === "end-after") return endAfter(known, action.run);
  if (known.state !== "done" && known.state !== "stopped") return refused({ why: "state", state: known.state });
  if (action.do === "resend") {
    const { resending, ...again } = known;
    return resending === true ? done({ ...again, state: "sending" }) : refused({ why: "state", state: known.state });
  }
  // Where it could not be taken away from everybody it may be tried again.
  if (isWithdrawn(known) && action.do !== "withdraw") return refused({ why: "withdrawn" });
  switch (action.do) {
    case "correct": {
      if (JSON.stringify(action.text) === JSON.stringify(known.text)) return refused({ why: "unchanged" });
      return done(deed({ ...known, correction: { text: action.text, by: action.by } }, now, "correct", action.by));
    }
    case "drop-correction":
      if (known.correction === undefined) return refused({ why: "gone" });
      return done(deed({ ...known, correction: undefined }, now, "drop-correction", action.by));
    case "approve-correction": {
      const { correction } = known;
      const refusal = mayApprove(action.by, rules);
      if (refusal !== undefined) return refused(refusal);
      if (correction === undefined) return refused({ why: "gone" });
      if (action.revision !== revisionOf(known)) return refused({ why: "changed", by: correction.by });
      if (correction.by === action.by) return refused({ why: "own-draft" });
      if (isBusy(known)) return refused({ why: "busy" });
      const corrected = { ...known, text: correction.text, correction: undefined, after: withRun(known, "correct") };
      return done(deed(corrected, now, "approve-correction", action.by));
    }
    case "withdraw": {
      // What is wrong has to go at once: one approver's word, written down.
      const refusal = mayApprove(action.by, rules);
      if (refusal !== undefined) return refused(refusal);
      if (isBusy(known)) return refused({ why: "busy" });
      return done(deed({ ...known, correction: undefined, after: withRun(known, "withdraw") }, now, "withdraw", action.by));
    }
    case "resend-uncertain": {
      const refusal = mayApprove(action.by, rules);
      if (refusal !== undefined) return refused(refusal);
      // Of one that was stopped, what is left would go out with them.
      if (known.state === "stopped") return refused({ why: "state", state: known.state });
      if (isBusy(known)) return refused({ why: "busy" });
      // It is under way once they are due: otherwise a process might find nothing left to send, and end it.
      return done(deed({ ...known, resending: true }, now, "resend-uncertain", action.by));
    }
  }
}

function endAfter(known: Announcement, run: string): AnnouncementOutcome {
  const ended = known.after?.find((each) => each.run === run);
  if (ended === undefined || ended.done) return refused({ why: "gone" });
  return done({ ...known, after: known.after?.map((each) => (each.run === run ? { ...each, done: true } : each)) });
}

/** Named by the announcement and its place among them. */
function withRun({ id, after = [] }: Announcement, does: AfterRun["does"]): readonly AfterRun[] {
  return [...after, { run: `${id}-${after.length + 1}`, does, done: false }];
}

function isWithdrawn({ after = [] }: Announcement): boolean {
  return after.some(({ does }) => does === "withdraw");
}

function isBusy({ after = [], resending }: Announcement): boolean {
  return resending === true || after.some((each) => !each.done);
}
