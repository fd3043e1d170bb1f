import type { Client, Result } from "#channels/slack/client.ts";
import { wrongToken } from "#channels/slack/ends.ts";
import type { CallFault } from "#channels/slack/fault.ts";
import type { ChannelTrouble } from "#core/workspace.ts";

/** Without these nothing of the desk works, whatever its channel is. */
const NEEDED_SCOPES = ["chat:write", "users:read"] as const;

/** What keeps the bot from working in the desk's channel: the token, what it is allowed, or the channel. Changes nothing. */
export async function lookAtChannel(client: Client, channel: string): Promise<ChannelTrouble | "none" | "unknown"> {
  const tested = await client.call("auth.test", {});
  if (!tested.ok) return troubleOf(tested);
  const granted = (tested.result["response_metadata"] as { scopes?: readonly string[] } | undefined)?.scopes ?? [];
  const missing = NEEDED_SCOPES.filter((scope) => !granted.includes(scope));
  // Some proxies leave out the header that tells them.
  if (granted.length > 0 && missing.length > 0) return scopeTrouble("missing_scope", missing.join(", "));
  const read = await client.call("conversations.info", { channel });
  if (!read.ok) return troubleOf(read);
  const { is_archived, is_member } = (read.result["channel"] ?? {}) as Result;
  if (is_archived === true) return ARCHIVED;
  return is_member === true ? "none" : OUTSIDE;
}

const ARCHIVED: ChannelTrouble = {
  is: "archived",
  code: "is_archived",
  remedy: "the desk's channel is archived. Unarchive it, or set SLACK_DESK_CHANNEL to another one and start the bot anew.",
};
const OUTSIDE: ChannelTrouble = {
  is: "outside",
  code: "not_in_channel",
  remedy: "the bot is not in the desk's channel. /invite it there.",
};

function scopeTrouble(code: string, needed: string | undefined): ChannelTrouble {
  const which = needed === undefined ? "a scope" : `the scope ${needed}`;
  return {
    is: "scope",
    code,
    remedy: `the token lacks ${which}. Take the scopes from slack/manifest.yaml and install the app anew.`,
  };
}

function troubleOf(fault: CallFault): ChannelTrouble | "unknown" {
  const { code } = fault;
  switch (fault.why) {
    case "token":
      return { is: "token", code, remedy: wrongToken().message };
    case "scope":
      return scopeTrouble(code, fault.needed);
    case "gone":
      if (code === ARCHIVED.code) return ARCHIVED;
      return {
        is: "missing",
        code,
        remedy:
          "the desk's channel cannot be found: it was deleted, or is private without the bot in it. /invite the bot there, or set SLACK_DESK_CHANNEL to another one and start the bot anew.",
      };
    case "outside":
      return OUTSIDE;
    default:
      return "unknown";
  }
}
