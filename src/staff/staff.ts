import type { Text } from "#core/message.ts";
import type { Ticket } from "#core/ticket.ts";
import type { Actor, CardPress, Done, Form, Place, Staff } from "#core/workspace.ts";
import { type About, readAbout } from "#staff/about.ts";
import { NEWS } from "#staff/announcement-card.ts";
import { ANNOUNCEMENT, CORRECTION, TITLE as NEWS_TITLE } from "#staff/announcement-form.ts";
import { createAnnouncing } from "#staff/announcing.ts";
import type { AnnouncingParts } from "#staff/announcing-parts.ts";
import { createEventActs, EVENT_FORMS } from "#staff/event-acts.ts";
import { EVENT_ACT } from "#staff/event-card.ts";
import { CHOOSE_EVENT, EVENT, EVENT_TITLE } from "#staff/event-form.ts";
import { CANNED, cannedForm, chosen } from "#staff/canned.ts";
import { changesForm } from "#staff/changes.ts";
import { CLOSE, closed, closeForm, REASON } from "#staff/close.ts";
import { COMPOSE, composed, composeForm, whyNot, WORDS } from "#staff/compose.ts";
import { createCommanded } from "#staff/commanded.ts";
import { SEARCH } from "#staff/entry-choice.ts";
import { ENTRY, entryForm } from "#staff/entry-form.ts";
import { TITLE, valuesFrom } from "#staff/entry-values.ts";
import { BEGIN, HOLD, newsSections, staffSections, troubleSections, workSection } from "#staff/home.ts";
import { createHoldAll } from "#staff/hold-all.ts";
import { notice, type StaffParts } from "#staff/parts.ts";
import { proposed } from "#staff/propose.ts";
import { entryRefusalText, refusalText } from "#staff/refusal.ts";
import { entryRevision, RETIRE, retiring, REVISE, revising } from "#staff/revise.ts";
import { groupForm } from "#staff/unanswered.ts";

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
  [REVISE]: SEARCH,
};

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
  const holdAll = createHoldAll(parts.announcing, tell);
  const commands = createCommanded({ parts, announcing, events, holdAll, mayNot, tell, opens });
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
        case BEGIN:
          return commands.begins(press, verb.join("-"));
        case HOLD:
          return holdAll(press, verb.join("-") === "all");
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
          if (!(await parts.refreshApprovers(by.person))) return tell(by.person, place, { key: "refusal.unknownApprovers" });
          const outcome = await parts.entries.act(entry, { id, by: by.person, do: act, version: Number(version) });
          if (outcome.kind === "refused") return tell(by.person, place, entryRefusalText(outcome.refusal));
          return parts.showDrafts();
        }
        case "edit":
        case "retire": {
          const form = await entryRevision(parts, act, entry, id, version);
          return form === undefined ? tell(by.person, place, { key: "refusal.noEntry" }) : opens(press, form);
        }
        case "draft": {
          const form = await groupForm(parts, read.group ?? "", id);
          return form === undefined ? tell(by.person, place, { key: "refusal.noGroup" }) : opens(press, form);
        }
        case "changes":
          return opens(press, await changesForm(parts, entry));
        case "close":
          return openForm(press, { ticket }, (found) => closeForm(parts, found, { ticket, opened: id }));
      }
    },

    async submitted(submission) {
      const refused = await mayNot(submission.by);
      // At a field, so that what was written stays there.
      const field = FIELDS[submission.form];
      if (refused !== undefined) {
        if (field !== undefined) return { next: "correct", language, errors: { [field]: refused } };
        return { next: "show", form: notice(parts, { key: "staff.retire" }, refused) };
      }
      switch (submission.form) {
        case COMPOSE:
          return composed(parts, submission);
        case CANNED:
          return chosen(parts, submission);
        case CLOSE:
          return closed(parts, submission);
        case ENTRY:
          return proposed(parts, submission);
        case REVISE:
          return revising(parts, submission);
        case RETIRE:
          return retiring(parts, submission);
      }
      return EVENT_FORMS.has(submission.form) ? events.submitted(submission) : announcing.submitted(submission);
    },

    commanded: (command) => commands.commanded(command),

    async home(person) {
      const mayLook = await members.mayLook(person);
      const trouble = mayLook || members.mayBeTold(person) ? troubleSections(parts) : [];
      if (mayLook) await parts.pages.shown(person);
      if (!mayLook) return trouble;
      const [questions, ...rest] = await staffSections(parts);
      return [...trouble, questions, workSection(), ...(await newsSections(parts.announcing)), ...rest];
    },
  };
}
