import type { Entry } from "#core/entry.ts";
import { sourceLine } from "#core/flows/answer.ts";
import type { Text } from "#core/message.ts";
import type { Records } from "#core/ports.ts";
import type { StaffEntries, StaffPost, StaffRoom } from "#core/staff.ts";
import type { EntryVersion } from "#core/staff-entry.ts";
import type { DeskLog } from "#desk/desk.ts";
import { createShown } from "#desk/shown.ts";
import type { Language } from "#text/language.ts";

export interface DraftCardsParts {
  readonly records: Records;
  readonly room: StaffRoom;
  readonly entries: Pick<StaffEntries, "record" | "drafts">;
  /** The language that staff read. */
  readonly language: Language;
  /** Titles of entries that may say the same. */
  readonly alike: (entry: Entry) => readonly string[];
  readonly now: () => number;
  /** Names this process among those that share the store. */
  readonly holder: string;
  readonly log: DeskLog;
}

const MOST_AT_ONCE = 100;

/** Shows every draft in the staff's room, and what became of it, each once: what was proposed or decided before a crash as well. */
export function createDraftCards({ records, room, entries, language, alike, now, holder, log }: DraftCardsParts) {
  const cards = createShown({ records, collection: "draft-cards", name: "draft", surface: room, now, holder, log });
  return {
    /** Shows what is not shown yet. Gives how many drafts it looked at. */
    async settleOwed(): Promise<number> {
      const drafts = await entries.drafts(MOST_AT_ONCE);
      return cards.settle(
        drafts.map(({ id }) => id),
        async (id) => {
          const version = (await entries.record(id))?.versions.at(-1);
          if (version === undefined) return undefined;
          return {
            shows: `${version.number}-${version.decided?.is ?? "waiting"}`,
            stays: version.decided === undefined,
            post: () => draftCard(id, version, language, alike),
          };
        },
      );
    },
  };
}

function draftCard(id: string, version: EntryVersion, language: Language, alike: DraftCardsParts["alike"]): StaffPost {
  const { entry, decided, by, number } = version;
  const state: Text =
    decided === undefined ? { key: "draft.waiting" } : { key: `draft.${decided.is}`, values: { by: decided.by } };
  const title: Text = { key: "draft.title", values: { title: entry?.title[language] ?? id } };
  const button = (act: "approve" | "reject") => ({
    label: { key: `draft.${act}` } as const,
    act,
    entry: { id, version: number },
  });
  return {
    title,
    paragraphs: [state, { key: "draft.by", values: { by } }, ...(entry === undefined ? [] : contentOf(entry, alike(entry)))],
    buttons: decided === undefined ? [button("approve"), button("reject")] : [],
  };
}

function contentOf(entry: Entry, alike: readonly string[]): Text[] {
  const { title, questions, answer, sources } = entry;
  return [
    { words: `${title.tr}\n${answer.tr}` },
    { words: `${title.en}\n${answer.en}` },
    { words: [...questions.tr, ...questions.en].map((question) => `• ${question}`).join("\n") },
    ...sources.map((source) => sourceLine({ language: "tr" }, source)),
    ...(alike.length === 0 ? [] : [{ key: "draft.alike", values: { titles: alike.join("; ") } } as const]),
  ];
}
