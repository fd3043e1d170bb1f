import { z } from "zod";
import type { Recipient } from "#core/ledger.ts";
import { LANGUAGES } from "#text/language.ts";

/**
 * Short, as there are many: channel, chat, thread, person, language, of which announcements it tells where those are several, and 1 where they
 * were to be told before.
 */
export const recipientSchema = z
  .tuple([
    z.string(),
    z.string(),
    z.string().nullable(),
    z.string(),
    z.enum(LANGUAGES),
    z.array(z.string()).nullable().optional(),
    z.literal(1).optional(),
  ])
  .transform(([channel, chat, thread, person, language, tells, untold]): Recipient => {
    const address = { channel, chat, person };
    return {
      address: thread === null ? address : { ...address, thread },
      language,
      ...(tells === undefined || tells === null ? {} : { tells }),
      ...(untold === undefined ? {} : { untold: true }),
    };
  });

/** The form that `recipientSchema` reads. */
export function writtenRecipient({ address: { channel, chat, thread, person }, language, tells, untold }: Recipient): unknown {
  const whom = [channel, chat, thread ?? null, person, language];
  if (untold === true) return [...whom, tells ?? null, 1];
  return tells === undefined ? whom : [...whom, tells];
}

export const referenceSchema = z.string();
