import type { Text } from "#core/message.ts";
import type { Ticket } from "#core/ticket.ts";
import type { Actor, CardPress, Done, Form, Place, Staff, WorkspaceCommand } from "#core/workspace.ts";
import { type About, readAbout } from "#staff/about.ts";
import { NEWS } from "#staff/announcement-card.ts";
import { ANNOUNCEMENT, CORRECTION, TITLE as NEWS_TITLE } from "#staff/announcement-form.ts";
import { createAnnouncing } from "#staff/announcing.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { CANNED, cannedForm, chosen, SEARCH } from "#staff/canned.ts";
import { CLOSE, closed, closeForm, REASON } from "#staff/close.ts";
import { COMPOSE, composed, composeForm, whyNot, WORDS } from "#staff/compose.ts";
import { ENTRY, entryForm, TITLE, valuesFrom } from "#staff/entry-form.ts";
import { createEventActs, EVENT_FORMS } from "#staff/event-acts.ts";
import { EVENT_ACT } from "#staff/event-card.ts";
import { CHOOSE_EVENT, EVENT, EVENT_TITLE } from "#staff/event-form.ts";
import { HOLD, newsSection, staffSections, troubleSections } from "#staff/home.ts";
import type { StaffParts } from "#staff/parts.ts";
import { proposed } from "#staff/propose.ts";
import { entryRefusalText, refusalText } from "#staff/refusal.ts";
import { unansweredForm } from "#staff/unanswered.ts";
import { fold } from "#text/fold.ts";

/** The field of each form at which is told what stands against all of it. */
const FIELDS: Readonly<Record<string, string>> = {
  [COMPOSE]: WORDS,
  [CANNED]: SEARCH,
  [CLOSE]: REASON,
  [ENTRY]: TITLE,
  [ANNOUNCEMENT]: NEWS_TITLE,
  [CORRECTION]: NEWS_TITLE,
  [EVENT]: EVENT_TITLE,
  [CHOOSE_EVENT]: "change",
};

/** What is typed after the command, folded. */
const COMMANDS = {
  yeni: "new",
  new: "new",
  yanitsiz: "unanswered",
  unanswered: "unanswered",
  duyuru: "announce",
  "duyuru dur": "hold",
  "duyuru surdur": "go-on",
  etkinlik: "event",
  "etkinlik yeni": "new-event",
} as const;
type StaffCommand = (typeof COMMANDS)[keyof typeof COMMANDS];

