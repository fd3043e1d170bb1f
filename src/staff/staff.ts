import type { Text } from "#core/message.ts";
import type { Ticket } from "#core/ticket.ts";
import type { Actor, CardPress, Form, Place, Staff } from "#core/workspace.ts";
import { type About, readAbout } from "#staff/about.ts";
import { CANNED, cannedForm, chosen, SEARCH } from "#staff/canned.ts";
import { CLOSE, closed, closeForm, REASON } from "#staff/close.ts";
import { COMPOSE, composed, composeForm, whyNot, WORDS } from "#staff/compose.ts";
import type { StaffParts } from "#staff/parts.ts";
import { refusalText } from "#staff/refusal.ts";

/** The field of each form at which is told what stands against all of it. */
const FIELDS: Readonly<Record<string, string>> = { [COMPOSE]: WORDS, [CANNED]: SEARCH, [CLOSE]: REASON };

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

  const openForm = async (press: CardPress, about: About, formOf: (ticket: Ticket) => Form) => {
    const ticket = await desk.ticket(about.ticket);
    const refusal = ticket === undefined ? ({ why: "gone" } as const) : whyNot(ticket, about, press.by.person);
    if (ticket === undefined || refusal !== undefined)
      return tell(press.by.person, press.place, refusalText(refusal ?? { why: "gone" }));
    const opened = await press.open(formOf(ticket));
    if (opened !== "opened") await tell(press.by.person, press.place, { key: "refusal.tooLate" });
  };

  return {
    async pressed(press) {
      const { by, place, id, action } = press;
      const refused = await mayNot(by);
      if (refused !== undefined) return tell(by.person, place, refused);
      const read = readAbout(press.value);
      if (read === undefined) return;
      const { ticket, answer, over } = read;
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
      }
      return { next: "close" };
    },
  };
}
