import { BotError } from "#core/errors.ts";
import type { Effect } from "#core/message.ts";
import type { Debt, Debts } from "#core/ports.ts";
import { continued } from "#core/ticket.ts";
import type { Desk } from "#desk/desk.ts";

type TellDesk = Extract<Effect, { kind: "tell-desk" }>;

/**
 * Tells the desk what a member did to a question. What is written or sent when that is closed already goes to the question that goes on
 * from it, and begins that one where there is none, so that no word is lost.
 * @throws BotError `desk.no-ticket` where the question is not there yet: then it has to be told again.
 */
export async function tellDesk(
  desk: Pick<Desk, "open" | "memberActs" | "forget">,
  debts: Debts,
  debt: Debt,
  effect: TellDesk,
): Promise<void> {
  const { act, language } = effect;
  const { id, address } = debt;
  const speaks = act.do === "member-writes" || act.do === "member-sends";
  let { ticket } = effect;
  for (;;) {
    const acted = await desk.memberActs(ticket, act, id);
    if (acted.kind === "done") return;
    if (acted.refusal.why === "gone" && ticket === effect.ticket && !speaks) {
      // Its opening may be put aside: then this goes after it, and in vain only until the debt itself expires.
      throw new BotError("desk.no-ticket", "There is no such question at the desk yet; this is tried again.");
    }
    // Who only says thanks begins nothing.
    if (!speaks || (act.do === "member-writes" && act.thanks === true)) return;
    if (acted.refusal.why === "gone" && ticket !== effect.ticket) break;
    ticket = continued(ticket);
  }
  const question = act.do === "member-writes" ? act.words : "";
  await desk.open({ id: ticket, address, language, question, offered: [], follows: effect.ticket }, id);
  if (act.do === "member-sends") await desk.memberActs(ticket, act, `${id}-sent`);
  // The person may have had everything deleted meanwhile.
  if (!(await debts.owes(address, id))) await desk.forget(address.channel, address.person);
}
