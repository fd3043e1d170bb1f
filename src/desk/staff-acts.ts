import { whyNotAct } from "#core/may-act.ts";
import type { DeliveryReport, StaffAnswer, StaffReason, StaffReference, Ticket, TicketDeed } from "#core/ticket.ts";
import { done, refused } from "#desk/outcome.ts";
import type { Outcome } from "#desk/outcome.ts";

type By = { readonly by: StaffReference };

/** So that an answer is one message on every platform, and can be edited as one. */
export const LONGEST_ANSWER = 3000;
/** For so long the same words from the same hand are the same answer, sent from a second form; what did not arrive has a button of its own. */
const SAME_WITHIN_MS = 2 * 60_000;

/** What begins a talk, or ends it. */
const TALK_TURNS: ReadonlySet<TicketDeed> = new Set(["claim", "member-writes", "member-sends", "member-ends"]);

/** Whoever is first has it; the others are told who. */
export function claim(ticket: Ticket, { by, over }: By & { readonly over?: StaffReference | undefined }, now: number): Outcome {
  const { claimedBy } = ticket;
  const refusal = whyNotAct(ticket, by);
  if (refusal !== undefined && (refusal.why !== "claimed" || claimedBy !== over)) return refused(refusal);
  if (claimedBy === by) return refused({ why: "yours" });
  if (claimedBy !== undefined) return done({ ...ticket, claimedBy: by, waitsSince: now, reminders: 0 }, { to: "card" });
  const claimed = { state: "claimed", claimedBy: by, waitsSince: now, reminders: 0, talking: true, spokeAt: now } as const;
  return done({ ...ticket, ...claimed }, { to: "member", news: { is: "claimed" } }, { to: "card" });
}

/** Sends an answer. Whoever answers an open question has claimed it with that; whoever had two forms open has answered once. */
export function answer(ticket: Ticket, { by, words }: By & { readonly words: string }, now: number): Outcome {
  const refusal = mayNotAct(ticket, by) ?? mayNotSay(words);
  if (refusal) return refusal;
  const last = ticket.answers.at(-1);
  const same = last?.by === by && last.words === words.trim() && now - last.at < SAME_WITHIN_MS;
  if (same && !heardSince(ticket, last.at)) return done(ticket);
  const id = String(ticket.answers.length + 1);
  const given: StaffAnswer = { id, by, at: now, words: words.trim(), sends: 1, delivery: "waiting", before: [] };
  const answered = {
    state: "answered",
    claimedBy: by,
    talking: !endedByMember(ticket),
    spokeAt: now,
    answers: [...ticket.answers, given],
  } as const;
  return done(
    { ...ticket, ...answered },
    { to: "member", news: { is: "answered", answer: id, send: 1, words: given.words } },
    { to: "card" },
  );
}

/** Replaces what was sent. A closed question stays closed, but what is wrong in it can still be put right. */
export function correct(ticket: Ticket, { by, answer: id, words }: By & { answer: string; words: string }, now: number): Outcome {
  const sent = ticket.answers.find((each) => each.id === id);
  const refusal = (ticket.state === "closed" ? undefined : mayNotAct(ticket, by)) ?? mayNotSay(words);
  if (refusal) return refusal;
  if (sent === undefined || ticket.address === undefined) return refused({ why: "no-such-answer" });
  if (sent.delivery === "waiting") return refused({ why: "waiting" });
  if (sent.words === words.trim()) return refused({ why: "unchanged" });
  const before = [...sent.before, { by: sent.by, at: sent.at, words: sent.words }];
  const corrected = { ...sent, by, at: now, words: words.trim(), sends: sent.sends + 1, delivery: "waiting" as const, before };
  const { reference } = sent;
  const news = { is: "corrected", answer: id, send: corrected.sends, words: corrected.words } as const;
  return done(
    withAnswer(ticket, corrected),
    { to: "member", news: reference === undefined ? news : { ...news, reference } },
    { to: "card" },
  );
}

