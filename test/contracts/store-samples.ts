import * as fc from "fast-check";
import type { Conversation, Person } from "#core/conversation.ts";
import { ANNOUNCEMENT_BUTTONS } from "#core/announcement.ts";
import { TOPICS } from "#core/entry.ts";
import { ATTACHMENTS } from "#core/message.ts";
import { TICKET_STATES } from "#core/ticket.ts";
import type { MemberAct } from "#core/ticket.ts";
import { CALENDAR_LINK_ACTS, type Action } from "#core/action.ts";
import type { Address, Effect, Reply, Text } from "#core/message.ts";
import type { Debts, Loaded, Owed, Saving, Store } from "#core/ports.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import type { Subscription } from "#core/subscription.ts";
import type { Language } from "#text/language.ts";

export const AYSE: Address = { channel: "telegram", chat: "chat-551177", person: "person-551177" };
export const ALI: Address = { channel: "telegram", chat: "chat-662288", person: "person-662288" };
export const MINUTE = 60_000;

/** A reply that can be told from others. */
export function saying(words: string): Owed {
  return { kind: "reply", reply: { kind: "say", language: "tr", paragraphs: [{ words }] } };
}

/** The words of a debt made by `saying`. */
export function wordsOf(owed: Owed | undefined): string | undefined {
  const paragraph = owed?.kind === "reply" && owed.reply.kind === "say" ? owed.reply.paragraphs[0] : undefined;
  return paragraph && "words" in paragraph ? paragraph.words : undefined;
}

/** Loads, changes and saves, as a turn does. */
export async function saveTurn(
  store: Store,
  address: Address,
  incomingId: string,
  owed: readonly Owed[],
  change: Partial<Loaded> = {},
) {
  const loaded = await store.conversations.load(address);
  const saving: Saving = { ...loaded, ...change, incomingId, owed };
  return store.conversations.save(address, saving);
}

/** Takes and settles until nothing is due; answers the words in the order they came. */
export async function drain(debts: Debts, address: Address, holder: string, now: number): Promise<(string | undefined)[]> {
  const words: (string | undefined)[] = [];
  for (;;) {
    const debt = await debts.claim(address, holder, MINUTE, now);
    if (debt === undefined) break;
    words.push(wordsOf(debt.owed));
    await debts.settle(address, holder, debt.id);
  }
  await debts.release(address, holder);
  return words;
}

const language = fc.constantFrom<Language>("tr", "en");
const words = fc.string({ unit: "grapheme", maxLength: 20 });
const count = fc.nat(1000);

const text: fc.Arbitrary<Text> = fc.oneof(
  fc.record({ words }),
  fc.record({ words, url: fc.webUrl() }),
  fc.record({
    key: fc.constant("answer.source" as const),
    values: fc.dictionary(
      fc.constantFrom("title", "count"),
      fc.oneof(words, count, fc.record({ key: fc.constant("topic.esmed" as const) })),
      { noNullPrototype: true },
    ),
  }),
);

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ act: fc.constant("answer" as const), entry: words }),
  fc.record({ act: fc.constant("tell-me" as const), question: words }),
  fc.record({ act: fc.constant("tell-me-not" as const), awaited: words }),
  fc.record({
    act: fc.constantFrom(
      "none-of-these" as const,
      "pass-on" as const,
      "pass-on-confirmed" as const,
      "pass-on-edit" as const,
      "call-me" as const,
      "end-talk" as const,
      "cancel" as const,
      "topics" as const,
      "delete-my-data" as const,
    ),
  }),
  fc.record({ act: fc.constant("rate" as const), entry: words, helpful: fc.boolean() }),
  fc.record({ act: fc.constant("topic" as const), topic: fc.constantFrom(...TOPICS), page: count }),
  fc.record(
    { act: fc.constant("events" as const), upcoming: fc.boolean(), year: count, month: count, place: words, page: count },
    { requiredKeys: ["act", "page"] },
  ),
  fc.record({ act: fc.constant("event" as const), key: words }),
  fc.record({ act: fc.constant("pass-on-confirmed" as const), telephone: words }),
  fc.record({ act: fc.constant("pass-also" as const), words }),
  fc.record({ act: fc.constant("withdraw" as const), ticket: words }),
  fc.record({ act: fc.constant("calendar" as const), events: fc.array(words, { maxLength: 3 }) }),
  fc.record({ act: fc.constant("remind" as const), event: words, on: fc.boolean() }),
  fc.record({ act: fc.constant("calendar-link" as const), do: fc.constantFrom(...CALENDAR_LINK_ACTS) }),
  fc.record({ act: fc.constant("language" as const), language }),
  fc.record({ act: fc.constantFrom("announcements" as const, "leave-all" as const) }),
  fc.record({ act: fc.constant("subscribe" as const), topics: fc.subarray([...ANNOUNCED_TOPICS]), on: fc.boolean() }),
  fc.record(
    { act: fc.constant("set-subscription" as const), language, reminders: fc.boolean(), weekly: fc.boolean() },
    { requiredKeys: ["act"] },
  ),
  fc.record({ act: fc.constant("cities" as const), page: count }),
  fc.record({ act: fc.constant("city" as const), city: words }, { requiredKeys: ["act"] }),
);

