import { webApi } from "@slack/bolt";

/** How a call to Slack failed, and what that means for whoever called. */
export type CallFault = { readonly code: string } & (
  | { readonly why: "slow-down"; readonly retryAfterMs: number }
  /** Surely not arrived: no connection came about. */
  | { readonly why: "not-sent" }
  /** Nobody can say whether it was done. */
  | { readonly why: "unknown" }
  /** The channel or person cannot be written to any more. */
  | { readonly why: "gone" }
  /** The bot, or whom it writes to, is not in the channel. */
  | { readonly why: "outside" }
  | { readonly why: "no-message" | "no-thread" }
  /** What the one who runs the bot has to set right: the token, or what it is allowed (`needed`: scopes that would do). */
  | { readonly why: "token" }
  | { readonly why: "scope"; readonly needed?: string }
  | { readonly why: "too-late" }
  | { readonly why: "refused" }
);

const USUAL_PAUSE_MS = 3000;
const NO_CONNECTION = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const NO_TRUST = /^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
/** Slack's own words for what went wrong; anything else is half a reply, and may hold what was posted. */
const SLACK_WORD = /^[a-z_]{2,60}$/;
const SCOPE_NAMES = /^[a-z_:.,]{2,120}$/;

const MEANINGS: Readonly<Record<string, Exclude<CallFault["why"], "slow-down">>> = {
  invalid_auth: "token",
  not_authed: "token",
  account_inactive: "token",
  token_revoked: "token",
  token_expired: "token",
  not_allowed_token_type: "token",
  missing_scope: "scope",
  no_permission: "scope",
  access_denied: "scope",
  channel_not_found: "gone",
  is_archived: "gone",
  user_not_found: "gone",
  user_disabled: "gone",
  cannot_dm_bot: "gone",
  messages_tab_disabled: "gone",
  not_in_channel: "outside",
  user_not_in_channel: "outside",
  message_not_found: "no-message",
  cant_update_message: "no-message",
  cant_delete_message: "refused",
  edit_window_closed: "no-message",
  thread_not_found: "no-thread",
  expired_trigger_id: "too-late",
  exchanged_trigger_id: "too-late",
  trigger_exchanged: "too-late",
  internal_error: "unknown",
  fatal_error: "unknown",
  service_unavailable: "unknown",
  request_timeout: "unknown",
};

/** Translates what Slack's client throws. Its errors stay here: they hold the address that was called, headers, and what was posted. */
export function faultOfCall(error: unknown): CallFault {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { why: "slow-down", retryAfterMs: Math.max(1, error.retryAfter) * 1000, code: "ratelimited" };
  if (error instanceof webApi.WebAPIPlatformError) return refusal(error.data.error, (error.data as { needed?: unknown }).needed);
  if (error instanceof webApi.WebAPIHTTPError)
    return { why: error.statusCode >= 500 ? "unknown" : "refused", code: String(error.statusCode) };
  if (error instanceof webApi.WebAPIRequestError) return connectionFault(error.original);
  // The client has no class of its own for being told to slow down without being told for how long.
  if (error instanceof Error && error.message.startsWith("Retry header"))
    return { why: "slow-down", retryAfterMs: USUAL_PAUSE_MS, code: "ratelimited" };
  return { why: "unknown", code: "failed" };
}

function refusal(said: unknown, needed: unknown): CallFault {
  if (typeof said !== "string" || !SLACK_WORD.test(said)) return { why: "unknown", code: "bad-reply" };
  if (said === "ratelimited" || said === "rate_limited") return { why: "slow-down", retryAfterMs: USUAL_PAUSE_MS, code: said };
  const why = MEANINGS[said] ?? "refused";
  if (why === "scope" && typeof needed === "string" && SCOPE_NAMES.test(needed)) return { why, code: said, needed };
  return { why, code: said };
}

/** What `fetch` throws. */
export function connectionFault(error: unknown): Extract<CallFault, { why: "not-sent" | "unknown" }> {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  const code = cause?.code;
  if (typeof code !== "string") return { why: "unknown", code: "no-reply" };
  return { why: NO_CONNECTION.has(code) || NO_TRUST.test(code) ? "not-sent" : "unknown", code };
}
