import type { EffectParts } from "#bot/effects.ts";
import type { Effect, Incoming } from "#core/message.ts";
import type { Debt, Handle } from "#core/ports.ts";

/** Changes the address of a person's calendar, and brings what became of it to their conversation. */
export async function changeCalendarLink(
  { calendarLinks, debts }: EffectParts,
  { id, address }: Debt,
  { do: act, language }: Extract<Effect, { kind: "calendar-link" }>,
  take: Handle,
): Promise<"done"> {
  const { channel, person } = address;
  const link = await calendarLinks?.change({ channel, person, language }, { id, do: act });
  // Owed no more: the person had everything deleted meanwhile, and it must not come back.
  if (!(await debts.owes(address, id))) {
    await calendarLinks?.erase(channel, person);
    return "done";
  }
  const told = { about: "calendar-link", did: act, ...(link === undefined ? {} : { address: link }) } as const;
  const incoming: Incoming = { id: `${id}-done`, kind: "notice", notice: told };
  await take(address, incoming);
  return "done";
}
