import { BotError } from "#core/errors.ts";

/** Many more than processes could make one another lose. */
const MOST_RACES = 100;

/**
 * Tries to change a record over the version that was read, anew for as long as another was faster: `attempt` reads, decides and puts, and
 * gives "stale" where it lost. `what` names the record in the fault.
 * @throws BotError `store.contended` after a hundred lost races.
 */
export async function untilWon<Outcome>(what: string, attempt: () => Promise<Outcome | "stale">): Promise<Outcome> {
  for (let race = 0; race < MOST_RACES; race += 1) {
    const outcome = await attempt();
    if (outcome !== "stale") return outcome;
  }
  throw new BotError(
    "store.contended",
    `${what} lost the race for its record too often: look for a process that saves it in a loop.`,
  );
}
