import type { Announcement } from "#core/announcement.ts";
import { announcementIdFor } from "#core/announcement.ts";
import type { AnnouncementAction } from "#core/announcing.ts";
import type { Reply, Text } from "#core/message.ts";
import type { CardPress, Done, Form, Place, Submission, Submitted } from "#core/workspace.ts";
import { type About, markOf, readAbout, writeAbout } from "#staff/about.ts";
import { ANNOUNCEMENT, announcementForm, correctionForm, CORRECTION, valuesOf } from "#staff/announcement-form.ts";
import { draftFrom, tooLong, wordsFrom } from "#staff/announcement-values.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { announcementRefusalText } from "#staff/refusal.ts";
import { LANGUAGES } from "#text/language.ts";

export const CONFIRM = "confirm";
/** What reaches many again, or takes away from many, is asked for twice. */
const CONFIRMED = ["withdraw", "resend"] as const;
type Confirmed = (typeof CONFIRMED)[number];

/** How a press is answered. */
export interface Answering {
  readonly tell: (person: string, place: Place, text: Text) => Promise<void>;
  readonly opens: (done: Done & { readonly place: Place }, form: Form) => Promise<void>;
}

/** What staff do with announcements: by command, on a card, in a form. */
export function createAnnouncing(parts: AnnouncingParts, { tell, opens }: Answering) {
  const { announcements, views, language, refreshApprovers, showAnnouncements } = parts;

  const act = async (id: string, action: AnnouncementAction): Promise<Text | undefined> => {
    const known = "by" in action && (await refreshApprovers(action.by));
    const outcome = await announcements.act(id, action);
    showAnnouncements();
    if (outcome.kind === "done") return undefined;
    if (!known && outcome.refusal.why === "not-approver") return { key: "refusal.unknownApprovers" };
    return announcementRefusalText(outcome.refusal);
  };

  const toMe = async ({ by, place, id }: CardPress, announcement: Announcement) => {
    const { correction } = announcement;
    const shown = correction === undefined ? announcement : { ...announcement, text: correction.text };
    for (const each of LANGUAGES) {
      const sent = await views.sendToMe(by.person, asTest(views.preview(shown, each)), `${id}-${each}`);
      if (!sent.ok) return tell(by.person, place, { key: "announce.notToMe" });
    }
    return tell(by.person, place, { key: "announce.toMe" });
  };

  const confirmForm = (announcement: Announcement, does: Confirmed, opened: string): Form => ({
    language,
    name: CONFIRM,
    about: writeAbout({ announcement: announcement.id, does, opened }),
    title: { key: `newsButton.${does}` },
    paragraphs: [{ words: announcement.text.tr.title }, { key: `announce.confirm-${does}` }],
    fields: [],
    send: { key: `newsButton.${does}` },
    cancel: { key: "staff.cancel" },
  });

  return {
    /** Opens the form of an announcement, filled in as far as is known. */
    async write(done: Done & { readonly place: Place }, values: Submission["values"] = {}): Promise<void> {
      await opens(done, announcementForm(parts, { opened: done.id }, values));
    },

    async pressed(press: CardPress, verb: string, { announcement: id = "", revision }: About): Promise<void> {
      const { by, place } = press;
      const found = await announcements.announcement(id);
      if (found === undefined) return tell(by.person, place, { key: "newsRefusal.gone" });
      const named = { id: press.id, by: by.person };
      const act_ = async (action: AnnouncementAction) => {
        const why = await act(id, action);
        if (why !== undefined) await tell(by.person, place, why);
      };
      switch (verb) {
        case "approve":
        case "approve-urgent":
          return act_({ ...named, do: "approve", revision: Number(revision), urgent: verb === "approve-urgent" });
        case "approve-correction":
          return act_({ ...named, do: verb, revision: Number(revision) });
        case "take-back":
        case "drop-correction":
          return act_({ ...named, do: verb });
        case "discard":
        case "pause":
        case "resume":
        case "stop":
          return act_({ ...named, do: verb });
        case "edit":
          return opens(press, announcementForm(parts, { announcement: id, opened: press.id }, valuesOf(found, parts.timeZone)));
        case "correct":
          return opens(press, correctionForm(parts, { announcement: id, opened: press.id }, found));
        case "withdraw":
        case "resend":
          return opens(press, confirmForm(found, verb, press.id));
        case "to-me":
          return toMe(press, found);
      }
    },

    async submitted({ form, about: given, values, by, id: press }: Submission): Promise<Submitted> {
      const about = readAbout(given) ?? {};
      const named = { id: `${about.opened ?? press}-${markOf(JSON.stringify(values))}`, by: by.person };
      const id = about.announcement ?? announcementIdFor(about.opened ?? press);
      const correct = (errors: Readonly<Record<string, Text>>): Submitted => ({ next: "correct", language, errors });
      const done = async (action: AnnouncementAction, field: string): Promise<Submitted> => {
        const why = await act(id, action);
        return why === undefined ? { next: "close" } : correct({ [field]: why });
      };
      switch (form) {
        case ANNOUNCEMENT: {
          const read = draftFrom(parts, values);
          if ("errors" in read) return correct(read.errors);
          const shown = { ...EMPTY, ...read.draft, id, author: by.person };
          const errors = tooLong(parts, shown);
          if (errors !== undefined) return correct(errors);
          return done({ ...named, do: about.announcement === undefined ? "write" : "edit", draft: read.draft }, "title-tr");
        }
        case CORRECTION: {
          const read = wordsFrom(values);
          if ("errors" in read) return correct(read.errors);
          const found = await announcements.announcement(id);
          const errors = found && tooLong(parts, { ...found, text: read.text });
          if (errors !== undefined) return correct(errors);
          return done({ ...named, do: "correct", text: read.text }, "title-tr");
        }
        case CONFIRM: {
          const why = await act(id, {
            id: about.opened ?? press,
            by: by.person,
            do: about.does === "resend" ? "resend-uncertain" : "withdraw",
          });
          return why === undefined ? { next: "close" } : { next: "show", form: notice(language, why) };
        }
      }
      return { next: "close" };
    },
  };
}

/** Marked, so that whoever reads it does not take it for sent; buttons would do nothing there. */
function asTest(reply: Reply): Reply {
  if (reply.kind !== "announcement") return reply;
  return { ...reply, paragraphs: [{ key: "announce.test" }, ...reply.paragraphs], buttons: [] };
}

const EMPTY = { format: 1, state: "draft", history: [], taken: [] } as const;

function notice(language: Form["language"], text: Text): Form {
  return {
    language,
    name: "notice",
    about: "-",
    title: { key: "announce.form" },
    paragraphs: [text],
    fields: [],
    cancel: { key: "staff.done" },
  };
}
