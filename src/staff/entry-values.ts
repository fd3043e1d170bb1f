import { TOPICS, type Entry, type Source } from "#core/entry.ts";
import type { Ticket } from "#core/ticket.ts";
import type { Submission } from "#core/workspace.ts";
import { markOf } from "#staff/about.ts";
import { fold } from "#text/fold.ts";
import type { Language } from "#text/language.ts";

/** Whom an entry belongs to that is begun here, until somebody chooses. */
export const USUAL_OWNER = "bilgi-hizmeti";
export const TITLE = "title-tr";
export const TOPIC = "topic";
export const OWNER = "owner";
const LONGEST_ID = 60;
export const LONGEST_TITLE = 90;
export const LONGEST_ANSWER = 1500;
/** What one field of a form can hold. */
const LONGEST_VALUE = 3000;

export type Values = Submission["values"];

export const FIELDS = [
  { id: TITLE, lines: "one", most: LONGEST_TITLE },
  { id: "title-en", lines: "one", most: LONGEST_TITLE },
  { id: "questions-tr", lines: "many" },
  { id: "questions-en", lines: "many" },
  { id: "answer-tr", lines: "many", most: LONGEST_ANSWER },
  { id: "answer-en", lines: "many", most: LONGEST_ANSWER },
  { id: "source-title", lines: "one" },
  { id: "source-url", lines: "one", optional: true },
  { id: "source-date", lines: "one", optional: true },
  { id: "sources-more", lines: "many", optional: true },
  { id: "as-of", lines: "one", optional: true },
  { id: "review", lines: "one", optional: true },
  { id: "deadline", lines: "one", optional: true },
  { id: "basis-tr", lines: "one", optional: true },
  { id: "basis-en", lines: "one", optional: true },
  { id: "doesNotCover-tr", lines: "many", optional: true },
  { id: "doesNotCover-en", lines: "many", optional: true },
] as const;
export type EntryField = (typeof FIELDS)[number]["id"];

/** What questions give an entry to begin with. */
export function valuesFromQuestions(questions: readonly { readonly question: string; readonly language: Language }[]): Values {
  const asked = (language: Language) => [
    ...new Set(questions.filter((each) => each.language === language).map(({ question }) => question)),
  ];
  return { "questions-tr": [linesUpTo(asked("tr"))], "questions-en": [linesUpTo(asked("en"))] };
}

/** What an answered question gives an entry to begin with. */
export function valuesFrom({ language, question, answers }: Ticket): Values {
  return { ...valuesFromQuestions([{ question, language }]), [`answer-${language}`]: [answers.at(-1)?.words ?? ""] };
}

/** As many lines as the field holds. */
function linesUpTo(lines: readonly string[]): string {
  let length = 0;
  return lines.filter((line) => (length += line.length + 1) <= LONGEST_VALUE).join("\n");
}

/** An entry as its form shows it; `undefined` where a field cannot hold what it would have to. */
export function valuesOf(entry: Entry): Values | undefined {
  const [first, ...more] = entry.sources;
  const values: Readonly<Record<EntryField | typeof TOPIC | typeof OWNER, string>> = {
    [TOPIC]: entry.topic,
    [OWNER]: entry.owner,
    "title-tr": entry.title.tr,
    "title-en": entry.title.en,
    "questions-tr": entry.questions.tr.join("\n"),
    "questions-en": entry.questions.en.join("\n"),
    "answer-tr": entry.answer.tr.trim(),
    "answer-en": entry.answer.en.trim(),
    "source-title": first?.title ?? "",
    "source-url": first?.url ?? "",
    "source-date": first?.date ?? "",
    "sources-more": more
      .map(({ title, url, date }) => [title, url, date].filter((part) => part !== undefined).join(" | "))
      .join("\n"),
    "as-of": entry.asOf ?? "",
    review: entry.review ?? "",
    deadline: entry.deadline ?? "",
    "basis-tr": entry.basis?.tr ?? "",
    "basis-en": entry.basis?.en ?? "",
    "doesNotCover-tr": entry.doesNotCover.tr.join("\n"),
    "doesNotCover-en": entry.doesNotCover.en.join("\n"),
  };
  if (Object.values(values).some((value) => value.length > LONGEST_VALUE)) return undefined;
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, [value]]));
}

/** The mark of all that was written. */
export function markOfValues(values: Values): string {
  return markOf(JSON.stringify([TOPIC, OWNER, ...FIELDS.map(({ id }) => id)].map((id) => (values[id]?.[0] ?? "").trim())));
}

/**
 * What was written, as an entry. `today` is an ISO day: where a source bears no date, that on which it was read. What the form does not show
 * stays as it is in `before`, the entry that is edited.
 */
export function entryFrom(id: string, values: Values, today: string, before?: Entry): Entry {
  const given = (field: string) => (values[field]?.[0] ?? "").trim();
  const optional = (field: string) => (given(field) === "" ? {} : { [field]: given(field) });
  const lines = (field: EntryField) =>
    given(field)
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
  const source = (title: string, url: string, date: string): Source => {
    const known = before?.sources.find((each) => each.title === title && (each.url ?? "") === url);
    return { title, ...(url === "" ? {} : { url }), ...(date === "" ? { read: known?.read ?? today } : { date }) };
  };
  const date = given("source-date");
  const asOf = given("as-of") === "" && before === undefined ? date : given("as-of");
  const basis = { tr: given("basis-tr"), en: given("basis-en") };
  return {
    id,
    topic: TOPICS.find((topic) => topic === values[TOPIC]?.[0]) ?? "union",
    title: { tr: given(TITLE), en: given("title-en") },
    questions: { tr: lines("questions-tr"), en: lines("questions-en") },
    answer: { tr: given("answer-tr"), en: given("answer-en") },
    sources: [
      source(given("source-title"), given("source-url"), date),
      ...lines("sources-more").map((line) => {
        const [title = "", ...parts] = line.split("|").map((part) => part.trim());
        const url = parts.find((part) => part.startsWith("http")) ?? "";
        return source(title, url, parts.find((part) => part !== url) ?? "");
      }),
    ],
    ...(asOf === "" ? {} : { asOf }),
    ...optional("review"),
    owner: values[OWNER]?.[0] ?? USUAL_OWNER,
    ...(basis.tr === "" && basis.en === "" ? {} : { basis }),
    ...optional("deadline"),
    ...(before?.event === undefined ? {} : { event: before.event }),
    related: before?.related ?? [],
    doesNotCover: { tr: lines("doesNotCover-tr"), en: lines("doesNotCover-en") },
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
  const path = problem.split(":")[0] ?? "";
  if (/^sources\.[1-9]/.test(path)) return "sources-more";
  const named = path
    .replace(/\.\d+/g, "")
    .replaceAll(".", "-")
    .replace(/^asOf$/, "as-of");
  const ours = named === "sources-read" ? "source-date" : named.replace(/^sources/, "source");
  const fitting = FIELDS.find(({ id }) => id === ours) ?? FIELDS.find(({ id }) => ours !== "" && id.startsWith(ours));
  return fitting?.id ?? TITLE;
}
