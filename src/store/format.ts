import { z } from "zod";
import type { Conversation, Person } from "#core/conversation.ts";
import { CONVERSATION_FORMAT, PERSON_FORMAT } from "#core/conversation.ts";
import { TOPICS } from "#core/entry.ts";
import { DELIVERIES, TICKET_STATES } from "#core/ticket.ts";
import type { DeliveryReport, MemberAct } from "#core/ticket.ts";
import { ATTACHMENTS } from "#core/message.ts";
import type { Action, Address, Effect, Reply, Text } from "#core/message.ts";
import type { Owed } from "#core/ports.ts";
import type { TextKey } from "#core/texts.ts";
import { LANGUAGES } from "#text/language.ts";

type Plain<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Each)[]
    ? Plain<Each>[]
    : { -readonly [Name in keyof T]-?: Plain<Exclude<T[Name], undefined>> };

/** A schema that knows every member and field of its type: one that was added to the type and forgotten here does not compile. */
function exactly<T>() {
  return <Schema extends z.ZodType<T>>(
    schema: [Plain<T>, Plain<z.output<Schema>>] extends [Plain<z.output<Schema>>, Plain<T>] ? Schema : never,
  ): Schema => schema;
}

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

const eventsAsked = {
  upcoming: z.boolean().optional(),
  year: z.number().optional(),
  month: z.number().optional(),
  day: z.number().optional(),
  place: z.string().optional(),
  kind: z.string().optional(),
};

const action = exactly<Action>()(
  z.discriminatedUnion("act", [
    z.object({ act: z.literal("answer"), entry: z.string() }),
    z.object({ act: z.literal("none-of-these") }),
    z.object({ act: z.literal("rate"), entry: z.string(), helpful: z.boolean() }),
    z.object({ act: z.literal("pass-on") }),
    z.object({ act: z.literal("pass-on-confirmed"), telephone: z.string().optional() }),
    z.object({ act: z.literal("pass-on-edit") }),
    z.object({ act: z.literal("call-me") }),
    z.object({ act: z.literal("pass-also"), words: z.string() }),
    z.object({ act: z.literal("withdraw"), ticket: z.string() }),
    z.object({ act: z.literal("end-talk") }),
    z.object({ act: z.literal("cancel") }),
    z.object({ act: z.literal("topics") }),
    z.object({ act: z.literal("topic"), topic: z.enum(TOPICS), page: z.number() }),
    z.object({
      act: z.literal("events"),
      ...eventsAsked,
      page: z.number(),
    }),
    z.object({ act: z.literal("event"), key: z.string() }),
    z.object({ act: z.literal("calendar"), events: z.array(z.string()) }),
    z.object({ act: z.literal("language"), language }),
    z.object({ act: z.literal("delete-my-data") }),
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
    z.object({ kind: z.literal("tell-desk"), ticket: z.string(), act: memberAct, language }),
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
