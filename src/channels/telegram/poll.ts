import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "#channels/telegram/client.ts";
import { conflict, whatToLookAt, wrongToken } from "#channels/telegram/ends.ts";
import type { Lanes } from "#core/lanes.ts";
import { createPatience } from "#core/patience.ts";
import { LIMITS } from "#channels/telegram/limits.ts";
import type { TelegramLog } from "#channels/telegram/parts.ts";
import { faultOf } from "#core/errors.ts";
import { chatOf, readUpdate, WANTED, type Update } from "#channels/telegram/update.ts";

export interface PollParts {
  /** Its time-out must outlast a long poll. */
  readonly client: Client;
  readonly lanes: Lanes;
  readonly receive: (update: Update) => Promise<void>;
  /** Tells whoever wrote it that it could not be taken. */
  readonly apologise: (update: Update) => Promise<void>;
  readonly log: TelegramLog;
  readonly signal: AbortSignal;
  /** Told after every poll that was answered. */
  readonly answered: () => void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
/** While a chat holds its update back, the others' are asked for this often. */
const LOOK_AGAIN_MS = 200;

/**
 * Polls until the signal. The offset never passes an update whose turn is not saved: what a crash cut off comes again. One slow chat
 * holds back its own updates only; those of others go on.
 * @throws BotError `telegram.conflict` or `telegram.token`.
 */
export async function poll(parts: PollParts): Promise<void> {
  const { client, lanes, log } = parts;
  const over = new AbortController();
  const signal = AbortSignal.any([parts.signal, over.signal]);
  const unfinished = new Map<number, Promise<void>>();
  const patience = createPatience(FIRST_PAUSE_MS);
  let next = 0;

  const offset = () => Math.min(next, ...unfinished.keys());
  const finish = async (id: number, update: Update) => {
    if (await lanes.run(chatOf(update), () => takeUntilSaved({ ...parts, signal }, update))) unfinished.delete(id);
  };
  const end = async (reason: Error): Promise<never> => {
    over.abort();
    await lanes.idle();
    throw reason;
  };
  while (!signal.aborted) {
    const asked = { offset: offset(), limit: LIMITS.updatesAtOnce, timeout: LIMITS.pollSeconds, allowed_updates: WANTED };
    const called = await client.call("getUpdates", asked, signal);
    if (signal.aborted) break;
    if (!called.ok) {
      if (called.why === "conflict") return end(conflict());
      if (called.why === "token") return end(wrongToken());
      const { waitMs, tell } = patience.failed();
      if (tell) log.callFailed("getUpdates", called.code, whatToLookAt(called.code));
      await sleep(called.why === "slow-down" ? called.retryAfterMs : waitMs, signal);
      continue;
    }
    patience.answered();
    parts.answered();
    for (const raw of called.result) {
      const id = raw.update_id;
      if (id < next) continue;
      next = id + 1;
      const update = readUpdate(raw);
      // What has another form than any known one would come for ever: it is passed over.
      if (update === undefined) continue;
      unfinished.set(id, finish(id, update));
    }
    if (unfinished.size > 0) await Promise.race([Promise.all(unfinished.values()), sleep(LOOK_AGAIN_MS, signal)]);
  }
  await lanes.idle();
  // Confirms what is done, so that the next process does not see it again.
  if (next > 0) await client.call("getUpdates", { offset: offset(), limit: 1, timeout: 0 }, AbortSignal.timeout(2000));
}

/**
 * A turn that cannot be saved waits in its lane for the store to return; one that is refused, as where it is sealed with another key, is
 * set aside with an apology. False where the process ends first.
 */
async function takeUntilSaved({ receive, apologise, log, signal }: PollParts, update: Update): Promise<boolean> {
  let wait = FIRST_PAUSE_MS;
  for (let tries = 1; !signal.aborted; tries += 1) {
    try {
      await receive(update);
      return true;
    } catch (error) {
      log.receivingFailed(error);
      if (tries >= LIMITS.mostTries && faultOf(error).code !== "store.unavailable") {
        log.updateSetAside(error);
        await apologise(update);
        return true;
      }
    }
    await sleep(wait, signal);
    wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
  }
  return false;
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {});
}
