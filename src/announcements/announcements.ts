import { untilWon } from "#core/until-won.ts";
import { changeAnnouncement } from "#announcements/change.ts";
import type { AnnouncingRules } from "#announcements/deeds.ts";
import { readAnnouncement } from "#announcements/schema.ts";
import type { Note } from "#core/audit.ts";
import type { Announcement } from "#core/announcement.ts";
import type { AnnouncementAction, StaffAnnouncements } from "#core/announcing.ts";
import type { Ledger } from "#core/ledger.ts";
import type { Publication } from "#core/publication.ts";
import type { Records, StoredRecord } from "#core/ports.ts";

export interface AnnouncementsParts {
  readonly records: Records;
  readonly ledger: Pick<Ledger, "resendUncertain">;
  /** Rises when there is something new under people's eyes. */
  readonly publication: Publication;
  readonly rules: () => AnnouncingRules;
  /** Set where an event does not take place; with who cancelled it, where that is known. */
  readonly cancelled: (event: string) => Promise<AnnouncingRules["cancelled"]>;
  readonly note: Note;
  readonly now: () => number;
}

/** Announcements over a store. */
export interface Announcements extends StaffAnnouncements {
  /** All that were written of an event. */
  about(event: string): Promise<Announcement[]>;
  /** Those approved whose time has come, and those under way. */
  due(): Promise<Announcement[]>;
  /** All that anybody may have under their eyes. */
  sent(): Promise<Announcement[]>;
  /** Rises when that is not what it was. */
  version(): Promise<number>;
}

const COLLECTION = "announcements";
const MOST_LISTED = 1000;
const PAGE = 500;
/** At its end once more, for where a process died between its beginning and the news of it. */
const SHOWN_ANEW: ReadonlySet<AnnouncementAction["do"]> = new Set(["start", "end", "withdraw", "approve-correction"]);
/** Two years: as long as somebody may ask what was sent; what stands under one works for as long. */
const KEPT_MS = 2 * 366 * 86_400_000;

export function createAnnouncements({
  records,
  ledger,
  publication,
  rules,
  cancelled,
  note,
  now,
}: AnnouncementsParts): Announcements {
  const read = (stored: StoredRecord | undefined) => readAnnouncement(stored?.value);

  const put = (announcement: Announcement, over: number) => {
    const due = dueAt(announcement, now());
    return records.put(COLLECTION, announcement.id, {
      value: announcement,
      over,
      expiresAt: now() + KEPT_MS,
      index: namesOf(announcement),
      ...(due === undefined ? {} : { due }),
    });
  };

  const list = async (name: string, value: string) =>
    (await records.list(COLLECTION, { by: "index", name, value, limit: MOST_LISTED })).flatMap((stored) => read(stored) ?? []);

  /** Not what was sent again since: a process that stood still may come to this once another has done it. */
  const resend = (id: string) => {
    const isStillAsked = async () => read(await records.get(COLLECTION, id))?.resending === true;
    return ledger.resendUncertain(id, now(), () => true, isStillAsked);
  };

  return {
    act: (id, action) =>
      untilWon("An announcement", async () => {
        const stored = await records.get(COLLECTION, id);
        const known = read(stored);
        const off = action.do === "approve" && known?.event !== undefined ? await cancelled(known.event) : undefined;
        const outcome = changeAnnouncement(id, known, action, now(), { ...rules(), cancelled: off });
        if (outcome.kind === "refused") {
          // Under a name of its own: what was refused once may be done under the same id later, and that has to be noted too.
          if ("by" in action)
            await note(`${action.id}-refused`, { at: now(), by: action.by, did: "refused", on: id, why: outcome.refusal.why });
          return outcome;
        }
        if (outcome.changed) {
          // Noted before, so that it is done again where a process dies in between; nothing of it is on the wire meanwhile.
          if (action.do === "resend") await resend(id);
          if ((await put(outcome.announcement, stored?.version ?? 0)) === "stale") return "stale";
        }
        // Once more where it was done before: a process may have died over this.
        if (SHOWN_ANEW.has(action.do)) await publication.rise();
        if ("by" in action) await note(action.id, { at: now(), by: action.by, did: `announcement.${action.do}`, on: id });
        return outcome;
      }),

    announcement: async (id) => read(await records.get(COLLECTION, id)),
    about: (event) => list("event", event),
    open: () => list("open", "yes"),
    async sent() {
      const sent: Announcement[] = [];
      for (let after: string | undefined; ;) {
        const page = await records.list(COLLECTION, { by: "page", name: "sent", value: "yes", after, limit: PAGE });
        sent.push(...page.flatMap((stored) => read(stored) ?? []));
        if (page.length < PAGE) return sent;
        after = page.at(-1)?.id;
      }
    },
    version: () => publication.version(),
    async due() {
      const stored = await records.list(COLLECTION, { by: "due", until: now(), limit: MOST_LISTED });
      return stored.flatMap((each) => read(each) ?? []);
    },
  };
}

/** When something is to be done about it: once its time has come, and for as long as it or something after it is under way. */
function dueAt({ state, sendAt, after = [], resending, reminding }: Announcement, now: number): number | undefined {
  if (state === "scheduled") return Math.max(sendAt ?? now, now);
  if (reminding === true) return now;
  return state === "sending" || resending === true || after.some(({ done }) => !done) ? now : undefined;
}

function namesOf(announcement: Announcement): Record<string, string> {
  const { state, event, correction, after = [], resending } = announcement;
  const begun = announcement.history.some(({ did }) => did === "start");
  const waits = state === "draft" || correction !== undefined || resending === true;
  const open = waits || state === "scheduled" || state === "sending" || state === "paused" || after.some(({ done }) => !done);
  return {
    ...(open ? { open: "yes" } : {}),
    ...(begun ? { sent: "yes" } : {}),
    ...(event === undefined ? {} : { event }),
  };
}
