import { GrammyError, HttpError } from "grammy";

/** How a call to the Bot API failed, and what that means for whoever called. */
export type CallFault = { readonly code: string } & (
  | { readonly why: "slow-down"; readonly retryAfterMs: number }
  /** Surely not arrived: no connection came about. */
  | { readonly why: "not-sent" }
  /** Nobody can say whether it was done. */
  | { readonly why: "unknown" }
  /** The chat cannot be written to any more. */
  | { readonly why: "gone" }
  | { readonly why: "moved"; readonly to: string }
  /** The message already looks so. */
  | { readonly why: "unchanged" }
  | { readonly why: "no-message" | "no-thread" }
  | { readonly why: "conflict" | "token" }
  | { readonly why: "refused" }
);

const USUAL_PAUSE_MS = 3000;
const NO_CONNECTION = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const NO_TRUST = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * Translates what grammY throws. Its errors stay here: the text of a network error holds the address that was called, and with it the
 * token; a refusal holds what was to be sent.
 */
export function faultOfCall(error: unknown): CallFault {
  if (error instanceof GrammyError) return refusal(error);
  if (error instanceof HttpError) {
    const code = (error.error as { code?: unknown } | undefined)?.code;
    if (typeof code !== "string") return { why: "unknown", code: "no-reply" };
    return { why: NO_CONNECTION.has(code) || NO_TRUST.test(code) ? "not-sent" : "unknown", code };
  }
  return { why: "unknown", code: "failed" };
}

function refusal({ error_code, description, parameters }: GrammyError): CallFault {
  const code = String(error_code);
  const says = (part: string) => description.includes(part);
  if (parameters.migrate_to_chat_id !== undefined) return { why: "moved", to: String(parameters.migrate_to_chat_id), code };
  switch (error_code) {
    case 400:
      if (says("message is not modified")) return { why: "unchanged", code };
      if (says("message to edit not found") || says("message to delete not found") || says("message can't be edited"))
        return { why: "no-message", code };
      if (says("message thread not found")) return { why: "no-thread", code };
      if (says("chat not found") || says("PEER_ID_INVALID") || says("user is deactivated")) return { why: "gone", code };
      return { why: "refused", code };
    // A token of the wrong form is answered "not found".
    case 401:
    case 404:
      return { why: "token", code };
    case 403:
      return { why: "gone", code };
    case 409:
      return { why: "conflict", code };
    case 429: {
      const seconds = parameters.retry_after;
      return { why: "slow-down", retryAfterMs: seconds === undefined ? USUAL_PAUSE_MS : seconds * 1000, code };
    }
    default:
      return error_code >= 500 ? { why: "unknown", code } : { why: "refused", code };
  }
}
