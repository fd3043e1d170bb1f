/** Every fault has a stable, namespaced code; the message names the place and the remedy, and never a person's words. */
export type FaultCode =
  | "announcement.refused"
  | "config.invalid"
  | "desk.no-ticket"
  | "desk.not-here"
  | "knowledge.invalid"
  | "locale.invalid"
  | "store.contended"
  | "store.locked"
  | "store.sealed"
  | "store.spoilt"
  | "store.unavailable"
  | "telegram.conflict"
  | "slack.other-workspace"
  | "slack.token"
  | "telegram.other-bot"
  | "telegram.token"
  | "turn.failed"
  | "input.invalid";

export class BotError extends Error {
  override readonly name = "BotError";
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What may be logged of any thrown thing: its code or class, never its text, which can hold a token or a person's words. */
export function faultOf(error: unknown): { code: string; cause?: string } {
  if (error instanceof BotError) {
    return error.cause === undefined ? { code: error.code } : { code: error.code, cause: faultOf(error.cause).code };
  }
  if (!(error instanceof Error)) return { code: typeof error };
  const code = (error as { code?: unknown }).code;
  return { code: typeof code === "string" ? code : error.name };
}
