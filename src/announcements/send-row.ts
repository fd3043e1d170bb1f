import type { Claimed, Delivered, Recipient } from "#core/ledger.ts";
import type { Reply } from "#core/message.ts";
import type { Channel, Sent } from "#core/ports.ts";
import type { Gate } from "#announcements/gate.ts";
import { outcomeOf } from "#announcements/outcome.ts";
import type { DeliverParts, Message, Run } from "#announcements/parts.ts";
import { isAway, persist } from "#announcements/persist.ts";

/** Another process has the channel, or something here has a fault: not at once again. */
const ELSEWHERE_MS = 5000;

export interface Sending {
  readonly parts: DeliverParts;
  readonly run: Run;
  readonly gate: Gate;
  readonly leaseMs: number;
  mayGoOn(): Promise<boolean>;
}

/** Sends one claimed row, at most once. Gives for how long its lane should rest. */
export async function sendRow(sending: Sending, row: Claimed): Promise<number> {
  const { parts, run, gate, leaseMs } = sending;
  const { ledger, now, holder, log, signal } = parts;
  const settle = (delivered: Delivered) => persist(() => ledger.settle(run.id, holder, row.row, delivered), signal);
  const channel = parts.channel(row.address.channel);
  const isLastTry = () => now() >= run.triedUntil;
  // It is due for the process that has the channel, and this lane rests: else the two could take it from each other again and again.
  if (channel === undefined)
    return isLastTry() ? giveUp(sending, row) : settle({ is: "again", at: now() }).then(() => ELSEWHERE_MS);

  let message: Message | undefined;
  try {
    const from = run.allowedFrom(row, now());
    if (from > now()) return await settle({ is: "again", at: from }).then(() => 0);
    const wait = (await sending.mayGoOn()) ? await gate(channel.name) : 0;
    if (wait > 0) return await settle({ is: "again", at: now() + wait }).then(() => wait);
    if (!(await sending.mayGoOn())) return await settle({ is: "again", at: now() }).then(() => 0);
    message = await run.messageFor(row);
    if (message === undefined) return await settle({ is: "failed", why: "left" }).then(() => 0);
  } catch (error) {
    if (!isAway(error)) {
      log.deliveryThrew(channel.name, error);
      if (isLastTry()) return giveUp(sending, row);
    }
    return settle({ is: "again", at: now() + ELSEWHERE_MS }).then(() => 0);
  }

  const asked = now();
  // Not armed as far as is known, so it is not sent: whatever the store made of it, it has surely not arrived.
  const armed = await ledger.arm(run.id, holder, row.row, asked, shownTo(row, message)).catch(() => "away" as const);
  if (armed === "away") return settle({ is: "again", at: now() }).then(() => 0);
  if (!armed) return 0;
  // A process that stood still meanwhile may be taken for dead.
  if (now() - asked > leaseMs / 2) return settle({ is: "again", at: now() }).then(() => 0);

  const { delivered, stopMs } = outcomeOf(await deliver(channel, sending, row, message.reply), now());
  if (stopMs !== undefined) await persist(() => parts.pace.stopFor(channel.name, stopMs), signal);
  await settle(delivered.is === "again" && stopMs === undefined && isLastTry() ? givenUp(row) : delivered);
  return 0;
}

/** How one ends that surely was not sent this time, and is not tried again. */
function givenUp({ attempts }: Claimed): Delivered {
  return attempts === 0 ? { is: "failed", why: "refused" } : { is: "uncertain" };
}

/** Ends a claimed row that nobody can send. */
async function giveUp({ parts, run }: Sending, row: Claimed): Promise<number> {
  const { ledger, holder, now, signal } = parts;
  const delivered = givenUp(row);
  // Only what was on the wire can be uncertain.
  if (delivered.is === "uncertain") await persist(() => ledger.arm(run.id, holder, row.row, now()), signal);
  await persist(() => ledger.settle(run.id, holder, row.row, delivered), signal);
  return 0;
}

/** The row of what is shown to them, where that is not what was written down: something fell away since. */
function shownTo({ row: _row, attempts: _attempts, ...to }: Claimed, { tells }: Message): Recipient | undefined {
  const same = tells === undefined || (tells.length === to.tells?.length && tells.every((each) => to.tells?.includes(each)));
  return same ? undefined : { ...to, tells };
}

async function deliver(channel: Channel, { parts, run }: Sending, row: Claimed, reply: Reply): Promise<Sent> {
  try {
    return await channel.deliver(row.address, reply, { id: `${run.id}/${row.row}`, attempts: row.attempts, bulk: true });
  } catch (error) {
    parts.log.deliveryThrew(channel.name, error);
    return { ok: false, why: "unknown" };
  }
}
