import type { StaffButton, StaffPost, StaffRoom } from "#core/staff.ts";
import type { Card, CardButton, Workspace } from "#core/workspace.ts";
import { threadUnder } from "#core/workspace.ts";
import { writeAbout } from "#staff/about.ts";
import type { Language } from "#text/language.ts";

const WEIGHTS: Partial<Record<StaffButton["act"], "primary" | "danger">> = {
  claim: "primary",
  approve: "primary",
  reject: "danger",
  retire: "danger",
};

/** The staff's room as a channel of their workspace: a card for each ticket, notes in the thread under it. */
export function createRoom(workspace: Workspace, channel: string, language: Language): StaffRoom {
  return {
    post: (post, { id, tries, under }) =>
      workspace.post(under === undefined ? { chat: channel } : threadUnder(under), cardFor(post, language), {
        id,
        attempts: tries,
      }),
    update: (reference, post) => workspace.update(reference, cardFor(post, language)),
    remove: (reference) => workspace.remove(reference),
  };
}

function cardFor(post: StaffPost, language: Language): Card {
  return { ...post, language, buttons: post.buttons.map(buttonFor) };
}

/** Named by what it does, and by the answer it is about where there may be several of a kind. */
function buttonFor({ label, act, ticket, answer, over, entry }: StaffButton): CardButton {
  const action = act === "resend" ? `${act}-${answer}` : act;
  return {
    label,
    action,
    value: writeAbout({ ticket, answer, over, entry: entry?.id, version: entry?.version.toString() }),
    ...(WEIGHTS[act] === undefined || over !== undefined ? {} : { weight: WEIGHTS[act] }),
  };
}
