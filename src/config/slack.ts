import { z } from "zod";
import { secret, type Secret } from "#config/secret.ts";
import { address } from "#config/variable.ts";

export interface SlackConfig {
  readonly token: Secret;
  /** Socket Mode, or HTTP. */
  readonly by: { readonly appToken: Secret } | { readonly signingSecret: Secret };
  readonly apiUrl?: string | undefined;
  /** The channel in which staff see what members hand over. */
  readonly desk?: string | undefined;
  /** Ids of people and of user groups; empty: nothing can be published. */
  readonly approvers: readonly string[];
}

/** What Slack is told by. */
export const slackVariables = {
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-[\w-]{10,}$/, { error: "must begin with xoxb-, as the app's page “OAuth & Permissions” shows it" })
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-[\w-]{10,}$/, { error: "must begin with xapp-; make one with connections:write on “Basic Information”" })
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[\da-f]{32}$/, { error: "must be the 32 characters that the app's page “Basic Information” shows" })
    .optional(),
  SLACK_API_URL: address.optional(),
  SLACK_DESK_CHANNEL: z
    .string()
    .regex(/^[CG][\dA-Z]{3,}$/, { error: "must be a channel's id such as C0123456789; its details show it" })
    .optional(),
  SLACK_APPROVERS: z
    .string()
    .regex(/^\s*[UWS][\dA-Z]{3,}(?:[\s,]+[UWS][\dA-Z]{3,})*\s*$/, {
      error: "must be ids of people (U…) or user groups (S…), with commas between",
    })
    .optional(),
};

type Variables = z.output<z.ZodObject<typeof slackVariables>>;

/** What does not go together. */
export function slackProblems(value: Variables): string[] {
  const ways = [value.SLACK_APP_TOKEN, value.SLACK_SIGNING_SECRET].filter((way) => way !== undefined).length;
  if (value.SLACK_BOT_TOKEN !== undefined && ways === 0)
    return ["alone receives nothing: set SLACK_APP_TOKEN too (Socket Mode), or SLACK_SIGNING_SECRET (HTTP)"];
  if (value.SLACK_BOT_TOKEN !== undefined && ways === 2)
    return ["is set with both SLACK_APP_TOKEN (Socket Mode) and SLACK_SIGNING_SECRET (HTTP): remove the one you do not use"];
  if (value.SLACK_BOT_TOKEN === undefined && ways > 0)
    return ["is missing: SLACK_APP_TOKEN or SLACK_SIGNING_SECRET alone turn nothing on"];
  if (value.SLACK_BOT_TOKEN === undefined && (value.SLACK_DESK_CHANNEL !== undefined || value.SLACK_APPROVERS !== undefined))
    return ["is missing: SLACK_DESK_CHANNEL and SLACK_APPROVERS do nothing without it"];
  return [];
}

/** Gives the variables their meaning; nothing where Slack is off. */
export function slackIn(value: Variables): SlackConfig | undefined {
  const token = secret(value.SLACK_BOT_TOKEN);
  const appToken = secret(value.SLACK_APP_TOKEN);
  const signingSecret = secret(value.SLACK_SIGNING_SECRET);
  const by = appToken === undefined ? signingSecret && { signingSecret } : { appToken };
  if (token === undefined || by === undefined) return undefined;
  const approvers = (value.SLACK_APPROVERS ?? "").split(/[\s,]+/).filter((id) => id !== "");
  return { token, by, apiUrl: value.SLACK_API_URL, desk: value.SLACK_DESK_CHANNEL, approvers };
}