/** What staff do with cards and forms, done at the desk. Whoever may not, or comes too late, is told, alone. */
export function createStaff(parts: StaffParts & { readonly announcing: AnnouncingParts }): Staff {
  const { workspace, desk, members, language, channel } = parts;

  const mayNot = async (by: Actor): Promise<Text | undefined> => {
    const may = await members.mayAct(by);
    if (may === "yes") return undefined;
    return { key: may === "no" ? "refusal.notStaff" : "refusal.unknownStaff" };
  };
  const tell = (person: string, { chat, thread }: Place, text: Text) =>
    workspace.notify(person, { chat: chat === "" ? channel : chat, ...(thread === undefined ? {} : { thread }) }, language, text);

  const opens = async ({ open, by, place }: Done & { readonly place: Place }, form: Form) => {
    const opened = await open(form);
    if (opened !== "opened") await tell(by.person, place, { key: "refusal.tooLate" });
  };
  const openForm = async (press: CardPress, about: About, formOf: (ticket: Ticket) => Form) => {
    const ticket = await desk.ticket(about.ticket ?? "");
    const refusal = ticket === undefined ? ({ why: "gone" } as const) : whyNot(ticket, about, press.by.person);
    if (ticket === undefined || refusal !== undefined)
      return tell(press.by.person, press.place, refusalText(refusal ?? { why: "gone" }));
    return opens(press, formOf(ticket));
  };
  const announcing = createAnnouncing(parts.announcing, { tell, opens });
  const events = createEventActs(parts.announcing, { tell, opens }, (done, values) => announcing.write(done, values));
  const commandActs: Readonly<Record<StaffCommand, (command: WorkspaceCommand) => Promise<void>>> = {
    new: (command) => opens(command, entryForm(parts, { opened: command.id }, {}, [{ key: "entry.note" }])),
    unanswered: async (command) => opens(command, unansweredForm(parts, await parts.unanswered())),
    announce: (command) => announcing.write(command),
    event: (command) => events.choose(command),
    "new-event": (command) => events.write(command),
    hold: (command) => announcing.holdAll(command, true),
    "go-on": (command) => announcing.holdAll(command, false),
  };

  return {
    async pressed(press) {
      const { by, place, id, action } = press;
      const refused = await mayNot(by);
      if (refused !== undefined) return tell(by.person, place, refused);
      const read = readAbout(press.value);
      if (read === undefined) return;
      const { ticket = "", answer, over, entry = "", version } = read;
      const [act = "", ...verb] = action.split("-");
      switch (act) {
        case NEWS:
          return announcing.pressed(press, verb.join("-"), read);
        case EVENT_ACT:
          return events.pressed(press, verb.join("-"), read);
        case HOLD:
          return announcing.holdAll(press, verb.join("-") === "all");
        case "claim":
        case "resend": {
          const acted =
            act === "claim"
              ? await desk.act(ticket, by.person, { do: "claim", over }, id)
              : await desk.act(ticket, by.person, { do: "resend", answer: answer ?? "" }, id);
          return acted.kind === "refused" ? tell(by.person, place, refusalText(acted.refusal)) : undefined;
        }
        case "answer":
          return openForm(press, { ticket }, (found) => composeForm(parts, found, { ticket, opened: id }));
        case "correct":
          return openForm(press, { ticket, answer }, (found) => {
            const sent = found.answers.find((each) => each.id === answer);
            return composeForm(parts, found, { ticket, answer, opened: id }, sent?.words);
          });
        case "canned":
          return openForm(press, { ticket }, (found) => cannedForm(parts, found, { ticket, opened: id }));
        case "learn": {
          const found = await desk.ticket(ticket);
          if (found === undefined) return tell(by.person, place, { key: "refusal.gone" });
          return opens(press, entryForm(parts, { ticket, opened: id }, valuesFrom(found), [{ key: "entry.note" }]));
        }
        case "approve":
        case "reject": {
          await parts.refreshApprovers();
          const outcome = await parts.entries.act(entry, { id, by: by.person, do: act, version: Number(version) });
          if (outcome.kind === "refused") return tell(by.person, place, entryRefusalText(outcome.refusal));
          return parts.showDrafts();
        }
        case "close":
          return openForm(press, { ticket }, (found) => closeForm(parts, found, { ticket, opened: id }));
      }
    },

    async submitted(submission) {
      const refused = await mayNot(submission.by);
      // At a field, so that what was written stays there.
      const field = FIELDS[submission.form];
      if (refused !== undefined && field !== undefined) return { next: "correct", language, errors: { [field]: refused } };
      switch (submission.form) {
        case COMPOSE:
          return composed(parts, submission);
        case CANNED:
          return chosen(parts, submission);
        case CLOSE:
          return closed(parts, submission);
        case ENTRY:
          return proposed(parts, submission);
      }
      return EVENT_FORMS.has(submission.form) ? events.submitted(submission) : announcing.submitted(submission);
    },

    // For anybody else these words are a question like any other.
    async commanded(command) {
      const asked = new Map<string, StaffCommand>(Object.entries(COMMANDS)).get(fold(command.words).trim().replace(/\s+/g, " "));
      if (asked === undefined || (await mayNot(command.by)) !== undefined) return false;
      await commandActs[asked](command);
      return true;
    },

    async home(person) {
      const mayLook = await members.mayLook(person);
      const trouble = mayLook || members.mayBeTold(person) ? troubleSections(parts) : [];
      return mayLook ? [...trouble, ...(await staffSections(parts)), await newsSection(parts.announcing)] : trouble;
    },
  };
}
