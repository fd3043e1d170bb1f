import { type Logger, LogLevel, webApi } from "@slack/bolt";
import { connectionFault, faultOfCall, type CallFault } from "#channels/slack/fault.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import type { Method } from "#channels/slack/methods.ts";

/** What Slack answered; what is read of it is looked at where it is read. */
export type Result = Readonly<Record<string, unknown>>;
export type Called = { readonly ok: true; readonly result: Result } | ({ readonly ok: false } & CallFault);

/** Calls Slack; how a call failed is a value, and nothing is called twice. */
export interface Client {
  call(method: Method, payload: Readonly<Record<string, unknown>>): Promise<Called>;
  /** Answers a command or a press at the address that came with it. */
  respond(url: string, payload: Readonly<Record<string, unknown>>): Promise<Called>;
  /** Puts a file where Slack asked for it. */
  upload(url: string, content: string): Promise<Called>;
}

export interface ClientOptions {
  readonly token: string;
  readonly apiUrl?: string | undefined;
}

/** Slack's libraries log addresses, headers and what was sent; what is worth knowing is told by this channel itself. */
export const SILENT: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** What every one of Slack's clients is given: no repeats of its own, no waiting for ever. */
export function clientOptions(apiUrl: string | undefined): webApi.WebClientOptions {
  return {
    logger: SILENT,
    timeout: LIMITS.callMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
}

export function createClient({ token, apiUrl }: ClientOptions): Client {
  const web = new webApi.WebClient(token, clientOptions(apiUrl));
  const post = async (url: string, init: RequestInit): Promise<Called> => {
    if (!belongsToSlack(url, apiUrl)) return { ok: false, why: "refused", code: "foreign-address" };
    try {
      const answer = await fetch(url, { ...init, method: "POST", redirect: "error", signal: AbortSignal.timeout(LIMITS.callMs) });
      if (answer.ok) return { ok: true, result: {} };
      if (answer.status === 429) return { ok: false, why: "slow-down", retryAfterMs: 3000, code: "ratelimited" };
      return { ok: false, why: answer.status >= 500 ? "unknown" : "refused", code: String(answer.status) };
    } catch (error) {
      return { ok: false, ...connectionFault(error) };
    }
  };
  return {
    async call(method, payload) {
      try {
        return { ok: true, result: { ...(await web.apiCall(method, { ...payload })) } };
      } catch (error) {
        return { ok: false, ...faultOfCall(error) };
      }
    },
    respond: (url, payload) =>
      post(url, { headers: { "content-type": "application/json" }, body: JSON.stringify({ ...payload }) }),
    upload: (url, content) => post(url, { body: content }),
  };
}

/** Such addresses come from Slack alone; still, none is called that leads elsewhere. */
function belongsToSlack(url: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (apiUrl !== undefined && origin === new URL(apiUrl).origin) return true;
  return protocol === "https:" && /^(?:[\w-]+\.)?slack\.com$/.test(hostname);
}

/** A text of what Slack answered, or an empty one. */
export function textOf(result: Result, ...path: readonly string[]): string {
  let value: unknown = result;
  for (const name of path) value = typeof value === "object" && value !== null ? (value as Result)[name] : undefined;
  return typeof value === "string" ? value : "";
}