const say = fc.record({ kind: fc.constant("say" as const), language, paragraphs: fc.array(text, { maxLength: 3 }) });
const choices = fc.record({
  kind: fc.constant("choices" as const),
  language,
  paragraphs: fc.array(text, { maxLength: 3 }),
  turn: count,
  options: fc.array(fc.record({ label: text, action, listed: fc.boolean() }), { maxLength: 3 }),
});

const reply: fc.Arbitrary<Reply> = fc.oneof(
  say,
  choices,
  fc.record({
    kind: fc.constant("announcement" as const),
    language,
    paragraphs: fc.array(text, { maxLength: 3 }),
    announcement: words,
    buttons: fc.subarray([...ANNOUNCEMENT_BUTTONS]),
  }),
  fc.record({ kind: fc.constant("document" as const), language, caption: text, name: words, content: words }),
  fc.record({ kind: fc.constant("form" as const), language, question: text, field: words }),
  fc.record({ kind: fc.constant("edit" as const), language, turn: count, reply: fc.oneof(say, choices) }),
  fc.record({ kind: fc.constant("amend" as const), language, reference: words, reply: fc.oneof(say, choices) }),
);

const send = { ticket: words, answer: words, send: count };
const memberAct: fc.Arbitrary<MemberAct> = fc.oneof(
  fc.record({ do: fc.constant("member-writes" as const), words }),
  fc.record(
    { do: fc.constant("member-sends" as const), what: fc.constantFrom(...ATTACHMENTS), seconds: count },
    { requiredKeys: ["do", "what"] },
  ),
  fc.record({ do: fc.constantFrom("member-ends" as const, "withdraw" as const) }),
);

export const anySubscription: fc.Arbitrary<Subscription> = fc.record(
  {
    topics: fc.subarray([...ANNOUNCED_TOPICS]),
    city: words,
    language,
    reminders: fc.boolean(),
    weekly: fc.boolean(),
    weeklyUntil: count,
    chat: words,
    thread: words,
    changedAt: count,
    consent: fc.record({ textVersion: words, at: count }),
    paused: fc.boolean(),
  },
  { requiredKeys: ["topics", "language", "reminders", "weekly", "chat", "changedAt", "consent"] },
);

