import { pino } from "pino";
import { faultOf } from "#core/errors.ts";

/**
 * What may be told of running: one helper an event, allow-listed fields only. No name, id or word of a person is ever passed in;
 * of a fault its code.
 */
export interface Log {
  /** `incoming` is a keyed hash of its id. */
  turnSetAside(incomingKind: string, incoming: string, error: unknown): void;
  effectFailed(effectKind: string, tries: number, error: unknown): void;
  effectDropped(effectKind: string, tries: number): void;
  deliveryThrew(channel: string, error: unknown): void;
  deliveryDropped(channel: string, why: string, attempts: number): void;
  drainFailed(channel: string, error: unknown): void;
  sweepFailed(error: unknown): void;
  storeFault(error: unknown): void;
  /** Something of the desk that failed; it stays owed. */
  deskFailed(effect: string, error: unknown): void;
  /** What staff could not be shown yet. */
  deskDelayed(effect: string, why: string, tries: number): void;
  /** A question whose card staff do not have yet. */
  cardNotPosted(why: string): void;
  /** Why nobody can be shown anything in the desk's channel, and what to do. */
  deskUnreachable(code: string, remedy: string): void;
  deskReachable(): void;
  /** Due work that failed; it is done again. */
  jobFailed(job: string, tries: number, error: unknown): void;
  /** A weekly message went out: to how many, and of how many nobody knows whether they have it. */
  weekEnded(week: string, told: { readonly sent: number; readonly failed: number; readonly uncertain: number }): void;
  /** A call to a platform: its method, the code it failed with and, of what nothing goes on without, what to look at. */
  callFailed(method: string, code: string, remedy?: string): void;
  receivingFailed(error: unknown): void;
  /** An update that was passed over after several tries. */
  updateSetAside(error: unknown): void;
  receiving(by: string): void;
  listening(port: number): void;
  httpFailed(error: unknown): void;
  stopping(error: unknown): void;
}

/** A log of that level and above, as JSON lines on standard error. */
export function createLog(level: string): Log {
  // Standard error: standard output belongs to the console conversation.
  const log = pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
  return {
    turnSetAside: (kind, incoming, error) => log.error({ event: "turn.set-aside", kind, incoming, fault: faultOf(error) }),
    effectFailed: (kind, tries, error) => log.warn({ event: "effect.failed", kind, tries, fault: faultOf(error) }),
    effectDropped: (kind, tries) => log.error({ event: "effect.dropped", kind, tries }),
    deliveryThrew: (channel, error) => log.warn({ event: "delivery.threw", channel, fault: faultOf(error) }),
    deliveryDropped: (channel, why, attempts) => log.warn({ event: "delivery.dropped", channel, why, attempts }),
    drainFailed: (channel, error) => log.warn({ event: "drain.failed", channel, fault: faultOf(error) }),
    sweepFailed: (error) => log.error({ event: "sweep.failed", fault: faultOf(error) }),
    deskFailed: (effect, error) => log.warn({ event: "desk.failed", effect, fault: faultOf(error) }),
    deskDelayed: (effect, why, tries) => log.warn({ event: "desk.delayed", effect, why, tries }),
    cardNotPosted: (why) => log.error({ event: "desk.card-not-posted", why }),
    deskUnreachable: (code, remedy) => log.error({ event: "desk.unreachable", code, remedy }),
    deskReachable: () => log.info({ event: "desk.reachable" }),
    jobFailed: (job, tries, error) => log.warn({ event: "job.failed", job, tries, fault: faultOf(error) }),
    weekEnded: (week, told) => (told.uncertain > 0 ? log.warn : log.info).call(log, { event: "week.ended", week, ...told }),
    storeFault: (error) => log.error({ event: "store.fault", fault: faultOf(error) }),
    callFailed: (method, code, remedy) => log.warn({ event: "call.failed", method, code, remedy }),
    receivingFailed: (error) => log.error({ event: "receiving.failed", fault: faultOf(error) }),
    updateSetAside: (error) => log.error({ event: "update.set-aside", fault: faultOf(error) }),
    receiving: (by) => log.info({ event: "receiving", by }),
    listening: (port) => log.info({ event: "listening", port }),
    httpFailed: (error) => log.error({ event: "http.failed", fault: faultOf(error) }),
    stopping: (error) => log.error({ event: "stopping", fault: faultOf(error) }),
  };
}
