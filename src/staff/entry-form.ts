import { TOPICS, type Entry } from "#core/entry.ts";
import type { Text } from "#core/message.ts";
import type { Ticket } from "#core/ticket.ts";
import type { Form, FormField, Submission } from "#core/workspace.ts";
import { type About, markOf, writeAbout } from "#staff/about.ts";
import type { StaffParts } from "#staff/parts.ts";
import { fold } from "#text/fold.ts";

export const ENTRY = "entry";
export const TITLE = "title-tr";
/** The unit that entries written here belong to, until the files say otherwise. */
const OWNER = "bilgi-hizmeti";
const LONGEST_ID = 60;
const LONGEST_TITLE = 90;
const LONGEST_ANSWER = 1500;

type Values = Submission["values"];

const FIELDS = [
  { id: TITLE, lines: "one", most: LONGEST_TITLE },
  { id: "title-en", lines: "one", most: LONGEST_TITLE },
  { id: "questions-tr", lines: "many" },
  { id: "questions-en", lines: "many" },
  { id: "answer-tr", lines: "many", most: LONGEST_ANSWER },
  { id: "answer-en", lines: "many", most: LONGEST_ANSWER },
  { id: "source-title", lines: "one" },
  { id: "source-url", lines: "one", optional: true },
  { id: "source-date", lines: "one", optional: true },
  { id: "review", lines: "one", optional: true },
  { id: "basis-tr", lines: "one", optional: true },
  { id: "basis-en", lines: "one", optional: true },
] as const;
export type EntryField = (typeof FIELDS)[number]["id"];
const TOPIC = "topic";

/** The form of an entry, with what is known of it already. `notes` stand above its fields. */
export function entryForm(
  { language }: Pick<StaffParts, "language">,
  about: About,
  values: Values,
  notes: readonly Text[],
): Form {
  const fields = FIELDS.map((field): FormField => ({
    ...field,
    kind: "text",
    label: { key: `entry.${field.id}` },
    hint: { key: `entryHint.${field.id}` },
    value: values[field.id]?.[0] ?? "",
  }));
  const topics = TOPICS.filter((topic) => topic !== "service");
  const topic: FormField = {
    kind: "choice",
    id: TOPIC,
    label: { key: "entry.topic" },
    options: topics.map((value) => ({ label: { key: `topic.${value}` }, value })),
    chosen: values[TOPIC] ?? [],
  };
  return {
    language,
    name: ENTRY,
    about: writeAbout(about),
    title: { key: "entry.form" },
    paragraphs: notes,
    fields: [topic, ...fields],
    send: { key: about.seen === undefined ? "entry.check" : "entry.propose" },
    cancel: { key: "staff.cancel" },
  };
}

/** What an answered question gives an entry to begin with. */
export function valuesFrom({ language, question, answers }: Ticket): Values {
  const answer = answers.at(-1)?.words ?? "";
  return { [`questions-${language}`]: [question], [`answer-${language}`]: [answer] };
}

/** The mark of all that was written. */
export function markOfValues(values: Values): string {
  return markOf(JSON.stringify([TOPIC, ...FIELDS.map(({ id }) => id)].map((id) => values[id]?.[0] ?? "")));
}

/** What was written, as an entry. `today` is an ISO day: where the source bears no date, that on which it was read. */
export function entryFrom(id: string, values: Values, today: string): Entry {
  const given = (field: EntryField) => (values[field]?.[0] ?? "").trim();
  const lines = (field: EntryField) =>
    given(field)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  const date = given("source-date");
  const url = given("source-url");
  const review = given("review");
  const basis = { tr: given("basis-tr"), en: given("basis-en") };
  return {
    id,
    topic: TOPICS.find((topic) => topic === values[TOPIC]?.[0]) ?? "union",
    title: { tr: given(TITLE), en: given("title-en") },
    questions: { tr: lines("questions-tr"), en: lines("questions-en") },
    answer: { tr: given("answer-tr"), en: given("answer-en") },
    sources: [{ title: given("source-title"), ...(url === "" ? {} : { url }), ...(date === "" ? { read: today } : { date }) }],
    ...(date === "" ? {} : { asOf: date }),
    ...(review === "" ? {} : { review }),
    owner: OWNER,
    ...(basis.tr === "" && basis.en === "" ? {} : { basis }),
    related: [],
    doesNotCover: { tr: [], en: [] },
    smallTalk: false,
  };
}

/** An id from a title: "Zeplin turu ne zaman?" becomes "zeplin-turu-ne-zaman". */
export function idFrom(title: string): string {
  const id = fold(title)
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_ID)
    .replace(/^-+|-+$/g, "");
  return id === "" ? "kayit" : id;
}

/** The field that a problem is told at: its path begins it. */
export function fieldOf(problem: string): EntryField {
  const path = (problem.split(":")[0] ?? "").replace(/\.\d+/g, "").replaceAll(".", "-");
  const named = path === "sources-read" || path === "asOf" ? "source-date" : path.replace(/^sources/, "source");
  const fitting = FIELDS.find(({ id }) => id === named) ?? FIELDS.find(({ id }) => named !== "" && id.startsWith(named));
  return fitting?.id ?? TITLE;
}
