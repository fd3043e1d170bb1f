import { z } from "zod";
import type { Recipient } from "#core/ledger.ts";
import { LANGUAGES } from "#text/language.ts";

/** Short, as there are many: channel, chat, thread, person, language. */
export const recipientSchema = z
  .tuple([z.string(), z.string(), z.string().nullable(), z.string(), z.enum(LANGUAGES)])
  .transform(([channel, chat, thread, person, language]): Recipient => {
    const address = { channel, chat, person };
    return { address: thread === null ? address : { ...address, thread }, language };
  });

/** The form that `recipientSchema` reads. */
export function writtenRecipient({ address: { channel, chat, thread, person }, language }: Recipient): unknown {
  return [channel, chat, thread ?? null, person, language];
}

export const referenceSchema = z.string();