/** Sends once more, on purpose, what did not surely arrive. What the member wrote since then goes on waiting for another answer. */
export function resend(ticket: Ticket, { by, answer: id }: By & { answer: string }): Outcome {
  const refusal = ticket.state === "closed" ? undefined : mayNotAct(ticket, by);
  if (refusal) return refusal;
  const sent = ticket.answers.find((each) => each.id === id);
  if (sent === undefined || ticket.address === undefined) return refused({ why: "no-such-answer" });
  if (sent.delivery === "waiting") return refused({ why: "waiting" });
  if (sent.delivery === "sent") return refused({ why: "arrived" });
  const again = { ...sent, sends: sent.sends + 1, delivery: "waiting" as const };
  const state = ticket.state === "claimed" && !heardSince(ticket, sent.at) ? "answered" : ticket.state;
  return done(
    { ...withAnswer(ticket, again), state },
    { to: "member", news: { is: "answered", answer: id, send: again.sends, words: again.words } },
    { to: "card" },
  );
}

export function close(ticket: Ticket, { by, reason }: By & { readonly reason: StaffReason }, now: number): Outcome {
  const refusal = mayNotAct(ticket, by);
  if (refusal) return refusal;
  if (reason === "answered" && ticket.answers.length === 0) return refused({ why: "unanswered" });
  return done(
    { ...ticket, state: "closed", talking: false, closed: { reason, at: now, by } },
    { to: "member", news: { is: "closed", reason } },
    { to: "card" },
  );
}

/**
 * How a send ended. A report of an earlier send, or one that comes again, says nothing new. A question whose answer did not surely arrive
 * is not answered: it waits again, for the one who answered it.
 */
export function delivered(ticket: Ticket, report: Omit<DeliveryReport, "ticket">, now: number): Outcome {
  const sent = ticket.answers.find((each) => each.id === report.answer);
  if (sent?.sends !== report.send || sent.delivery !== "waiting") return done(ticket);
  const reference = report.reference ?? sent.reference;
  const known = { ...sent, delivery: report.outcome, ...(reference === undefined ? {} : { reference }) };
  const shown = withAnswer(ticket, known);
  if (report.outcome === "sent") return done(shown, { to: "card" });
  const note = { is: "not-delivered", answer: sent.id, outcome: report.outcome } as const;
  const waits = { state: "claimed", waitsSince: now, reminders: 0 } as const;
  const open = ticket.state === "answered" ? { ...shown, ...waits } : shown;
  return done(open, { to: "card" }, { to: "thread", note });
}

/** Says that it waits, to the one who has it or to everybody; the second time a second person is looked for. */
export function remind(ticket: Ticket): Outcome {
  if (ticket.state === "closed" || ticket.state === "answered") return done(ticket);
  const note = { is: "reminder", again: ticket.reminders > 0 } as const;
  const { claimedBy } = ticket;
  return done(
    { ...ticket, reminders: ticket.reminders + 1 },
    { to: "thread", note: claimedBy === undefined ? note : { ...note, claimedBy } },
  );
}

/** A member who ended the talk is not drawn into it again by an answer, only by a claim or by writing. */
function endedByMember({ history }: Ticket): boolean {
  const last = history.findLast(({ did }) => TALK_TURNS.has(did));
  return last?.did === "member-ends";
}

function mayNotAct(ticket: Ticket, by: StaffReference): Outcome | undefined {
  const refusal = whyNotAct(ticket, by);
  return refusal && refused(refusal);
}

function mayNotSay(words: string): Outcome | undefined {
  if (words.trim() === "") return refused({ why: "empty" });
  return words.trim().length > LONGEST_ANSWER ? refused({ why: "too-long", most: LONGEST_ANSWER }) : undefined;
}

function heardSince({ messages }: Ticket, moment: number): boolean {
  return messages.some(({ at }) => at > moment);
}

function withAnswer(ticket: Ticket, changed: StaffAnswer): Ticket {
  return { ...ticket, answers: ticket.answers.map((each) => (each.id === changed.id ? changed : each)) };
}
