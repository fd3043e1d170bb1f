import { z } from "zod";
import type { Conversation, Person } from "#core/conversation.ts";
import { CONVERSATION_FORMAT, PERSON_FORMAT } from "#core/conversation.ts";
import { DELIVERIES, TICKET_STATES } from "#core/ticket.ts";
import type { DeliveryReport, MemberAct } from "#core/ticket.ts";
import { ATTACHMENTS } from "#core/message.ts";
import type { Address, Effect, Reply, Text } from "#core/message.ts";
import type { Owed } from "#core/ports.ts";
import type { TextKey } from "#core/texts.ts";
import { actionSchema as action, eventsAsked } from "#store/action-format.ts";
import { exactly } from "#store/exactly.ts";
import { LANGUAGES } from "#text/language.ts";

const language = z.enum(LANGUAGES);

// Any string passes: a release may drop a key that is still owed, and whoever words it must cope with that anyway.
const textKey = z.custom<TextKey>((value) => typeof value === "string");

const url = z.string().exactOptional();

const text = exactly<Text>()(
  z.union([
    z.object({ key: textKey, values: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(), url }),
    z.object({ words: z.string(), url }),
  ]),
);

const say = z.object({ kind: z.literal("say"), language, paragraphs: z.array(text) });
const choices = z.object({
  kind: z.literal("choices"),
  language,
  paragraphs: z.array(text),
  turn: z.number(),
  options: z.array(z.object({ label: text, action, listed: z.boolean() })),
});

const reply = exactly<Reply>()(
  z.discriminatedUnion("kind", [
    say,
    choices,
    z.object({ kind: z.literal("document"), language, caption: text, name: z.string(), content: z.string() }),
    z.object({ kind: z.literal("form"), language, question: text, field: z.string() }),
    z.object({ kind: z.literal("edit"), language, turn: z.number(), reply: z.discriminatedUnion("kind", [say, choices]) }),
    z.object({
      kind: z.literal("amend"),
      language,
      reference: z.string(),
      reply: z.discriminatedUnion("kind", [say, choices]),
    }),
  ]),
);

const memberAct = exactly<MemberAct>()(
  z.discriminatedUnion("do", [
    z.object({ do: z.literal("member-writes"), words: z.string() }),
    z.object({ do: z.literal("member-sends"), what: z.enum(ATTACHMENTS), seconds: z.number().optional() }),
    z.object({ do: z.literal("member-ends") }),
    z.object({ do: z.literal("withdraw") }),
  ]),
);

const send = { ticket: z.string(), answer: z.string(), send: z.number() };
const report = exactly<DeliveryReport>()(
  z.object({ ...send, outcome: z.enum(DELIVERIES).exclude(["waiting"]), reference: z.string().optional() }),
);

const effect = exactly<Effect>()(
  z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("record-unanswered"),
      question: z.string(),
      language,
      offered: z.array(z.string()),
      passedOn: z.boolean(),
    }),
    z.object({ kind: z.literal("record-feedback"), entry: z.string(), helpful: z.boolean() }),
    z.object({ kind: z.literal("record-comment"), entry: z.string(), missing: z.string() }),
    z.object({
      kind: z.literal("open-ticket"),
      ticket: z.string(),
      question: z.string(),
      language,
      offered: z.array(z.string()),
      telephone: z.string().optional(),
      follows: z.string().optional(),
      textVersion: z.string(),
    }),
    z.object({
      kind: z.literal("await-answer"),
      awaited: z.string(),
      question: z.string(),
      language,
      textVersion: z.string(),
    }),
    z.object({ kind: z.literal("await-no-more"), awaited: z.string() }),
    z.object({
      kind: z.literal("tell-desk"),
      ticket: z.string(),
      act: memberAct,
      language,
      consent: z.object({ to: z.enum(["pass-on", "pass-also", "talk"]), textVersion: z.string() }).optional(),
    }),
    z.object({
      kind: z.literal("send-once"),
      reply,
      of: z.object(send).optional(),
      amends: z.object({ amended: reply, note: reply }).optional(),
    }),
    z.object({ kind: z.literal("report-delivery"), ...report.shape }),
    z.object({ kind: z.literal("export-my-data") }),
    z.object({ kind: z.literal("delete-my-data"), language }),
  ]),
);

const owed = exactly<Owed>()(
  z.discriminatedUnion("kind", [z.object({ kind: z.literal("reply"), reply }), z.object({ kind: z.literal("effect"), effect })]),
);

export const conversationSchema = exactly<Conversation>()(
  z.object({
    format: z.literal(CONVERSATION_FORMAT),
    turn: z.number(),
    taken: z.array(z.string()),
    offers: z.array(z.object({ turn: z.number(), actions: z.array(action), labels: z.array(z.string()).optional() })),
    language: language.optional(),
    subject: z
      .object({
        question: z.string(),
        entries: z.array(z.string()),
        at: z.number(),
        shown: z.string().optional(),
        events: z.object(eventsAsked).optional(),
      })
      .optional(),
    question: z.string().optional(),
    waiting: z
      .discriminatedUnion("for", [
        z.object({ for: z.literal("missing"), entry: z.string(), until: z.number() }),
        z.object({ for: z.literal("question-to-pass-on"), until: z.number() }),
        z.object({ for: z.literal("telephone"), until: z.number() }),
      ])
      .optional(),
    ticket: z
      .object({
        id: z.string(),
        state: z.enum(TICKET_STATES),
        at: z.number(),
        staffAt: z.number().optional(),
        ended: z.boolean().optional(),
        staffMessages: z.array(z.string()),
      })
      .optional(),
  }),
);

export const personSchema = exactly<Person>()(z.object({ format: z.literal(PERSON_FORMAT), language: language.optional() }));

export const addressSchema = exactly<Address>()(
  z.object({ channel: z.string(), chat: z.string(), thread: z.string().optional(), person: z.string() }),
);

export const debtSchema = z.object({ id: z.string(), owed });

export const recordSchema = z.object({ id: z.string(), value: z.unknown() });
