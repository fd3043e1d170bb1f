import { setTimeout as pause } from "node:timers/promises";
import type { Claimed } from "#core/ledger.ts";
import { createGate } from "#announcements/gate.ts";
import type { DeliverParts, Run, RunEnd } from "#announcements/parts.ts";
import { isAway, STORE_AWAY_MS } from "#announcements/persist.ts";
import { sendRow, type Sending } from "#announcements/send-row.ts";

const LEASE_MS = 30_000;
const CLAIMED_AT_ONCE = 5;
const SWEPT_EVERY_MS = 1000;
const ASKED_EVERY_MS = 250;
const IDLE_MS = 200;
const REST_MS = 1000;
/** A run that has nothing to do for longer is let go. */
const PATIENCE_MS = 60_000;
/** A platform may show a message some seconds after it took it. */
const LOOKED_UP_AFTER_MS = 5000;
const MOST_LOOKS = 5;

/**
 * Works on a run until everybody has got it, has surely not, or is uncertain: any number of processes at once, each with a holder of its own.
 * Everybody is written down before: a run of which nobody is counts as done.
 * @throws BotError only for faults other than a store that is away: that is waited for.
 */
export async function deliverRun(parts: DeliverParts, run: Run): Promise<RunEnd> {
  const { ledger, now, log, signal, leaseMs = LEASE_MS } = parts;
  const mayGoOn = createMayGoOn(parts, run);
  const gate = createGate(parts, leaseMs / 6);
  // A lane settles before it claims again. One name for all of them would let what one tells once more, as its answer was lost, undo what
  // another has done with the row since.
  const sendingOf = (at: number): Sending => {
    return { parts: { ...parts, holder: `${parts.holder}-${at}` }, run, gate, leaseMs, mayGoOn };
  };
  const ended = new AbortController();
  let end: RunEnd | undefined;
  const finish = (as: RunEnd) => {
    end ??= as;
    ended.abort();
  };

  const sweepOn = async () => {
    for (let sweeps = 0; !ended.signal.aborted; sweeps += 1) {
      await ledger.sweep(run.id, leaseMs, now()).catch((error: unknown) => log.sweepFailed(error));
      if (sweeps % 5 === 4) await lookUp(parts, run).catch((error: unknown) => log.sweepFailed(error));
      await pause(SWEPT_EVERY_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  };
  const lane = async (sending: Sending, isFirst: boolean): Promise<void> => {
    while (!ended.signal.aborted) {
      if (signal.aborted || !(await run.goesOn())) return finish({ is: "stopped" });
      const claimed = await ledger.claim(run.id, sending.parts.holder, CLAIMED_AT_ONCE, now());
      if (claimed === "fenced") await pause(IDLE_MS);
      else if (claimed.length > 0) await sendAll(sending, claimed);
      else if (isFirst) await idle(parts, run, finish);
      else await pause(IDLE_MS, undefined, { signal: ended.signal }).catch(() => {});
    }
  };
  const laneThroughOutages = async (at: number): Promise<void> => {
    const sending = sendingOf(at);
    try {
      while (!ended.signal.aborted)
        await lane(sending, at === 0).catch(async (error: unknown) => {
          if (!isAway(error)) throw error;
          await pause(STORE_AWAY_MS);
        });
    } finally {
      // The others end with one that has a fault.
      ended.abort();
      end ??= { is: "stopped" };
    }
  };

  const lanes = parts.lanes ?? lanesFor(parts);
  const working = Array.from({ length: lanes }, (_, at) => laneThroughOutages(at));
  await Promise.all([sweepOn(), ...working]);
  return end ?? { is: "stopped" };
}

/** Enough for requests of a twentieth of a second; each one on the wire is uncertain where the process dies. */
function lanesFor({ paceOf }: DeliverParts): number {
  return Math.min(32, Math.max(4, Math.ceil(paceOf("telegram").perSecond / 20)));
}

/** Whether it goes on, asked anew where the last answer is older than a moment. */
function createMayGoOn({ now, signal }: DeliverParts, run: Run): () => Promise<boolean> {
  let asked = Number.NEGATIVE_INFINITY;
  let last = true;
  return async () => {
    if (signal.aborted) return false;
    if (now() - asked < ASKED_EVERY_MS) return last;
    asked = now();
    last = await run.goesOn();
    return last;
  };
}

async function sendAll(sending: Sending, claimed: readonly Claimed[]): Promise<void> {
  for (const row of claimed) {
    const rest = await sendRow(sending, row);
    if (rest > 0 && row === claimed.at(-1))
      await pause(Math.min(rest, REST_MS), undefined, { signal: sending.parts.signal }).catch(() => {});
  }
}

/** What was left uncertain is tried again where the channel looks a delivery up, and sends it only where it has not arrived, or where it may be done twice. */
function lookUp({ ledger, channel, now }: DeliverParts, run: Run): Promise<number> {
  return ledger.resendUncertain(run.id, now() + LOOKED_UP_AFTER_MS, ({ address, attempts }) => {
    return attempts < MOST_LOOKS && (run.mayRepeat === true || channel(address.channel)?.looksUp === true);
  });
}

/** Nothing was due: whether the run is over, waits for long, or goes on in a moment. */
async function idle(parts: DeliverParts, run: Run, finish: (as: RunEnd) => void): Promise<void> {
  const { ledger, now } = parts;
  const { pending, claimed, sending } = await ledger.counts(run.id);
  const held = claimed + sending;
  if (pending + held === 0) {
    if ((await lookUp(parts, run)) === 0) finish({ is: "done" });
    return;
  }
  const due = await ledger.nextDue(run.id);
  if (held === 0 && due !== undefined && due - now() > PATIENCE_MS) finish({ is: "waiting", until: due });
  else await pause(IDLE_MS);
}
