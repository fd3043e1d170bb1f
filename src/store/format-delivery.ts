import { z } from "zod";
import type { Recipient } from "#core/ledger.ts";
import { LANGUAGES } from "#text/language.ts";

/** Short, as there are many: channel, chat, thread, person, language, and of which announcements it tells where those are several. */
export const recipientSchema = z
  .tuple([z.string(), z.string(), z.string().nullable(), z.string(), z.enum(LANGUAGES), z.array(z.string()).optional()])
  .transform(([channel, chat, thread, person, language, tells]): Recipient => {
    const address = { channel, chat, person };
    return {
      address: thread === null ? address : { ...address, thread },
      language,
      ...(tells === undefined ? {} : { tells }),
    };
  });

/** The form that `recipientSchema` reads. */
export function writtenRecipient({ address: { channel, chat, thread, person }, language, tells }: Recipient): unknown {
  return [channel, chat, thread ?? null, person, language, ...(tells === undefined ? [] : [tells])];
}

export const referenceSchema = z.string();
