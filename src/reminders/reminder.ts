import { z } from "zod";
import type { Address } from "#core/message.ts";
import type { Records, StoredRecord } from "#core/ports.ts";

export const REMINDERS = "reminders";
const PAGE = 500;

const schema = z.object({
  format: z.literal(1),
  address: z.object({ channel: z.string(), chat: z.string(), thread: z.string().optional(), person: z.string() }),
  event: z.string(),
  on: z.boolean(),
  /** They asked for this one themselves. */
  asked: z.boolean(),
  /** Up to when they have been reminded, or were not to be. */
  done: z.number(),
  /** The event as it was when the next one was planned. */
  seen: z.string(),
});
export type Reminder = z.output<typeof schema>;

/** `undefined` for what is not there, and for what this program did not write. */
export function readReminder(stored: StoredRecord | undefined): Reminder | undefined {
  return schema.safeParse(stored?.value).data;
}

export function reminderIdOf({ channel, chat, thread, person }: Address, event: string): string {
  return JSON.stringify([channel, chat, thread ?? null, person, event]);
}

/** Whether anything is known of it: who said no to it is known, who had everything deleted is not. */
export async function isReminderKnown(records: Pick<Records, "get">, address: Address, event: string): Promise<boolean> {
  return (await records.get(REMINDERS, reminderIdOf(address, event))) !== undefined;
}

/** Where those are who are to be reminded of an event, page by page; not those who said no to it. */
export async function* remindedOf(records: Pick<Records, "list">, event: string): AsyncGenerator<readonly Address[]> {
  for (let after: string | undefined; ;) {
    const page = await records.list(REMINDERS, { by: "page", name: "event", value: event, after, limit: PAGE });
    const addresses = page.flatMap((stored) => {
      const reminder = readReminder(stored);
      return reminder?.on === true ? [reminder.address] : [];
    });
    if (addresses.length > 0) yield addresses;
    if (page.length < PAGE) return;
    after = page.at(-1)?.id;
  }
}

export async function isReminded(records: Pick<Records, "list">, event: string): Promise<boolean> {
  for await (const page of remindedOf(records, event)) if (page.length > 0) return true;
  return false;
}
