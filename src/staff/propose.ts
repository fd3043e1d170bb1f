import type { Text } from "#core/message.ts";
import type { Submission, Submitted } from "#core/workspace.ts";
import { markOf, readAbout } from "#staff/about.ts";
import { entryForm, entryFrom, fieldOf, idFrom, markOfValues, TITLE } from "#staff/entry-form.ts";
import type { StaffParts } from "#staff/parts.ts";
import { entryRefusalText } from "#staff/refusal.ts";
import { dayAt } from "#text/dates.ts";

/** Takes the form of an entry: first it is shown what says the same already, then it becomes a draft. */
export async function proposed(parts: StaffParts, { values, about: given, by, id }: Submission): Promise<Submitted> {
  const { language, entries, knowledge } = parts;
  const about = readAbout(given) ?? {};
  const mark = markOfValues(values);
  const act = `${about.opened ?? id}-${mark}`;
  const title = values[TITLE]?.[0] ?? "";
  // The same form sent again is the same draft; another one of the same title is another.
  const wanted = idFrom(title);
  const there = await entries.record(wanted);
  const free = there === undefined ? knowledge().entry(wanted) === undefined : there.taken.includes(act);
  const entry = entryFrom(free ? wanted : `${wanted}-${markOf(about.opened ?? id)}`, values, dayAt(parts.now(), parts.timeZone));

  const problems = parts.problemsOf(entry).map(fieldOf);
  if (problems.length > 0) {
    const errors = problems.map((field): [string, Text] => [field, { key: `entryProblem.${field}` }]);
    return { next: "correct", language, errors: Object.fromEntries(errors) };
  }
  if (about.seen !== mark)
    return { next: "show", form: entryForm(parts, { ...about, seen: mark }, values, seenNotes(parts.alike(entry))) };
  const outcome = await entries.act(entry.id, { id: act, by: by.person, do: "propose", entry, from: about.ticket });
  if (outcome.kind === "refused") return { next: "correct", language, errors: { [TITLE]: entryRefusalText(outcome.refusal) } };
  parts.showDrafts();
  return { next: "close" };
}

function seenNotes(alike: readonly string[]): Text[] {
  if (alike.length === 0) return [{ key: "entry.nothingAlike" }, { key: "entry.next" }];
  return [{ key: "entry.alike" }, ...alike.map((title): Text => ({ words: `• ${title}` })), { key: "entry.next" }];
}
