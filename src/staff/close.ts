import { questionOf } from "#core/staff.ts";
import type { StaffReason, Ticket } from "#core/ticket.ts";
import { STAFF_REASONS } from "#core/ticket.ts";
import type { Form, Submission, Submitted } from "#core/workspace.ts";
import { type About, readAbout, writeAbout } from "#staff/about.ts";
import { notice, type StaffParts } from "#staff/parts.ts";
import { refusalText } from "#staff/refusal.ts";

export const CLOSE = "close";
export const REASON = "reason";

/** The form in which a question is closed, with the reason that the member is told. */
export function closeForm({ language }: Pick<StaffParts, "language">, ticket: Ticket, about: About): Form {
  return {
    language,
    name: CLOSE,
    about: writeAbout(about),
    title: { key: "staff.close" },
    paragraphs: [questionOf(ticket), { key: "staff.closeNote" }],
    fields: [
      {
        kind: "choice",
        id: REASON,
        label: { key: "staff.reason" },
        options: reasonsFor(ticket).map((value) => ({ label: { key: `staff.reason-${value}` }, value })),
        ...(ticket.state === "answered" ? { chosen: ["answered"] } : {}),
      },
    ],
    send: { key: "staff.closeSend" },
    cancel: { key: "staff.cancel" },
  };
}

/** Only what was answered is closed as answered. */
function reasonsFor({ answers }: Ticket): readonly StaffReason[] {
  return STAFF_REASONS.filter((reason) => reason !== "answered" || answers.length > 0);
}

export async function closed(parts: StaffParts, { values, about: given, by, id }: Submission): Promise<Submitted> {
  const about = readAbout(given);
  const reason = STAFF_REASONS.find((each) => each === values[REASON]?.[0]);
  if (reason === undefined) return { next: "correct", language: parts.language, errors: { [REASON]: { key: "staff.reason" } } };
  const acted = about && (await parts.desk.act(about.ticket ?? "", by.person, { do: "close", reason }, about.opened ?? id));
  if (acted?.kind === "done") return { next: "close" };
  return { next: "show", form: notice(parts, { key: "staff.close" }, refusalText(acted?.refusal ?? { why: "gone" })) };
}
