import type { Bot } from "#bot/bot.ts";
import type { Log } from "#ops/log.ts";

/**
 * Lets go out, at once and again and again, what is due: `everyMs` after one sweep has ended the next begins, so that they never overlap.
 * Disposing waits for the one that is under way, as the store is closed after it.
 */
export function startSweep(bot: Pick<Bot, "settleOwed">, everyMs: number, log: Log): AsyncDisposable {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const sweep = async () => {
    await bot.settleOwed().catch((error: unknown) => log.sweepFailed(error));
    if (!stopped) plan();
  };
  const plan = () => {
    timer = setTimeout(() => {
      running = sweep();
    }, everyMs);
  };
  let running = sweep();

  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
