import type { Entry } from "#core/entry.ts";
import type { Text } from "#core/message.ts";
import { draftOf, lastTextOf, liveOf } from "#core/staff-entry.ts";
import type { Form, Submission, Submitted } from "#core/workspace.ts";
import { type About, readAbout, writeAbout } from "#staff/about.ts";
import { CHOSEN, entryChoice, SEARCH } from "#staff/entry-choice.ts";
import { entryForm } from "#staff/entry-form.ts";
import { valuesOf } from "#staff/entry-values.ts";
import { notice, type StaffParts } from "#staff/parts.ts";
import { entryRefusalText } from "#staff/refusal.ts";

export const REVISE = "revise";
export const RETIRE = "retire";
export type Revision = "edit" | "retire";

/** The form in which an entry is edited or retired; where no entry has that id, the one in which it is looked for. */
export async function reviseForm(parts: StaffParts, what: Revision, words: string, opened: string): Promise<Form> {
  const id = words.trim();
  return (await entryRevision(parts, what, id, opened)) ?? findForm(parts, what, id, opened);
}

/** The same for an entry that is known by its id, and `undefined` where there is none. `version`: begun with what that one says. */
export async function entryRevision(
  parts: StaffParts,
  what: Revision,
  id: string,
  opened: string,
  version?: string,
): Promise<Form | undefined> {
  const record = await parts.entries.record(id);
  const seen = record?.versions.find(({ number }) => String(number) === version);
  // A rejected version is begun with only from its own card.
  const rejected = seen?.decided?.is === "rejected" ? seen.entry : undefined;
  const waiting = record && draftOf(record)?.entry;
  const published = record && liveOf(record);
  const live = published === undefined ? parts.knowledge().entry(id) : published.entry;
  const entry = waiting ?? rejected ?? live ?? (record && lastTextOf(record));
  if (entry === undefined) return undefined;
  const about: About = { entry: id, version: String(record?.versions.at(-1)?.number ?? 0), opened };
  if (entry.topic === "service") return refused(parts, what, "refusal.serviceEntry");
  if (what === "retire") return live === undefined ? refused(parts, what, "refusal.notLive") : retireForm(parts, about, live);
  const values = valuesOf(entry);
  return values === undefined
    ? refused(parts, what, "refusal.longEntry")
    : entryForm(parts, about, values, [{ key: "entry.editNote" }]);
}

function refused(parts: StaffParts, what: Revision, key: "refusal.serviceEntry" | "refusal.notLive" | "refusal.longEntry"): Form {
  return notice(parts, titleOf(what), { key });
}

function titleOf(what: Revision): Text {
  return { key: what === "edit" ? "entry.edit" : "staff.retire" };
}

function findForm(parts: StaffParts, what: Revision, asked: string, opened: string): Form {
  const { language, knowledge } = parts;
  const { candidates } = asked === "" ? { candidates: [] } : knowledge().search({ question: asked, language });
  const entries = candidates.flatMap(({ id }) => knowledge().entry(id) ?? []).filter(({ topic }) => topic !== "service");
  const note: Text = { key: asked !== "" && entries.length === 0 ? "staff.nothingFound" : "staff.findNote" };
  return {
    language,
    name: REVISE,
    about: writeAbout({ act: what, asked, opened }),
    title: titleOf(what),
    paragraphs: [note],
    fields: entryChoice(entries, asked, language),
    send: { key: "staff.next" },
    cancel: { key: "staff.cancel" },
  };
}

/** Searches anew where other words are given, else goes on with what was chosen. */
export async function revising(parts: StaffParts, { values, about: given, id }: Submission): Promise<Submitted> {
  const { act, asked = "", opened = id } = readAbout(given) ?? {};
  const what: Revision = act === "retire" ? "retire" : "edit";
  const search = (values[SEARCH]?.[0] ?? "").trim();
  const form =
    search === asked
      ? await entryRevision(parts, what, values[CHOSEN]?.[0] ?? "", opened)
      : await reviseForm(parts, what, search, opened);
  if (form !== undefined) return { next: "show", form };
  return { next: "correct", language: parts.language, errors: { [SEARCH]: { key: "staff.chooseEntry" } } };
}

function retireForm({ language }: StaffParts, about: About, entry: Entry): Form {
  return {
    language,
    name: RETIRE,
    about: writeAbout(about),
    title: { key: "staff.retire" },
    paragraphs: [{ key: "staff.retireNote" }, { words: entry.title[language] }, { words: entry.answer[language].trim() }],
    fields: [],
    send: { key: "entry.propose" },
    cancel: { key: "staff.cancel" },
  };
}

/** Proposes that an entry answers nothing any more. */
export async function retiring(parts: StaffParts, { about: given, by, id }: Submission): Promise<Submitted> {
  const about = readAbout(given) ?? {};
  const record = await parts.entries.record(about.entry ?? "");
  const was = (record && liveOf(record)?.entry) ?? parts.knowledge().entry(about.entry ?? "");
  const act = { id: `${about.opened ?? id}-retire`, by: by.person, over: Number(about.version) };
  const outcome = await parts.entries.act(about.entry ?? "", { ...act, do: "propose-retiring", was });
  if (outcome.kind === "refused")
    return { next: "show", form: notice(parts, { key: "staff.retire" }, entryRefusalText(outcome.refusal)) };
  parts.showDrafts();
  return { next: "close" };
}