const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.record(
    {
      kind: fc.constant("open-ticket" as const),
      ticket: words,
      question: words,
      language,
      offered: fc.array(words),
      telephone: words,
      follows: words,
      textVersion: words,
    },
    { requiredKeys: ["kind", "ticket", "question", "language", "offered", "textVersion"] },
  ),
  fc.record(
    {
      kind: fc.constant("tell-desk" as const),
      ticket: words,
      act: memberAct,
      language,
      consent: fc.record({ to: fc.constantFrom("pass-on" as const, "pass-also" as const, "talk" as const), textVersion: words }),
    },
    { requiredKeys: ["kind", "ticket", "act", "language"] },
  ),
  fc.record(
    {
      kind: fc.constant("send-once" as const),
      reply,
      of: fc.record(send),
      amends: fc.record({ amended: reply, note: reply }),
    },
    { requiredKeys: ["kind", "reply"] },
  ),
  fc.record(
    {
      kind: fc.constant("report-delivery" as const),
      ...send,
      outcome: fc.constantFrom("sent" as const, "blocked" as const, "refused" as const, "uncertain" as const),
      reference: words,
    },
    { requiredKeys: ["kind", "ticket", "answer", "send", "outcome"] },
  ),
  fc.record({
    kind: fc.constant("record-unanswered" as const),
    question: words,
    language,
    offered: fc.array(words),
    passedOn: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("await-answer" as const), awaited: words, question: words, language, textVersion: words }),
  fc.record({ kind: fc.constant("await-no-more" as const), awaited: words }),
  fc.record({ kind: fc.constant("record-feedback" as const), entry: words, helpful: fc.boolean() }),
  fc.record({ kind: fc.constant("record-comment" as const), entry: words, missing: words }),
  fc.record({ kind: fc.constant("save-subscription" as const), subscription: anySubscription }),
  fc.record({ kind: fc.constant("remind" as const), event: words, on: fc.boolean(), language }),
  fc.record({ kind: fc.constant("calendar-link" as const), do: fc.constantFrom(...CALENDAR_LINK_ACTS), language }),
  fc.record({ kind: fc.constant("export-my-data" as const) }),
  fc.record({ kind: fc.constant("delete-my-data" as const), language }),
);

export const anyOwed: fc.Arbitrary<Owed> = fc.oneof(
  fc.record({ kind: fc.constant("reply" as const), reply }),
  fc.record({ kind: fc.constant("effect" as const), effect }),
);

export const anyConversation: fc.Arbitrary<Conversation> = fc.record(
  {
    format: fc.constant(1 as const),
    turn: count,
    taken: fc.array(words, { maxLength: 4 }),
    offers: fc.array(
      fc.record(
        { turn: count, actions: fc.array(action, { maxLength: 4 }), labels: fc.array(words, { maxLength: 4 }) },
        { requiredKeys: ["turn", "actions"] },
      ),
      { maxLength: 3 },
    ),
    language,
    subject: fc.record(
      { question: words, entries: fc.array(words, { maxLength: 3 }), at: count, shown: words },
      { requiredKeys: ["question", "entries", "at"] },
    ),
    question: words,
    waiting: fc.oneof(
      fc.record({ for: fc.constant("missing" as const), entry: words, until: count }),
      fc.record({ for: fc.constant("question-to-pass-on" as const), until: count }),
      fc.record({ for: fc.constantFrom("telephone" as const, "city" as const), until: count }),
    ),
    ticket: fc.record(
      {
        id: words,
        state: fc.constantFrom(...TICKET_STATES),
        at: count,
        staffAt: count,
        ended: fc.boolean(),
        staffMessages: fc.array(words, { maxLength: 3 }),
      },
      { requiredKeys: ["id", "state", "at", "staffMessages"] },
    ),
  },
  { requiredKeys: ["format", "turn", "taken", "offers"] },
);

export const anyPerson: fc.Arbitrary<Person> = fc.record(
  { format: fc.constant(1 as const), language, subscription: anySubscription, reminders: fc.array(words, { maxLength: 3 }) },
  { requiredKeys: ["format"] },
);

const id = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
export const anyAddress: fc.Arbitrary<Address> = fc.record(
  { channel: fc.constantFrom("telegram", "slack"), chat: id, thread: id, person: id },
  { requiredKeys: ["channel", "chat", "person"] },
);
