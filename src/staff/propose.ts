import type { Entry } from "#core/entry.ts";
import type { Text } from "#core/message.ts";
import { type Alike, alikeLine } from "#core/staff.ts";
import { lastTextOf } from "#core/staff-entry.ts";
import type { Submission, Submitted } from "#core/workspace.ts";
import { type About, markOf, readAbout } from "#staff/about.ts";
import { entryForm } from "#staff/entry-form.ts";
import { entryFrom, fieldOf, idFrom, markOfValues, TITLE, valuesOf } from "#staff/entry-values.ts";
import type { StaffParts } from "#staff/parts.ts";
import { entryRefusalText } from "#staff/refusal.ts";
import { dayAt } from "#text/dates.ts";

/** Takes the form of an entry: first it is shown what says the same already, then it becomes a draft. */
export async function proposed(parts: StaffParts, { values, about: given, by, id }: Submission): Promise<Submitted> {
  const { language, entries, knowledge } = parts;
  const about = readAbout(given) ?? {};
  const mark = markOfValues(values);
  const act = `${about.opened ?? id}-${mark}`;
  const today = dayAt(parts.now(), parts.timeZone);
  const before = about.entry === undefined ? undefined : await lastOf(parts, about.entry);
  const entry = entryFrom(about.entry ?? (await freeId(parts, about, values[TITLE]?.[0] ?? "", act, id)), values, today, before);

  const problems = parts.problemsOf(entry).map(fieldOf);
  if (problems.length > 0) {
    const errors = problems.map((field): [string, Text] => [field, { key: `entryProblem.${field}` }]);
    return { next: "correct", language, errors: Object.fromEntries(errors) };
  }
  const atTitle = (text: Text): Submitted => ({ next: "correct", language, errors: { [TITLE]: text } });
  const shown = knowledge().entry(entry.id);
  if (shown !== undefined && markOfValues(valuesOf(shown) ?? {}) === mark) return atTitle({ key: "refusal.entryUnchanged" });
  if (about.seen !== mark)
    return { next: "show", form: entryForm(parts, { ...about, seen: mark }, values, seenNotes(parts.alike(entry))) };
  const over = about.entry === undefined ? {} : { over: Number(about.version) };
  const outcome = await entries.act(entry.id, { id: act, by: by.person, do: "propose", entry, from: about.ticket, ...over });
  if (outcome.kind === "refused") {
    const why = entryRefusalText(outcome.refusal);
    if (outcome.refusal.why !== "changed") return atTitle(why);
    // They know now: sent once more, it is a version after the other's.
    const version = (await entries.record(entry.id))?.versions.at(-1)?.number ?? 0;
    const again: About = { ...about, version: String(version), seen: undefined };
    return { next: "show", form: entryForm(parts, again, values, [why, { key: "staff.kept" }]) };
  }
  parts.showDrafts();
  return { next: "close" };
}

/** What was last written of an entry: what the form does not show is kept from it. */
async function lastOf({ entries, knowledge }: StaffParts, id: string): Promise<Entry | undefined> {
  const record = await entries.record(id);
  return (record && lastTextOf(record)) ?? knowledge().entry(id);
}

/** The same form sent again is the same draft; another one of the same title is another. */
async function freeId({ entries, knowledge }: StaffParts, { opened }: About, title: string, act: string, id: string) {
  const wanted = idFrom(title);
  const there = await entries.record(wanted);
  const free = there === undefined ? knowledge().entry(wanted) === undefined : there.taken.includes(act);
  return free ? wanted : `${wanted}-${markOf(opened ?? id)}`;
}

function seenNotes(alike: readonly Alike[]): Text[] {
  if (alike.length === 0) return [{ key: "entry.nothingAlike" }, { key: "entry.next" }];
  return [{ key: "entry.alike" }, ...alike.map(alikeLine), { key: "entry.next" }];
}
