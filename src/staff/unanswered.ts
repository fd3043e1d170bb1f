import type { Text } from "#core/message.ts";
import type { Form } from "#core/workspace.ts";
import { notice, type StaffParts } from "#staff/parts.ts";

const MOST_LISTED = 30;

/** What was asked and found no answer, what was asked most first; private numbers are hidden in it already. */
export function unansweredForm(
  parts: Pick<StaffParts, "language">,
  groups: readonly { readonly question: string; readonly count: number }[],
): Form {
  const lines = groups
    .slice(0, MOST_LISTED)
    .map(({ question, count }): Text => ({ key: "weekly.line", values: { title: question, count } }));
  const title: Text = { key: "staff.unanswered" };
  const form = notice(parts, title, { key: lines.length === 0 ? "staff.noneUnanswered" : "staff.unansweredNote" });
  return { ...form, paragraphs: [...form.paragraphs, ...lines] };
}
