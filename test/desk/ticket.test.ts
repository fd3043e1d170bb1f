import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Ticket } from "#core/ticket.ts";
import { CLOSE_REASONS, STAFF_REASONS, TALK_LASTS_MS, ticketNumber } from "#core/ticket.ts";
import type { Outcome } from "#desk/outcome.ts";
import { LONGEST_ANSWER } from "#desk/staff-acts.ts";
import type { TicketAction } from "#desk/ticket.ts";
import { changeTicket, openTicket } from "#desk/ticket.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const opening = {
  id: "tg-1",
  address: { channel: "telegram", chat: "c", person: "p" },
  language: "tr",
  question: "Aidat borcum ne kadar?",
  offered: [],
} as const;
const fresh = openTicket(opening, NOW).ticket;

type Doing = TicketAction extends infer Each ? (Each extends { readonly id: string } ? Omit<Each, "id"> : never) : never;

/** The ticket after deeds that are all accepted, a minute apart. */
function after(...deeds: readonly Doing[]): Ticket {
  return deeds.reduce((ticket, doing, at) => {
    const outcome = changeTicket(ticket, { ...doing, id: `d${at}` }, NOW + (at + 1) * 60_000);
    if (outcome.kind === "refused") throw new Error(`${doing.do} was refused: ${outcome.refusal.why}`);
    return outcome.ticket;
  }, fresh);
}

function outcomeOf(ticket: Ticket, doing: Doing, now = NOW + 3_600_000): Outcome {
  return changeTicket(ticket, { ...doing, id: "last" }, now);
}

const refusalOf = (outcome: Outcome) => (outcome.kind === "refused" ? outcome.refusal : undefined);
const effectsOf = (outcome: Outcome) => (outcome.kind === "done" ? outcome.effects : []);

const claim: Doing = { do: "claim", by: "ayse" };
const reply: Doing = { do: "answer", by: "ayse", words: "Borcunuz yok." };
const arrived: Doing = { do: "delivered", answer: "1", send: 1, outcome: "sent", reference: "77" };
const lost: Doing = { do: "delivered", answer: "1", send: 1, outcome: "uncertain" };

test("one claims, the other is told who; on purpose it can be taken over", () => {
  const claimed = after(claim);
  expect(claimed).toMatchObject({ state: "claimed", claimedBy: "ayse", talking: true });
  expect(refusalOf(outcomeOf(claimed, { do: "claim", by: "ali" }))).toEqual({ why: "claimed", by: "ayse" });
  expect(refusalOf(outcomeOf(claimed, { do: "answer", by: "ali", words: "x" }))).toEqual({ why: "claimed", by: "ayse" });
  expect(refusalOf(outcomeOf(claimed, { do: "close", by: "ali", reason: "known" }))).toEqual({ why: "claimed", by: "ayse" });
  expect(refusalOf(outcomeOf(claimed, { do: "claim", by: "ali", over: "veli" }))).toEqual({ why: "claimed", by: "ayse" });
  expect(after(claim, { do: "claim", by: "ali", over: "ayse" }).claimedBy).toBe("ali");
});

test("an answer is sent by its button; what is wrong in it is corrected where it stands", () => {
  const answered = after(claim, reply);
  expect(answered.state).toBe("answered");
  expect(refusalOf(outcomeOf(answered, { do: "correct", by: "ayse", answer: "1", words: "Var." }))).toEqual({ why: "waiting" });
  const corrected = outcomeOf(after(claim, reply, arrived), { do: "correct", by: "ayse", answer: "1", words: "Var." });
  expect(effectsOf(corrected)).toContainEqual({
    to: "member",
    news: { is: "corrected", answer: "1", send: 2, words: "Var.", reference: "77" },
  });
  expect(corrected.kind === "done" && corrected.ticket.answers[0]).toMatchObject({
    words: "Var.",
    delivery: "waiting",
    before: [{ words: "Borcunuz yok." }],
  });
});

test("only what did not surely arrive is sent again", () => {
  const again: Doing = { do: "resend", by: "ayse", answer: "1" };
  expect(refusalOf(outcomeOf(after(claim, reply), again))).toEqual({ why: "waiting" });
  expect(refusalOf(outcomeOf(after(claim, reply, arrived), again))).toEqual({ why: "arrived" });
  expect(effectsOf(outcomeOf(after(claim, reply, lost), again))).toContainEqual({
    to: "member",
    news: { is: "answered", answer: "1", send: 2, words: "Borcunuz yok." },
  });
});

