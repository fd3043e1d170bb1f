import { createClient } from "#channels/telegram/client.ts";
import { wrongToken } from "#channels/telegram/ends.ts";
import type { Check } from "#core/check.ts";

export interface CheckupOptions {
  readonly token: string;
  readonly apiRoot?: string | undefined;
  /** The webhook as it is set here; absent: long polling. */
  readonly webhookUrl?: string | undefined;
  readonly now: () => number;
}

const TIMEOUT_SECONDS = 5;
const CLOCK_MAY_DIFFER_MS = 30_000;

/** Looks at the token, the privacy mode, the webhook and the clock; changes nothing. */
export async function checkTelegram({ token, apiRoot, webhookUrl, now }: CheckupOptions): Promise<Check[]> {
  const client = createClient({ token, apiRoot, timeoutSeconds: TIMEOUT_SECONDS });
  const me = await client.call("getMe", {});
  if (!me.ok) {
    if (me.why === "token") return [{ state: "bad", text: `Telegram: ${wrongToken().message}` }];
    return [{ state: "bad", text: `Telegram: cannot be reached (${me.code}). Check the network and TELEGRAM_API_ROOT.` }];
  }
  const checks: Check[] = [{ state: "good", text: `Telegram: the token is that of @${me.result.username}.` }];
  if (me.result.can_read_all_group_messages)
    checks.push({
      state: "note",
      text: "Telegram: privacy mode is off, so groups send every message. Turn it on with /setprivacy at @BotFather.",
    });

  const info = await client.call("getWebhookInfo", {});
  if (info.ok) checks.push(webhookCheck(info.result, webhookUrl));
  else checks.push({ state: "bad", text: `Telegram: the webhook's state is not told (${info.code}). Try again in a moment.` });
  return [...checks, await clockCheck(apiRoot, now)];
}

function webhookCheck(info: { url?: string; pending_update_count: number; last_error_date?: number }, wanted = ""): Check {
  const { url = "", pending_update_count: waiting } = info;
  if (url !== wanted) return { state: "note", text: "Telegram: receives otherwise than it is set here; npm start changes that." };
  if (url !== "" && info.last_error_date !== undefined) {
    const when = new Date(info.last_error_date * 1000).toISOString();
    return {
      state: "bad",
      text: `Telegram: the webhook last failed at ${when}; ${waiting} updates wait. Check the proxy and PORT.`,
    };
  }
  return { state: "good", text: `Telegram: ${url === "" ? "long polling" : "the webhook is set"}; ${waiting} updates wait.` };
}

/** Compared with the server's clock. Asked without the token, since nothing of the answer but its date is needed. */
async function clockCheck(apiRoot = "https://api.telegram.org", now: () => number): Promise<Check> {
  try {
    const answer = await fetch(apiRoot, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_SECONDS * 1000),
    });
    const differs = Math.abs(Date.parse(answer.headers.get("date") ?? "") - now());
    if (differs <= CLOCK_MAY_DIFFER_MS) return { state: "good", text: "Clock: agrees with Telegram's." };
    if (Number.isNaN(differs)) return { state: "note", text: "Clock: the server tells no date to compare with." };
    return { state: "bad", text: `Clock: differs from Telegram's by ${Math.round(differs / 1000)} s. Set it by NTP.` };
  } catch {
    return { state: "note", text: "Clock: could not be compared." };
  }
}
