import { z } from "zod";
import { CALENDAR_LINK_ACTS } from "#core/action.ts";
import type { Conversation, Person } from "#core/conversation.ts";
import { CONVERSATION_FORMAT, PERSON_FORMAT } from "#core/conversation.ts";
import { DELIVERIES, TICKET_STATES } from "#core/ticket.ts";
import type { DeliveryReport, MemberAct } from "#core/ticket.ts";
import { ATTACHMENTS } from "#core/message.ts";
import type { Address, Effect } from "#core/message.ts";
import type { Owed } from "#core/ports.ts";
import type { Subscription } from "#core/subscription.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import { action, eventsAsked, exactly, language, reply } from "#store/reply-format.ts";

const memberAct = exactly<MemberAct>()(
  z.discriminatedUnion("do", [
    z.object({ do: z.literal("member-writes"), words: z.string(), thanks: z.boolean().optional() }),
    z.object({ do: z.literal("member-sends"), what: z.enum(ATTACHMENTS), seconds: z.number().optional() }),
    z.object({ do: z.literal("member-ends") }),
    z.object({ do: z.literal("withdraw") }),
  ]),
);

const send = { ticket: z.string(), answer: z.string(), send: z.number() };
const report = exactly<DeliveryReport>()(
  z.object({ ...send, outcome: z.enum(DELIVERIES).exclude(["waiting"]), reference: z.string().optional() }),
);

const subscription = exactly<Subscription>()(
  z.object({
    topics: z.array(z.enum(ANNOUNCED_TOPICS)),
    city: z.string().optional(),
    language,
    reminders: z.boolean(),
    weekly: z.boolean(),
    weeklyUntil: z.number().optional(),
    chat: z.string(),
    thread: z.string().optional(),
    changedAt: z.number(),
    consent: z.object({ textVersion: z.string(), at: z.number() }),
    paused: z.boolean().optional(),
  }),
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
      kind: z.literal("hand-over-alone"),
      question: z.string().optional(),
      offered: z.array(z.string()),
      language,
    }),
    z.object({
      kind: z.literal("send-once"),
      reply,
      of: z.object(send).optional(),
      amends: z.object({ amended: reply, note: reply }).optional(),
    }),
    z.object({ kind: z.literal("report-delivery"), ...report.shape }),
    z.object({ kind: z.literal("save-subscription"), subscription }),
    z.object({ kind: z.literal("remind"), event: z.string(), on: z.boolean(), language }),
    z.object({ kind: z.literal("calendar-link"), do: z.enum(CALENDAR_LINK_ACTS), language }),
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
        z.object({ for: z.literal("city"), until: z.number() }),
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

export const personSchema = exactly<Person>()(
  z.object({
    format: z.literal(PERSON_FORMAT),
    language: language.optional(),
    subscription: subscription.optional(),
    reminders: z.array(z.string()).optional(),
  }),
);

export const addressSchema = exactly<Address>()(
  z.object({ channel: z.string(), chat: z.string(), thread: z.string().optional(), person: z.string() }),
);

export const debtSchema = z.object({ id: z.string(), owed });

export const recordSchema = z.object({ id: z.string(), value: z.unknown() });
