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
  /** A call to a platform: its method, and the code it failed with. */
  callFailed(method: string, code: string): void;
  receivingFailed(error: unknown): void;
  receiving(by: string): void;
  listening(port: number): void;
  httpFailed(error: unknown): void;
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
    callFailed: (method, code) => log.warn({ event: "call.failed", method, code }),
    receivingFailed: (error) => log.error({ event: "receiving.failed", fault: faultOf(error) }),
    receiving: (by) => log.info({ event: "receiving", by }),
    listening: (port) => log.info({ event: "listening", port }),
    httpFailed: (error) => log.error({ event: "http.failed", fault: faultOf(error) }),
    stopping: (error) => log.error({ event: "stopping", fault: faultOf(error) }),
  };
}
