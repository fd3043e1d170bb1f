import type { StaffButton, StaffPost, StaffRoom } from "#core/staff.ts";
import type { Card, CardButton, Workspace } from "#core/workspace.ts";
import { threadUnder } from "#core/workspace.ts";
import type { MessageReference } from "#core/message.ts";
import type { Sent } from "#core/ports.ts";
import type { ChannelWatch } from "#staff/channel-watch.ts";
import type { Pages } from "#core/pages.ts";
import { writeAbout } from "#staff/about.ts";
import type { Language } from "#text/language.ts";

const WEIGHTS: Partial<Record<StaffButton["act"], "primary" | "danger">> = {
  claim: "primary",
  approve: "primary",
  reject: "danger",
  retire: "danger",
};

/** The staff's room as a channel of their workspace: a card for each ticket, notes in the thread under it. */
export function createRoom(
  workspace: Workspace,
  channel: string,
  language: Language,
  watch: ChannelWatch,
  pages: Pick<Pages, "showAnew">,
): StaffRoom {
  const holds = (reference: MessageReference) => threadUnder(reference).chat === channel;
  const inVain: Sent = { ok: false, why: "not-sent", retryAfterMs: watch.soonMs };
  // Where something stands against the whole channel, nothing is tried in vain, and what failed for it is tried again soon after it is mended.
  const unlessTroubled = async (work: () => Promise<Sent>): Promise<Sent> => {
    if (watch.trouble() !== undefined) return inVain;
    const sent = await work();
    if (sent.ok || sent.why === "unknown" || sent.why === "slow-down") return sent;
    return (await watch.lookNow()) === undefined ? sent : inVain;
  };
  return {
    holds,
    post: (post, { id, tries, under }) =>
      unlessTroubled(() =>
        workspace.post(under === undefined ? { chat: channel } : threadUnder(under), cardFor(post, language), {
          id,
          attempts: tries,
        }),
      ),
    update: (reference, post) =>
      unlessTroubled(async () => {
        const sent = await workspace.update(reference, cardFor(post, language));
        // In a channel that was the desk's before, which the bot may have left.
        return !sent.ok && sent.why === "refused" && !holds(reference) ? { ok: false, why: "gone" } : sent;
      }),
    find: async (id, under) =>
      watch.trouble() === undefined
        ? workspace.find(under === undefined ? { chat: channel } : threadUnder(under), id)
        : "unknown",
    showPagesAnew: () => pages.showAnew(),
    remove: (reference) => unlessTroubled(() => workspace.remove(reference)),
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
