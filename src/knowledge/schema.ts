import { z } from "zod";
import type { Entry } from "#core/entry.ts";
import { TOPICS } from "#core/entry.ts";
import type { Event } from "#core/event.ts";
import { EVENT_KINDS, EVENT_STATUSES } from "#core/event.ts";
import { isRealDate } from "#text/dates.ts";

const ID_FORM = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const DATE_FORM = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;
const DAY_FORM = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MOMENT_FORM = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d)?)?)?$/;

const NO_SUCH_DAY = "that month has no such day: correct it";

const id = z.string({ error: "write the id as text" }).regex(ID_FORM, {
  error: "small Latin letters, digits and single hyphens only, for example: esmed-nedir",
});
const text = z.string({ error: "write a text here" }).trim().min(1, { error: "must not be empty" });
const partialDate = z
  .string({ error: 'put the date in quotes, for example: "2024-05"' })
  .regex(DATE_FORM, { error: 'a year, a month or a day in quotes: "2024", "2024-05" or "2024-05-31"' })
  .refine(isRealDate, { error: NO_SUCH_DAY });
const day = z
  .string({ error: 'put the date in quotes, for example: "2026-10-26"' })
  .regex(DAY_FORM, { error: 'a whole day in quotes, for example: "2026-10-26"' })
  .refine(isRealDate, { error: NO_SUCH_DAY });
const moment = z
  .string({ error: 'put the date in quotes, for example: "2025-12-04T14:00"' })
  .regex(MOMENT_FORM, { error: 'a year, month, day or day with hour in quotes, for example: "2025-12-04T14:00"' })
  .refine(isRealDate, { error: NO_SUCH_DAY });
const timeZone = z
  .string({ error: "write the time zone as text" })
  .refine(isTimeZone, { error: "no time zone of that name is known: write one like Europe/Istanbul" });
const address = z.url({ protocol: /^https?$/, error: "a whole web address, beginning with https:// or http://" });

const inLanguages = <Schema extends z.ZodType>(schema: Schema) => z.strictObject({ tr: schema, en: schema });
const wordings = z.array(text.max(160, { error: "at most 160 letters: people ask briefly" }));

const source = z
  .strictObject({ title: text, url: address.optional(), date: partialDate.optional(), read: day.optional() })
  .refine((value) => (value.date === undefined) !== (value.read === undefined), {
    error: "give date (the page's own date) or read (the day it was read), one of the two",
  });

const entryShape = z.strictObject({
  id,
  topic: z.enum(TOPICS, { error: `one of: ${TOPICS.join(", ")}` }),
  title: inLanguages(text.max(90, { error: "at most 90 letters: it becomes a button" })),
  questions: inLanguages(wordings),
  answer: inLanguages(text.max(1_500, { error: "at most 1,500 letters: it is read on a phone" })),
  sources: z.array(source).default([]),
  asOf: partialDate.optional(),
  review: day.optional(),
  owner: id,
  basis: inLanguages(text).optional(),
  deadline: day.optional(),
  event: id.optional(),
  related: z.array(id).max(5, { error: "at most five" }).default([]),
  doesNotCover: inLanguages(wordings).default({ tr: [], en: [] }),
  smallTalk: z.boolean().default(false),
});

/** What an entry file must hold. Unknown keys are refused: a misspelt one would be silently ignored otherwise. */
export const entrySchema: z.ZodType<Entry> = entryShape.superRefine((entry, context) => {
  const say = (path: PropertyKey[], message: string) => context.addIssue({ code: "custom", path, message });
  const service = entry.topic === "service";
  if (!service && entry.sources.length === 0) say(["sources"], "every answer needs at least one source");
  if (!service && entry.smallTalk) say(["smallTalk"], "only entries of the topic service can be small talk");
  if (entry.topic === "law" && !entry.basis) say(["basis"], "a law answer names the article or the law it rests on");
  if (entry.topic === "law" && !entry.review) say(["review"], "law can change: give the day to read it again");
  if (entry.questions.tr.length < 5) say(["questions", "tr"], "at least five wordings in Turkish");
  if (entry.questions.en.length < 3) say(["questions", "en"], "at least three wordings in English");
});

/** What keeps a value from being an entry, each with its field and remedy; nothing where it is one. */
export function problemsOfEntry(value: unknown): readonly string[] {
  const parsed = entrySchema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
}

/** A stored value as an entry, or `undefined` where it is none. */
export function readEntry(value: unknown): Entry | undefined {
  return entrySchema.safeParse(value).data;
}

const eventShape = z.strictObject({
  key: id,
  kind: z.enum(EVENT_KINDS, { error: `one of: ${EVENT_KINDS.join(", ")}` }),
  topics: z.array(z.enum(TOPICS, { error: `one of: ${TOPICS.join(", ")}` })).min(1, { error: "at least one topic" }),
  title: inLanguages(text),
  timeZone: timeZone.default("Europe/Istanbul"),
  start: moment.optional(),
  end: moment.optional(),
  venue: text.optional(),
  city: text.optional(),
  country: text.optional(),
  organisers: z.array(text).default([]),
  participants: z.array(text).default([]),
  url: address.optional(),
  entries: z.array(id).default([]),
  status: z.enum(EVENT_STATUSES, { error: `one of: ${EVENT_STATUSES.join(", ")}` }),
  sequence: z.int().min(0).default(0),
  registration: z.strictObject({ url: address.optional(), deadline: day.optional() }).optional(),
  fee: text.optional(),
  audience: text.optional(),
  language: text.optional(),
  contact: text.optional(),
});

/** What an event file must hold. */
export const eventSchema: z.ZodType<Event> = eventShape.superRefine(({ start, end }, context) => {
  const known = Math.min(start?.length ?? 0, end?.length ?? 0);
  if (end !== undefined && start === undefined)
    context.addIssue({ code: "custom", path: ["start"], message: "an event that has an end has a start: give it" });
  else if (start !== undefined && end !== undefined && end.slice(0, known) < start.slice(0, known))
    context.addIssue({ code: "custom", path: ["end"], message: `is before the start (${start}): correct one of the two` });
});

/** A stored value as an event, or `undefined` where it is none. */
export function readEvent(value: unknown): Event | undefined {
  return eventSchema.safeParse(value).data;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** The same rules as JSON Schema, for editors that check while one types. */
export function entryJsonSchema(): object {
  return z.toJSONSchema(entryShape, { io: "input" });
}
