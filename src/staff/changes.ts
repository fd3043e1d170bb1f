import type { Text } from "#core/message.ts";
import type { Change } from "#core/staff.ts";
import type { Form } from "#core/workspace.ts";
import { notice, type StaffParts } from "#staff/parts.ts";

/** Which questions a draft gives another answer, in a form that only its opener sees: members' words are among them. */
export async function changesForm(parts: StaffParts, entry: string): Promise<Form> {
  const title: Text = { key: "draft.changes" };
  const changes = await parts.changes(entry);
  if (changes === undefined) return notice(parts, title, { key: "refusal.noDraft" });
  const { count, first } = changes;
  const form = notice(parts, title, count === 0 ? { key: "draft.noChanges" } : { key: "draft.changesCount", values: { count } });
  const rest: Text[] = count > first.length ? [{ key: "draft.moreChanges", values: { count: count - first.length } }] : [];
  return { ...form, paragraphs: [...form.paragraphs, ...first.map(changeLine), ...rest] };
}

function changeLine({ question, before, after }: Change): Text {
  if (before === undefined) return { key: "draft.changeGains", values: { question, after: after ?? "" } };
  if (after === undefined) return { key: "draft.changeLoses", values: { question, before } };
  return { key: "draft.changeMoves", values: { question, before, after } };
}
