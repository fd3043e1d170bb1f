import { z } from "zod";
import { ANNOUNCEMENT_BUTTONS } from "#core/announcement.ts";
import { TOPICS } from "#core/entry.ts";
import type { Action } from "#core/action.ts";
import { CALENDAR_LINK_ACTS } from "#core/action.ts";
import type { Reply, Text } from "#core/message.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";
import type { TextKey } from "#core/texts.ts";
import { LANGUAGES } from "#text/language.ts";

type Plain<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Each)[]
    ? Plain<Each>[]
    : { -readonly [Name in keyof T]-?: Plain<Exclude<T[Name], undefined>> };

/** A schema that knows every member and field of its type: one that was added to the type and forgotten here does not compile. */
export function exactly<T>() {
  return <Schema extends z.ZodType<T>>(
    schema: [Plain<T>, Plain<z.output<Schema>>] extends [Plain<z.output<Schema>>, Plain<T>] ? Schema : never,
  ): Schema => schema;
}

export const language = z.enum(LANGUAGES);

// Any string passes: a release may drop a key that is still owed, and whoever words it must cope with that anyway.
const textKey = z.custom<TextKey>((value) => typeof value === "string");

const url = z.string().exactOptional();
const toCopy = z.literal(true).exactOptional();
const namesCommands = z.literal(true).exactOptional();

const text = exactly<Text>()(
  z.union([
    z.object({
      key: textKey,
      values: z.record(z.string(), z.union([z.string(), z.number(), z.object({ key: textKey })])).exactOptional(),
      url,
      toCopy,
      namesCommands,
    }),
    z.object({ words: z.string(), url, toCopy, namesCommands }),
  ]),
);

export const eventsAsked = {
  upcoming: z.boolean().optional(),
  year: z.number().optional(),
  month: z.number().optional(),
  day: z.number().optional(),
  place: z.string().optional(),
  kind: z.string().optional(),
};

export const action = exactly<Action>()(
  z.discriminatedUnion("act", [
    z.object({ act: z.literal("answer"), entry: z.string() }),
    z.object({ act: z.literal("none-of-these") }),
    z.object({ act: z.literal("rate"), entry: z.string(), helpful: z.boolean() }),
    z.object({ act: z.literal("pass-on") }),
    z.object({ act: z.literal("pass-on-confirmed"), telephone: z.string().optional() }),
    z.object({ act: z.literal("pass-on-edit") }),
    z.object({ act: z.literal("call-me") }),
    z.object({ act: z.literal("pass-also"), words: z.string() }),
    z.object({ act: z.literal("tell-me"), question: z.string() }),
    z.object({ act: z.literal("tell-me-not"), awaited: z.string() }),
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
    z.object({ act: z.literal("remind"), event: z.string(), on: z.boolean() }),
    z.object({ act: z.literal("calendar-link"), do: z.enum(CALENDAR_LINK_ACTS) }),
    z.object({ act: z.literal("language"), language }),
    z.object({ act: z.literal("announcements") }),
    z.object({ act: z.literal("subscribe"), topics: z.array(z.enum(ANNOUNCED_TOPICS)), on: z.boolean() }),
    z.object({
      act: z.literal("set-subscription"),
      language: language.optional(),
      reminders: z.boolean().optional(),
      weekly: z.boolean().optional(),
    }),
    z.object({ act: z.literal("cities"), page: z.number() }),
    z.object({ act: z.literal("city"), city: z.string().optional() }),
    z.object({ act: z.literal("leave-all") }),
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

const announcement = z.object({
  kind: z.literal("announcement"),
  language,
  paragraphs: z.array(text),
  announcement: z.string(),
  buttons: z.array(z.enum(ANNOUNCEMENT_BUTTONS)),
});

export const reply = exactly<Reply>()(
  z.discriminatedUnion("kind", [
    say,
    choices,
    announcement,
    z.object({
      kind: z.literal("digest"),
      language,
      paragraphs: z.array(text),
      announcements: z.array(z.object({ id: z.string(), title: z.string() })),
    }),
    z.object({ kind: z.literal("document"), language, caption: text, name: z.string(), content: z.string() }),
    z.object({ kind: z.literal("form"), language, question: text, field: z.string() }),
    z.object({ kind: z.literal("edit"), language, turn: z.number(), reply: z.discriminatedUnion("kind", [say, choices]) }),
    z.object({
      kind: z.literal("amend"),
      language,
      reference: z.string(),
      reply: z.discriminatedUnion("kind", [say, choices, announcement]),
    }),
    z.object({ kind: z.literal("withdraw"), language, reference: z.string() }),
  ]),
);