test("an answer of which nobody knows whether it arrived leaves the question open, until it surely has", () => {
  const open = after(claim, reply, lost);
  expect(open).toMatchObject({ state: "claimed", claimedBy: "ayse", reminders: 0, waitsSince: NOW + 3 * 60_000 });
  expect(after(claim, reply, lost, { do: "member-ends" }).state).toBe("claimed");
  const again: Doing[] = [claim, reply, lost, { do: "resend", by: "ayse", answer: "1" }];
  expect(after(...again).state).toBe("answered");
  expect(after(...again, { ...arrived, send: 2 }).state).toBe("answered");
  expect(after(...again, { ...lost, send: 2 }).state).toBe("claimed");
  // What the member wrote meanwhile still waits for another answer.
  expect(after(claim, reply, lost, { do: "member-writes", words: "Alo?" }, again[3] as Doing).state).toBe("claimed");
  expect(after(claim, reply, { do: "close", by: "ayse", reason: "answered" }, lost).state).toBe("closed");
});

test.each(["blocked", "refused"] as const)(
  "an answer that was %s leaves the question open, with its reminders, and staff hear why",
  (outcome) => {
    const failed: Doing = { do: "delivered", answer: "1", send: 1, outcome };
    const open = after(claim, reply, failed);
    expect(open).toMatchObject({ state: "claimed", claimedBy: "ayse", reminders: 0, waitsSince: NOW + 3 * 60_000 });
    expect(open.answers[0]?.delivery).toBe(outcome);
    expect(effectsOf(outcomeOf(after(claim, reply), failed))).toContainEqual({
      to: "thread",
      note: { is: "not-delivered", answer: "1", outcome },
    });
    expect(after(claim, reply, failed, { do: "resend", by: "ayse", answer: "1" }).state).toBe("answered");
    expect(after(claim, reply, { do: "close", by: "ayse", reason: "answered" }, failed).state).toBe("closed");
  },
);

test("two forms with the same words are one answer; later, or once the member wrote, they are two", () => {
  const minute = 60_000;
  const answered = after(claim, reply);
  const at = answered.answers[0]?.at ?? 0;
  expect(outcomeOf(answered, reply, at + minute)).toEqual({ kind: "done", ticket: answered, effects: [] });
  expect(effectsOf(outcomeOf(answered, { ...reply, words: "Borcunuz var." }, at + minute))).not.toEqual([]);
  expect(effectsOf(outcomeOf(answered, reply, at + 3 * minute))).not.toEqual([]);
  const heard = after(claim, reply, { do: "member-writes", words: "Emin misiniz?" });
  expect(effectsOf(outcomeOf(heard, reply, at + 1.5 * minute))).not.toEqual([]);
});

test("an answer that is empty or too long for one message is refused", () => {
  expect(refusalOf(outcomeOf(fresh, { ...reply, words: " \n" }))).toEqual({ why: "empty" });
  const long = { ...reply, words: "a".repeat(LONGEST_ANSWER + 1) } as Doing;
  expect(refusalOf(outcomeOf(fresh, long))).toEqual({ why: "too-long", most: LONGEST_ANSWER });
});

test("a member who writes again waits again; ending the talk closes what was answered and nothing else", () => {
  const waiting = after(claim, reply, { do: "member-writes", words: "Peki ya faiz?" });
  expect(waiting).toMatchObject({ state: "claimed", claimedBy: "ayse", reminders: 0, messages: [{ words: "Peki ya faiz?" }] });
  expect(after(claim, { do: "member-ends" })).toMatchObject({ state: "claimed", talking: false });
  expect(after(claim, reply, { do: "member-ends" })).toMatchObject({ state: "closed", closed: { reason: "ended" } });
});

test("half an hour of silence ends the talk, not a minute before", () => {
  const talking = after(claim);
  expect(effectsOf(outcomeOf(talking, { do: "silence" }, talking.spokeAt + TALK_LASTS_MS - 1))).toEqual([]);
  const silent = outcomeOf(talking, { do: "silence" }, talking.spokeAt + TALK_LASTS_MS);
  expect(silent.kind === "done" && silent.ticket).toMatchObject({ state: "claimed", talking: false });
});

test("erasing leaves no word of the member and no answer to them", () => {
  const full = after(claim, reply, arrived, { do: "member-writes", words: "Teşekkürler Ayşe Hanım" }, { do: "erase" });
  expect(full).toMatchObject({ state: "closed", closed: { reason: "erased" }, question: "", messages: [], answers: [] });
  expect(full.address).toBeUndefined();
  expect(JSON.stringify(full)).not.toMatch(/Aidat|Teşekkür|Borcunuz/);
});

