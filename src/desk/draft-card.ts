import type { Entry } from "#core/entry.ts";
import { sourceLine } from "#core/flows/answer.ts";
import type { Text } from "#core/message.ts";
import { type Alike, alikeLine, type StaffPost } from "#core/staff.ts";
import type { EntryRecord, EntryVersion } from "#core/staff-entry.ts";
import { lastTextOf } from "#core/staff-entry.ts";
import { dateInWords } from "#text/dates.ts";
import type { Language } from "#text/language.ts";
import { LANGUAGES } from "#text/language.ts";

export interface DraftCardParts {
  /** The language that staff read. */
  readonly language: Language;
  /** Entries that may say the same. */
  readonly alike: (entry: Entry) => readonly Alike[];
  /** What answers now under an id. */
  readonly shown: (id: string) => Entry | undefined;
}

/** The card of a draft and of what became of it. `changes`: how many questions would get another answer, where that could be told. */
export function draftCard(
  record: EntryRecord,
  version: EntryVersion,
  { language, alike, shown }: DraftCardParts,
  changes: number | undefined,
): StaffPost {
  const { id } = record;
  const { entry, decided, by, number } = version;
  const retires = entry === undefined;
  const text = entry ?? lastTextOf(record);
  const state: Text = decided === undefined ? { key: "draft.waiting" } : decidedText(retires, decided);
  const values = { title: text?.title[language] ?? id };
  const button = (act: "approve" | "reject" | "edit" | "retire" | "changes") => ({
    label: { key: `draft.${act}` } as const,
    act,
    entry: { id, version: number },
  });
  const open = decided === undefined ? [button("approve"), button("reject")] : [];
  const live = decided?.is === "approved" && !retires;
  const before = decided === undefined ? shown(id) : undefined;
  return {
    title: retires ? { key: "draft.retireTitle", values } : { key: "draft.title", values },
    paragraphs: [
      state,
      { key: "draft.by", values: { by } },
      ...(text === undefined ? [] : contentOf(text, language)),
      ...(entry === undefined || decided !== undefined ? [] : likenessOf(alike(entry))),
      ...(entry === undefined || before === undefined ? [] : replacing(entry, before)),
      ...(decided !== undefined || changes === undefined ? [] : [changesText(changes)]),
    ],
    buttons: [
      ...open,
      ...(open.length > 0 && changes !== undefined && changes > 0 ? [button("changes")] : []),
      button("edit"),
      ...(live ? [button("retire")] : []),
    ],
  };
}

function decidedText(retires: boolean, { is, by }: NonNullable<EntryVersion["decided"]>): Text {
  return { key: retires && is === "approved" ? "draft.retired" : `draft.${is}`, values: { by } };
}

function contentOf({ title, questions, answer, sources, topic, basis, review }: Entry, language: Language): Text[] {
  return [
    { key: "draft.topic", values: { topic: { key: `topic.${topic}` } } },
    ...(basis === undefined ? [] : [{ key: "draft.basis", values: { tr: basis.tr, en: basis.en } } as const]),
    ...(review === undefined ? [] : [{ key: "draft.review", values: { day: dateInWords(review, language) } } as const]),
    { words: `${title.tr}\n${answer.tr}` },
    { words: `${title.en}\n${answer.en}` },
    { words: [...questions.tr, ...questions.en].map((question) => `• ${question}`).join("\n") },
    ...sources.map((source) => sourceLine({ language: "tr" }, source)),
  ];
}

function likenessOf(alike: readonly Alike[]): Text[] {
  return alike.length === 0 ? [] : [{ key: "draft.alike" }, ...alike.map(alikeLine)];
}

function changesText(count: number): Text {
  return count === 0 ? { key: "draft.noChanges" } : { key: "draft.changesCount", values: { count } };
}

/** That it takes the place of what answers now, with the answers that it changes. */
function replacing(entry: Entry, before: Entry): Text[] {
  const changed = LANGUAGES.filter((each) => entry.answer[each].trim() !== before.answer[each].trim());
  const head: Text[] = changed.length === 0 ? [] : [{ key: "draft.answerNow" }];
  return [{ key: "draft.replaces" }, ...head, ...changed.map((each): Text => ({ words: `«${before.answer[each].trim()}»` }))];
}
