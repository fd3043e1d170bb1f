import { z } from "zod";
import type { Entry } from "#core/entry.ts";
import { sourceLine } from "#core/flows/answer.ts";
import type { Text } from "#core/message.ts";
import type { Records, StoredRecord } from "#core/ports.ts";
import type { StaffEntries, StaffPost, StaffRoom } from "#core/staff.ts";
import type { EntryRecord, EntryVersion } from "#core/staff-entry.ts";
import { lastTextOf } from "#core/staff-entry.ts";
import type { DeskLog } from "#desk/desk.ts";
import type { Language } from "#text/language.ts";
import { LANGUAGES } from "#text/language.ts";

export interface DraftCardsParts {
  readonly records: Records;
  readonly room: StaffRoom;
  readonly entries: Pick<StaffEntries, "record" | "drafts">;
  /** The language that staff read. */
  readonly language: Language;
  /** Titles of entries that may say the same. */
  readonly alike: (entry: Entry) => readonly string[];
  /** What answers now under an id. */
  readonly shown: (id: string) => Entry | undefined;
  readonly now: () => number;
  readonly log: DeskLog;
}

const COLLECTION = "draft-cards";
/** Longer than a post takes. */
const LEASE_MS = 60_000;
const RETRY_MS = 5000;
const MOST_AT_ONCE = 100;
const KEPT_MS = 366 * 86_400_000;

/** What staff have of a draft: its card, and what that shows. */
const schema = z.object({
  shows: z.string().optional(),
  card: z.string().optional(),
  tries: z.number(),
  until: z.number(),
});
type Shown = z.output<typeof schema>;

/** Shows every draft in the staff's room, and what became of it, each once: what was proposed or decided before a crash as well. */
export function createDraftCards(parts: DraftCardsParts) {
  const { records, room, entries, now, log } = parts;
  const put = (id: string, value: Shown, over: number, waiting: boolean) =>
    records.put(COLLECTION, id, {
      value,
      over,
      expiresAt: now() + KEPT_MS,
      ...(waiting ? { index: { state: "waiting" } } : {}),
    });

  const show = async (record: EntryRecord, stored: StoredRecord | undefined): Promise<void> => {
    const version = record.versions.at(-1);
    const known = schema.safeParse(stored?.value).data ?? { tries: 0, until: 0 };
    const wanted = `${version?.number}-${version?.decided?.is ?? "waiting"}`;
    if (version === undefined || known.shows === wanted || known.until > now()) return;
    const held: Shown = { ...known, tries: known.tries + 1, until: now() + LEASE_MS };
    if ((await put(record.id, held, stored?.version ?? 0, true)) === "stale") return;
    const post = draftCard(record, version, parts);
    // What comes after a decision stands where staff look, and not far above under what was decided.
    const stands = known.shows?.endsWith("-waiting") === true ? known.card : undefined;
    const updated = stands === undefined ? undefined : await room.update(stands, post);
    const missing = updated === undefined || (!updated.ok && updated.why === "gone");
    const sent = missing ? await room.post(post, { id: `draft-${record.id}-${version.number}`, tries: known.tries }) : updated;
    const mine = await records.get(COLLECTION, record.id);
    if (mine === undefined) return;
    if (sent.ok) {
      const done = { shows: wanted, card: sent.reference, tries: 0, until: 0 };
      await put(record.id, done, mine.version, version.decided === undefined);
      return;
    }
    log.deskDelayed("draft", sent.why, held.tries);
    // Surely not there: the next try need not look for it.
    const surely = "retryAfterMs" in sent;
    const later = { ...held, tries: surely ? known.tries : held.tries, until: now() + (surely ? sent.retryAfterMs : RETRY_MS) };
    await put(record.id, later, mine.version, true);
  };

  return {
    /** Shows what is not shown yet. Gives how many drafts it looked at. */
    async settleOwed(): Promise<number> {
      const cards = await records.list(COLLECTION, { by: "index", name: "state", value: "waiting", limit: MOST_AT_ONCE });
      const drafts = await entries.drafts(MOST_AT_ONCE);
      const ids = new Set([...cards, ...drafts].map(({ id }) => id));
      for (const id of ids) {
        const record = await entries.record(id);
        // One that fails must not keep the others from being shown.
        if (record !== undefined)
          await show(record, await records.get(COLLECTION, id)).catch((error: unknown) => log.deskFailed("draft", error));
      }
      return ids.size;
    },
  };
}

function draftCard(record: EntryRecord, version: EntryVersion, { language, alike, shown }: DraftCardsParts): StaffPost {
  const { id } = record;
  const { entry, decided, by, number } = version;
  const retires = entry === undefined;
  const text = entry ?? lastTextOf(record);
  const state: Text = decided === undefined ? { key: "draft.waiting" } : decidedText(retires, decided);
  const values = { title: text?.title[language] ?? id };
  const button = (act: "approve" | "reject" | "edit" | "retire") => ({
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
      ...(text === undefined ? [] : contentOf(text)),
      ...(entry === undefined || decided !== undefined ? [] : likenessOf(alike(entry))),
      ...(entry === undefined || before === undefined ? [] : replacing(entry, before)),
    ],
    buttons: [...open, button("edit"), ...(live ? [button("retire")] : [])],
  };
}

function decidedText(retires: boolean, { is, by }: NonNullable<EntryVersion["decided"]>): Text {
  return { key: retires && is === "approved" ? "draft.retired" : `draft.${is}`, values: { by } };
}

function contentOf({ title, questions, answer, sources }: Entry): Text[] {
  return [
    { words: `${title.tr}\n${answer.tr}` },
    { words: `${title.en}\n${answer.en}` },
    { words: [...questions.tr, ...questions.en].map((question) => `• ${question}`).join("\n") },
    ...sources.map((source) => sourceLine({ language: "tr" }, source)),
  ];
}

function likenessOf(alike: readonly string[]): Text[] {
  return alike.length === 0 ? [] : [{ key: "draft.alike", values: { titles: alike.join("; ") } }];
}

/** That it takes the place of what answers now, with the answers that it changes. */
function replacing(entry: Entry, before: Entry): Text[] {
  const changed = LANGUAGES.filter((each) => entry.answer[each].trim() !== before.answer[each].trim());
  const head: Text[] = changed.length === 0 ? [] : [{ key: "draft.answerNow" }];
  return [{ key: "draft.replaces" }, ...head, ...changed.map((each): Text => ({ words: `«${before.answer[each].trim()}»` }))];
}
