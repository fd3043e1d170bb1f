import type { Text } from "#core/message.ts";
import type { AskedGroup } from "#core/staff.ts";
import type { CardButton, Form, HomeSection } from "#core/workspace.ts";
import { writeAbout } from "#staff/about.ts";
import { entryForm } from "#staff/entry-form.ts";
import { valuesFromQuestions } from "#staff/entry-values.ts";
import { notice, type StaffParts } from "#staff/parts.ts";

const MOST_LISTED = 30;
const MOST_AT_HOME = 10;

/** What was asked and found no answer, what was asked most first, each with a button that begins an entry; for staff alone. */
export function unansweredForm(parts: Pick<StaffParts, "language">, groups: readonly AskedGroup[]): Form {
  const { paragraphs, buttons } = listOf(groups, MOST_LISTED);
  const form = notice(parts, { key: "staff.unanswered" }, noteFor(groups));
  return { ...form, paragraphs: [...form.paragraphs, ...paragraphs], buttons };
}

/** The same on a page of staff. */
export function unansweredSection(groups: readonly AskedGroup[]): HomeSection {
  const { paragraphs, buttons } = listOf(groups, MOST_AT_HOME);
  return { title: { key: "staff.unanswered" }, paragraphs: [noteFor(groups), ...paragraphs], buttons };
}

function noteFor(groups: readonly AskedGroup[]): Text {
  return { key: groups.length === 0 ? "staff.noneUnanswered" : "staff.unansweredNote" };
}

function listOf(groups: readonly AskedGroup[], most: number) {
  const listed = groups.slice(0, most);
  return {
    paragraphs: listed.map(({ question, asked }, at): Text => ({
      key: "staff.group",
      values: { number: at + 1, question, count: asked.length },
    })),
    buttons: listed.map(({ id }, at): CardButton => ({
      label: { key: "staff.draftGroup", values: { number: at + 1 } },
      action: `draft-${at + 1}`,
      value: writeAbout({ group: id }),
    })),
  };
}

/** The form of an entry that begins with what a group of questions asked; `undefined` where there is none of them any more. */
export async function groupForm(parts: StaffParts, group: string, opened: string): Promise<Form | undefined> {
  const found = (await parts.unanswered()).find(({ id }) => id === group);
  return found && entryForm(parts, { opened }, valuesFromQuestions(found.asked), [{ key: "entry.note" }]);
}
