import { verifySlackRequest } from "@slack/bolt";
import { createBolt } from "#channels/slack/bolt.ts";
import { LIMITS } from "#channels/slack/limits.ts";
import type { Answer, Request, Route } from "#core/route.ts";

export interface HttpParts {
  readonly signingSecret: string;
  /** Where what comes in goes; absent while the bot is starting or ending, and then Slack sends it again. */
  readonly events: () => ReturnType<typeof createBolt> | undefined;
  readonly now: () => number;
}

export const EVENTS_PATH = "/slack/events";

/** Receives over HTTP: answered once it is saved. The signature is looked at before anything is understood. */
export function createHttpRoute({ signingSecret, events, now }: HttpParts): Route {
  return {
    method: "POST",
    path: EVENTS_PATH,
    async respond(request): Promise<Answer> {
      const text = await request.body(LIMITS.bodyBytes);
      if (text === undefined) return { status: 413 };
      if (!isSigned(request, text, signingSecret, now())) return { status: 401 };
      const body = parseBody(request.header("content-type") ?? "", text);
      // Nothing that Slack could send better a second time.
      if (body === undefined) return { status: 200 };
      if (body["type"] === "url_verification") return { status: 200, json: { challenge: body["challenge"] } };
      const receiver = events();
      if (receiver === undefined) return { status: 503 };
      const retryNum = Number(request.header("x-slack-retry-num") ?? 0) || 0;
      return new Promise<Answer>((resolve) => {
        // Answered as soon as it is acknowledged, while what it owes still goes out.
        const ack = async (answer?: unknown) => resolve({ status: 200, ...(answer === undefined ? {} : { json: answer }) });
        receiver.processEvent({ body, ack, retryNum }).catch(() => resolve({ status: 500 }));
      });
    },
  };
}

/** Bolt looks at the signature, and that the request is not old; it lets one pass that was signed for tomorrow. */
function isSigned(request: Request, body: string, signingSecret: string, now: number): boolean {
  const time = request.header("x-slack-request-timestamp") ?? "";
  const signature = request.header("x-slack-signature") ?? "";
  if (!/^\d{1,12}$/.test(time) || Math.abs(now - Number(time) * 1000) > LIMITS.clockMs) return false;
  try {
    verifySlackRequest({
      signingSecret,
      body,
      headers: { "x-slack-signature": signature, "x-slack-request-timestamp": Number(time) },
      nowMilliseconds: now,
    });
    return true;
  } catch {
    return false;
  }
}

/** Events come as JSON, commands as a form, and everything pressed as JSON in a form. */
function parseBody(type: string, text: string): Record<string, unknown> | undefined {
  if (type.startsWith("application/json")) return parseJson(text);
  const form = new URLSearchParams(text);
  const payload = form.get("payload");
  return payload === null ? Object.fromEntries(form) : parseJson(payload);
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
