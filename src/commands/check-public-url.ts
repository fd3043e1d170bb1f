import type { Check } from "#core/check.ts";
import { faultOf } from "#core/errors.ts";

const LONGEST_MS = 5000;
/** A calendar that nobody has. */
const NOBODYS = "/calendar/doctor.ics";

/** Looks at whether the address that calendars are given under leads to the bot; its form is checked with the settings. */
export async function checkPublicUrl(publicUrl: string | undefined): Promise<Check> {
  if (publicUrl === undefined) return { state: "note", text: "PUBLIC_URL is not set: members get no calendar links." };
  try {
    const { status } = await fetch(`${publicUrl}${NOBODYS}`, { redirect: "manual", signal: AbortSignal.timeout(LONGEST_MS) });
    if (status === 404) return { state: "good", text: "PUBLIC_URL: calendars can be looked for there." };
    return {
      state: "note",
      text: `PUBLIC_URL: answers ${status} where the running bot answers 404. Let the proxy pass /calendar/ on to PORT, and start the bot.`,
    };
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    return {
      state: "note",
      text: `PUBLIC_URL: cannot be reached from here (${faultOf(cause ?? error).code}). Calendar links lead there: look at its name and its proxy.`,
    };
  }
}
