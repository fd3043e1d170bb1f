import type { Text } from "#core/message.ts";
import type { Ticket } from "#core/ticket.ts";
import type { Actor, CardPress, Done, Form, Place, Staff } from "#core/workspace.ts";
import { type About, readAbout } from "#staff/about.ts";
import { CANNED, cannedForm, chosen, SEARCH } from "#staff/canned.ts";
import { CLOSE, closed, closeForm, REASON } from "#staff/close.ts";
import { COMPOSE, composed, composeForm, whyNot, WORDS } from "#staff/compose.ts";
import { ENTRY, entryForm, TITLE, valuesFrom } from "#staff/entry-form.ts";
import { staffSections, troubleSections } from "#staff/home.ts";
import type { StaffParts } from "#staff/parts.ts";
import { proposed } from "#staff/propose.ts";
import { entryRefusalText, refusalText } from "#staff/refusal.ts";
import { unansweredForm } from "#staff/unanswered.ts";
import { fold } from "#text/fold.ts";

/** The field of each form at which is told what stands against all of it. */
const FIELDS: Readonly<Record<string, string>> = { [COMPOSE]: WORDS, [CANNED]: SEARCH, [CLOSE]: REASON, [ENTRY]: TITLE };

/** What is typed after the command, folded. */
const COMMANDS: ReadonlyMap<string, "new" | "unanswered"> = new Map([
  ["yeni", "new"],
  ["new", "new"],
  ["yanitsiz", "unanswered"],
  ["unanswered", "unanswered"],
]);

/** What staff do with cards and forms, done at the desk. Whoever may not, or comes too late, is told, alone. */
export function createStaff(parts: StaffParts): Staff {
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

  return {
    async pressed(press) {
      const { by, place, id, action } = press;
      const refused = await mayNot(by);
      if (refused !== undefined) return tell(by.person, place, refused);
      const read = readAbout(press.value);
      if (read === undefined) return;
      const { ticket = "", answer, over, entry = "", version } = read;
      const [act] = action.split("-");
      switch (act) {
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
      return { next: "close" };
    },

    // For anybody else these words are a question like any other.
    async commanded(command) {
      const asked = COMMANDS.get(fold(command.words).trim());
      if (asked === undefined || (await mayNot(command.by)) !== undefined) return false;
      if (asked === "new") await opens(command, entryForm(parts, { opened: command.id }, {}, [{ key: "entry.note" }]));
      else await opens(command, unansweredForm(parts, await parts.unanswered()));
      return true;
    },

    async home(person) {
      const mayLook = await members.mayLook(person);
      const trouble = mayLook || members.mayBeTold(person) ? troubleSections(parts) : [];
      return mayLook ? [...trouble, ...(await staffSections(parts))] : trouble;
    },
  };
}
