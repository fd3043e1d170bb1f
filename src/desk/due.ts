import type { Ticket } from "#core/ticket.ts";
import { ANSWER_LAPSES_MS, TALK_LASTS_MS } from "#core/ticket.ts";
import type { Office } from "#desk/office-hours.ts";
import { afterWorking } from "#desk/office-hours.ts";

const HOUR_MS = 3_600_000;
/** Working time without an answer: then it is reminded of, and later a second person is looked for. After that the daily list has it. */
const REMINDED_AFTER_MS: readonly number[] = [2 * HOUR_MS, 6 * HOUR_MS];

/** What time alone does to a ticket next, and when. Nothing where it waits for a person or for nothing. */
export function nextDue(
  ticket: Ticket,
  office: Office,
): { readonly do: "silence" | "lapse" | "remind"; readonly at: number } | undefined {
  const silence = ticket.talking ? ({ do: "silence", at: ticket.spokeAt + TALK_LASTS_MS } as const) : undefined;
  const wait = ticket.state === "open" || ticket.state === "claimed" ? REMINDED_AFTER_MS[ticket.reminders] : undefined;
  const lapse = ticket.state === "answered" ? ({ do: "lapse", at: ticket.spokeAt + ANSWER_LAPSES_MS } as const) : undefined;
  if (wait === undefined) return silence ?? lapse;
  const reminder = { do: "remind", at: afterWorking(office, ticket.waitsSince, wait) } as const;
  return silence !== undefined && silence.at <= reminder.at ? silence : reminder;
}