test("a number that can be said on the telephone follows from the id", () => {
  fc.assert(fc.property(fc.string(), (id) => /^[2-9B-DF-HJ-NPR-TVZ]{3}-[2-9B-DF-HJ-NPR-TVZ]{3}$/.test(ticketNumber(id))));
  expect(new Set(Array.from({ length: 2000 }, (_, at) => ticketNumber(`tg-${at}`))).size).toBe(2000);
});

const who = fc.constantFrom("ayse", "ali", "veli");
const words = fc.constantFrom("evet", "hayır", " ", "a".repeat(LONGEST_ANSWER + 1));
const which = fc.constantFrom("1", "2", "9");
const anyDeed: fc.Arbitrary<Doing> = fc.oneof(
  fc.record({ do: fc.constant("claim" as const), by: who }),
  fc.record({ do: fc.constant("claim" as const), by: who, over: who }),
  fc.record({ do: fc.constant("answer" as const), by: who, words }),
  fc.record({ do: fc.constant("correct" as const), by: who, answer: which, words }),
  fc.record({ do: fc.constant("resend" as const), by: who, answer: which }),
  fc.record({ do: fc.constant("close" as const), by: who, reason: fc.constantFrom(...STAFF_REASONS) }),
  fc.record({
    do: fc.constant("delivered" as const),
    answer: which,
    send: fc.nat(3),
    outcome: fc.constantFrom("sent" as const, "blocked" as const, "refused" as const, "uncertain" as const),
  }),
  fc.record({ do: fc.constant("member-writes" as const), words }),
  fc.record({ do: fc.constant("member-sends" as const), what: fc.constant("voice" as const), seconds: fc.nat(90) }),
  fc.record({
    do: fc.constantFrom(
      "member-ends" as const,
      "withdraw" as const,
      "silence" as const,
      "remind" as const,
      "remark" as const,
      "erase" as const,
    ),
  }),
);
const SENDS = new Set(["answer", "correct", "resend"]);
const TELLS = new Set([...SENDS, "claim", "close"]);
const CLOSES = new Set(["close", "withdraw", "member-ends", "erase"]);

test("whatever happens, nothing reaches the member but by a button, an answer leaves once a press, and closed is final", () => {
  const step = fc.record({ doing: anyDeed, minutes: fc.nat(40), again: fc.boolean() });
  const life = fc.array(step, { maxLength: 40 });
  let closedOnes = 0;
  fc.assert(
    fc.property(life, (steps) => {
      let ticket: Ticket = fresh;
      let now = NOW;
      const presses = new Map<string, number>();
      const sends = new Map<string, number>();
      for (const [at, { doing, minutes, again }] of steps.entries()) {
        now += minutes * 60_000;
        const action = { ...doing, id: `s${at}` } as TicketAction;
        const outcome = changeTicket(ticket, action, now);
        if (outcome.kind === "refused") continue;
        const news = outcome.effects.flatMap((effect) => (effect.to === "member" ? [effect.news] : []));
        if (news.length > 0) expect(TELLS).toContain(doing.do);
        expect(news.length).toBeLessThanOrEqual(1);
        for (const each of news) {
          if (each.is !== "answered" && each.is !== "corrected") continue;
          const key = `${each.answer}/${each.send}`;
          sends.set(key, (sends.get(key) ?? 0) + 1);
          presses.set(each.answer, (presses.get(each.answer) ?? 0) + 1);
          expect(SENDS).toContain(doing.do);
        }
        if (ticket.state === "closed") {
          expect(outcome.ticket.state).toBe("closed");
          expect(outcome.ticket.closed?.at).toBe(ticket.closed?.at);
        } else if (outcome.ticket.state === "closed") {
          expect(CLOSES).toContain(doing.do);
          expect(CLOSE_REASONS).toContain(outcome.ticket.closed?.reason);
          closedOnes += 1;
        }
        // Changed means noted, with who; what comes again changes nothing.
        if (outcome.ticket !== ticket) expect(outcome.ticket.history).toHaveLength(ticket.history.length + 1);
        if (again && outcome.ticket !== ticket) {
          expect(changeTicket(outcome.ticket, action, now)).toEqual({ kind: "done", ticket: outcome.ticket, effects: [] });
        }
        ticket = outcome.ticket;
        if (ticket.state !== "closed") expect(ticket.question).toBe(opening.question);
        for (const answer of ticket.answers) expect(answer.sends).toBe(presses.get(answer.id));
      }
      for (const count of sends.values()) expect(count).toBe(1);
    }),
    { numRuns: 500 },
  );
  expect(closedOnes).toBeGreaterThan(50);
});
