import type { MemberAct, MemberMessage, Ticket } from "#core/ticket.ts";
import { ANSWER_LAPSES_MS, TALK_LASTS_MS } from "#core/ticket.ts";
import { done, refused } from "#desk/outcome.ts";
import type { Outcome, TicketNote } from "#desk/outcome.ts";

/** What the member does: writes, sends something, ends the talk, takes the question back. On a closed ticket nothing of it. */
export function actOfMember(ticket: Ticket, act: MemberAct, now: number): Outcome {
  if (ticket.state === "closed") return refused({ why: "closed" });
  switch (act.do) {
    case "member-writes":
      return hear(ticket, { at: now, words: act.words }, { is: "member-wrote", words: act.words }, act.thanks);
    case "member-sends": {
      const sent = { what: act.what, ...(act.seconds === undefined ? {} : { seconds: act.seconds }) };
      return hear(ticket, { at: now, ...sent }, { is: "member-sent", ...sent });
    }
    case "member-ends":
      return end(ticket, now);
    case "withdraw":
      return done(
        { ...ticket, state: "closed", talking: false, closed: { reason: "withdrawn", at: now } },
        { to: "card" },
        { to: "thread", note: { is: "withdrawn" } },
      );
  }
}

/** What was answered waits again, for the one who answered it, unless the member only thanks. The card, which counts it, comes first. */
function hear(ticket: Ticket, message: MemberMessage, note: TicketNote, thanks = false): Outcome {
  const heard = { ...ticket, messages: [...ticket.messages, message], spokeAt: message.at };
  if (ticket.state !== "answered" || thanks) return done(heard, { to: "card" }, { to: "thread", note });
  const waiting = { state: "claimed", waitsSince: message.at, reminders: 0 } as const;
  return done({ ...heard, ...waiting }, { to: "card" }, { to: "thread", note });
}

/** The talk ends. An answered question is closed with it; one without an answer stays owed. */
function end(ticket: Ticket, now: number): Outcome {
  const note = { to: "thread", note: { is: "member-ended" } } as const;
  if (ticket.state !== "answered") return done({ ...ticket, talking: false }, note);
  return done({ ...ticket, state: "closed", talking: false, closed: { reason: "ended", at: now } }, { to: "card" }, note);
}

/** Half an hour without a word ends the talk; the question stays as it is. */
export function silence(ticket: Ticket, now: number): Outcome {
  if (!ticket.talking || now - ticket.spokeAt < TALK_LASTS_MS) return done(ticket);
  return done({ ...ticket, talking: false }, { to: "thread", note: { is: "silence" } });
}

/** A week without a word closes what was answered, so that it is not kept for ever. A reply begins another question. */
export function lapse(ticket: Ticket, now: number): Outcome {
  if (ticket.state !== "answered" || now - ticket.spokeAt < ANSWER_LAPSES_MS) return done(ticket);
  return done({ ...ticket, state: "closed", talking: false, closed: { reason: "answered", at: now } }, { to: "card" });
}

/** Nothing of the member is left in it; what staff did stays in the history, and their platform is cleared. */
export function erase(ticket: Ticket, now: number): Outcome {
  const { address, telephone: _telephone, closed, ...rest } = ticket;
  if (address === undefined) return done(ticket);
  return done(
    {
      ...rest,
      state: "closed",
      talking: false,
      question: "",
      offered: [],
      messages: [],
      answers: [],
      closed: { ...closed, reason: "erased", at: closed?.at ?? now },
    },
    { to: "removal" },
    { to: "card" },
  );
}
