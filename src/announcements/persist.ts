import { setTimeout as pause } from "node:timers/promises";
import { BotError } from "#core/errors.ts";

export const STORE_AWAY_MS = 250;
const TRIES_WHEN_ENDING = 20;

export function isAway(error: unknown): boolean {
  return error instanceof BotError && error.code === "store.unavailable";
}

/** Asks until the store answers; once the process is to end, only for a few seconds more. What is asked must be safe to ask twice. */
export async function persist<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 0; ;) {
    try {
      return await ask();
    } catch (error) {
      if (!isAway(error)) throw error;
      if (signal.aborted) tries += 1;
      if (tries > TRIES_WHEN_ENDING) throw error;
      await pause(STORE_AWAY_MS);
    }
  }
}
