import { pino } from "pino";
import { faultOf } from "#core/errors.ts";

/**
 * What may be told of running: one helper an event, allow-listed fields only. No name, id or word of a person is ever passed in;
 * of a fault its code.
 */
export interface Log {
  turnFailed(incomingKind: string, attempt: number, error: unknown): void;
  turnSetAside(incomingKind: string): void;
  effectFailed(effectKind: string, error: unknown): void;
  deliveryDropped(channel: string, why: string, attempts: number): void;
  stopping(error: unknown): void;
}

export function createLog(level: string): Log {
  // Standard error: standard output belongs to the console conversation.
  const log = pino({ level, base: null }, pino.destination({ fd: 2, sync: true }));
  return {
    turnFailed: (kind, attempt, error) => log.warn({ event: "turn.failed", kind, attempt, fault: faultOf(error) }),
    turnSetAside: (kind) => log.error({ event: "turn.set-aside", kind }),
    effectFailed: (kind, error) => log.warn({ event: "effect.failed", kind, fault: faultOf(error) }),
    deliveryDropped: (channel, why, attempts) => log.warn({ event: "delivery.dropped", channel, why, attempts }),
    stopping: (error) => log.error({ event: "stopping", fault: faultOf(error) }),
  };
}
