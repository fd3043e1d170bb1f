import { untilWon } from "#core/until-won.ts";
import { z } from "zod";
import { changeEvent, draftOfEvent, heldVersion, type EventRules } from "#announcements/event-change.ts";
import type { AnnouncementRefusal } from "#core/announcing.ts";
import type { Note } from "#core/audit.ts";
import { BotError } from "#core/errors.ts";
import type { Event } from "#core/event.ts";
import type { Records, StoredRecord } from "#core/ports.ts";
import type { Publication } from "#core/publication.ts";
import { DECISIONS } from "#core/staff-entry.ts";
import {
  EVENT_CHANGES,
  STAFF_EVENT_FORMAT,
  type EventAction,
  type EventOutcome,
  type EventVersion,
  type StaffEventRecord,
} from "#core/staff-event.ts";
import { LANGUAGES } from "#text/language.ts";

export interface StaffEventsParts {
  readonly records: Records;
  readonly rules: () => EventRules;
  /** A stored event, or `undefined` for one that does not hold what an event must. */
  readonly readEvent: (value: unknown) => Event | undefined;
  readonly publication: Publication;
  /** Tells those who were told of an event what became of it, or gives why it cannot yet; safe to do twice. */
  readonly tell: (key: string, version: EventVersion) => Promise<AnnouncementRefusal | undefined>;
  /** Something that failed; it stays owed. */
  readonly failed: (error: unknown) => void;
  readonly note: Note;
  readonly now: () => number;
}

/** Events that staff write: proposed, approved by another, published. */
export interface StaffEvents {
  act(key: string, action: EventAction): Promise<EventOutcome>;
  record(key: string): Promise<StaffEventRecord | undefined>;
  /** What waits for an approval. */
  drafts(limit: number): Promise<StaffEventRecord[]>;
  /** Rises with everything that is published. */
  version(): Promise<number>;
  /** What holds now, each with the ISO moment at which it was approved. */
  published(): Promise<readonly { readonly event: Event; readonly at: number }[]>;
  /** Makes known what was approved just before a process died. */
  settleOwed(): Promise<number>;
}

const COLLECTION = "staff-events";
const MOST_LISTED = 10_000;
/** What was written for all is nobody's personal data; not for ever, so that nothing lies in a store that no one knows of any more. */
const LONG_MS = 100 * 365 * 86_400_000;

const words = z.object({ title: z.string(), body: z.string() });
const text = z.object({ tr: words, en: words.optional() });
const told = z.object({ text, urgent: z.boolean(), noteIn: z.enum(LANGUAGES).optional() }).optional();
const decided = z.object({ is: z.enum(DECISIONS), by: z.string(), at: z.number() }).optional();

export function createStaffEvents(parts: StaffEventsParts): StaffEvents {
  const { records, rules, readEvent, publication, tell, failed, note, now } = parts;
  const event = z.custom<Event>((value) => readEvent(value) !== undefined);
  const version = z.object({
    number: z.number(),
    by: z.string(),
    at: z.number(),
    change: z.enum(EVENT_CHANGES),
    event,
    told,
    decided,
  });
  const schema = z.object({
    format: z.literal(STAFF_EVENT_FORMAT),
    key: z.string(),
    versions: z.array(version),
    live: z.number().optional(),
    owes: z.number().optional(),
    taken: z.array(z.string()),
  });
  const read = (stored: StoredRecord | undefined): StaffEventRecord | undefined => schema.safeParse(stored?.value).data;

  /** What is owed stays due whatever else changes. */
  const put = (record: StaffEventRecord, over: number, due = now()) =>
    records.put(COLLECTION, record.key, {
      value: record,
      over,
      expiresAt: now() + LONG_MS,
      index: {
        ...(draftOfEvent(record) === undefined ? {} : { draft: "waiting" }),
        ...(heldVersion(record) === undefined ? {} : { published: "yes" }),
      },
      ...(record.owes === undefined ? {} : { due }),
    });

  const makeKnown = async (key: string) => {
    await publication.rise();
    const stored = await records.get(COLLECTION, key);
    const record = read(stored);
    if (stored === undefined || record === undefined) return;
    const news = record.versions.find(({ number }) => number === record.owes);
    const fault = news && (await faultOfTelling(key, news));
    if (fault !== undefined) failed(fault);
    // What changed in between is looked at again.
    if (fault === undefined) await put({ ...record, owes: undefined }, stored.version);
    else await put(record, stored.version, now() + waitAfter(now() - (news?.decided?.at ?? now())));
  };

  const faultOfTelling = async (key: string, news: EventVersion): Promise<unknown> => {
    try {
      const refusal = await tell(key, news);
      return refusal && new BotError("announcement.refused", `${REFUSED} (${refusal.why})`);
    } catch (error) {
      return error ?? new BotError("announcement.refused", REFUSED);
    }
  };

  const list = async (name: "draft" | "published", value: string, limit: number) =>
    (await records.list(COLLECTION, { by: "index", name, value, limit })).flatMap((stored) => read(stored) ?? []);

  return {
    act: (key, action) =>
      untilWon("An event", async () => {
        const stored = await records.get(COLLECTION, key);
        const outcome = changeEvent(key, read(stored), action, now(), rules());
        const done = { at: now(), by: action.by, on: key };
        if (outcome.kind === "refused") {
          // Under a name of its own: what was refused once may be done under the same id later, and that has to be noted too.
          await note(`${action.id}-refused`, { ...done, did: "refused", why: outcome.refusal.why });
          return outcome;
        }
        if ((await put(outcome.record, stored?.version ?? 0)) === "stale") return "stale";
        await note(action.id, { ...done, did: `event.${action.do}` });
        if (outcome.published) await makeKnown(key);
        return outcome;
      }),

    record: async (key) => read(await records.get(COLLECTION, key)),
    drafts: (limit) => list("draft", "waiting", limit),
    version: () => publication.version(),

    async published() {
      const held = (await list("published", "yes", MOST_LISTED)).flatMap((record) => heldVersion(record) ?? []);
      return held.map((each) => ({ event: each.event, at: each.decided?.at ?? each.at }));
    },

    async settleOwed() {
      const due = await records.list(COLLECTION, { by: "due", until: now(), limit: 100 });
      // One that fails must not keep the others.
      for (const { id } of due) await makeKnown(id).catch(failed);
      return due.length;
    },
  };
}

const REFUSED =
  "The news that an event was moved or cancelled waits: nobody who approved it may approve now. Approve its draft in the desk's channel.";
const SOONEST_MS = 5000;
const LATEST_MS = 5 * 60_000;

/** How long what is owed rests: about as long as it has been owed. */
function waitAfter(owedMs: number): number {
  return Math.min(LATEST_MS, Math.max(SOONEST_MS, owedMs));
}
