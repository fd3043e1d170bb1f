import { z } from "zod";
import { TOPICS } from "#core/entry.ts";
import type { Action } from "#core/message.ts";
import { exactly } from "#store/exactly.ts";
import { LANGUAGES } from "#text/language.ts";

/** What a list of events was asked for. */
export const eventsAsked = {
  upcoming: z.boolean().optional(),
  year: z.number().optional(),
  month: z.number().optional(),
  day: z.number().optional(),
  place: z.string().optional(),
  kind: z.string().optional(),
};

/** An action as it is stored. */
export const actionSchema = exactly<Action>()(
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
    z.object({ act: z.literal("language"), language: z.enum(LANGUAGES) }),
    z.object({ act: z.literal("delete-my-data") }),
  ]),
);
