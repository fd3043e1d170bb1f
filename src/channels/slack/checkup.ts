import { webApi } from "@slack/bolt";
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
    await approversCheck(client, options.approvers),
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
  return { state: "good", text: "Slack: the bot is in the desk's channel." };
}

async function approversCheck(client: Client, approvers: readonly string[]): Promise<Check> {
  if (approvers.length === 0) return { state: "note", text: "SLACK_APPROVERS is not set: publishing is off." };
  const unknown: string[] = [];
  for (const id of approvers) {
    const read = id.startsWith("S")
      ? await client.call("usergroups.users.list", { usergroup: id })
      : await client.call("users.info", { user: id });
    if (!read.ok) unknown.push(id);
  }
  if (unknown.length > 0)
    return { state: "bad", text: `Slack: these approvers cannot be found: ${unknown.join(", ")}. Check SLACK_APPROVERS.` };
  if (approvers.length === 1 && !approvers[0]?.startsWith("S"))
    return { state: "note", text: "SLACK_APPROVERS names one person: nobody approves their own draft, so that theirs wait." };
  return { state: "good", text: `Slack: ${approvers.length} approver(s) or groups of them.` };
}
