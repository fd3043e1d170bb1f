import { webApi } from "@slack/bolt";
import { checkApprovers } from "#channels/slack/approvers-checkup.ts";
import { lookAtChannel } from "#channels/slack/channel-trouble.ts";
import { clientOptions, createClient, textOf, type Client, type Result } from "#channels/slack/client.ts";
import { wrongAppToken, wrongToken } from "#channels/slack/ends.ts";
import { faultOfCall } from "#channels/slack/fault.ts";
import { SCOPES } from "#channels/slack/methods.ts";
import type { Check } from "#core/check.ts";

export interface CheckupOptions {
  readonly token: string;
  /** Absent: HTTP. */
  readonly appToken?: string | undefined;
  readonly apiUrl?: string | undefined;
  readonly desk?: string | undefined;
  readonly approvers: readonly string[];
}

/** Looks at the tokens, what they allow, the desk's channel and the approvers; changes nothing. */
export async function checkSlack(options: CheckupOptions): Promise<Check[]> {
  const client = createClient(options);
  const tested = await client.call("auth.test", {});
  if (!tested.ok) {
    const text =
      tested.why === "token" ? wrongToken().message : `cannot be reached (${tested.code}). Check the network and SLACK_API_URL.`;
    return [{ state: "bad", text: `Slack: ${text}` }];
  }
  const team = textOf(tested.result, "team");
  return [
    { state: "good", text: `Slack: the token is that of @${textOf(tested.result, "user")} in ${team}.` },
    scopesCheck(tested.result),
    await socketCheck(options),
    await deskCheck(client, options.desk),
    await checkApprovers(client, options),
  ];
}

function scopesCheck(result: Result): Check {
  const granted = (result["response_metadata"] as { scopes?: readonly string[] } | undefined)?.scopes ?? [];
  const missing = SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return { state: "good", text: "Slack: every scope is granted." };
  return {
    state: "bad",
    text: `Slack: scopes are missing: ${missing.join(", ")}. Take them from slack/manifest.yaml and install the app anew.`,
  };
}

async function socketCheck({ appToken, apiUrl }: CheckupOptions): Promise<Check> {
  if (appToken === undefined) return { state: "good", text: "Slack: receives by HTTP at /slack/events." };
  try {
    await new webApi.WebClient(appToken, clientOptions(apiUrl)).apps.connections.open({});
    return { state: "good", text: "Slack: Socket Mode can be opened." };
  } catch (error) {
    const { why, code } = faultOfCall(error);
    if (why === "token") return { state: "bad", text: `Slack: ${wrongAppToken().message}` };
    return { state: "bad", text: `Slack: Socket Mode cannot be opened (${code}). Turn it on on the app's page “Socket Mode”.` };
  }
}

async function deskCheck(client: Client, desk: string | undefined): Promise<Check> {
  if (desk === undefined) return { state: "note", text: "SLACK_DESK_CHANNEL is not set: nobody sees what members hand over." };
  const trouble = await lookAtChannel(client, desk);
  if (trouble === "unknown") return { state: "bad", text: "Slack: the desk's channel cannot be looked at now. Try again." };
  if (trouble !== "none") return { state: "bad", text: `Slack: ${trouble.remedy} (${trouble.code})` };
  const read = await client.call("conversations.info", { channel: desk });
  const channel = read.ok ? ((read.result["channel"] ?? {}) as Result) : {};
  if (channel["is_ext_shared"] === true)
    return {
      state: "note",
      text: "Slack: the desk's channel is shared with another organisation, which reads what members ask.",
    };
  if (channel["is_private"] !== true)
    return {
      state: "note",
      text: "Slack: the bot is in the desk's channel, which is public: everybody in the workspace can read what members ask. Make it private.",
    };
  return { state: "good", text: "Slack: the bot is in the desk's channel." };
}
