import { z } from "zod";
import {
  ANNOUNCEMENT_DEEDS,
  ANNOUNCEMENT_FORMAT,
  ANNOUNCEMENT_NEWS,
  ANNOUNCEMENT_STATES,
  type Announcement,
} from "#core/announcement.ts";
import { ANNOUNCED_TOPICS } from "#core/subscription.ts";

const topics = z.array(z.enum(ANNOUNCED_TOPICS));
const words = z.object({ title: z.string(), body: z.string() });
const text = z.object({ tr: words, en: words.optional() });

/** What a stored announcement must hold. */
const schema: z.ZodType<Announcement> = z.object({
  format: z.literal(ANNOUNCEMENT_FORMAT),
  id: z.string(),
  news: z.enum(ANNOUNCEMENT_NEWS),
  event: z.string().optional(),
  topics,
  audience: z.discriminatedUnion("of", [
    z.object({ of: z.literal("subscribers"), topics, city: z.string().optional() }),
    z.object({ of: z.literal("told"), by: z.array(z.string()), rest: z.array(z.string()).optional() }),
  ]),
  text,
  urgent: z.boolean(),
  sendAt: z.number().optional(),
  state: z.enum(ANNOUNCEMENT_STATES),
  author: z.string(),
  approver: z.string().optional(),
  history: z.array(z.object({ at: z.number(), did: z.enum(ANNOUNCEMENT_DEEDS), by: z.string().optional() })),
  correction: z.object({ text, by: z.string() }).optional(),
  after: z.array(z.object({ run: z.string(), does: z.enum(["correct", "withdraw"]), done: z.boolean() })).optional(),
  resending: z.literal(true).optional(),
  reminding: z.literal(true).optional(),
  taken: z.array(z.string()),
});

/** A stored value as an announcement, or `undefined` where it is none. */
export function readAnnouncement(value: unknown): Announcement | undefined {
  return schema.safeParse(value).data;
}
