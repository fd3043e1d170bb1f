import { BotError } from "#core/errors.ts";

/** Why this process cannot go on receiving. No token is ever named. */
export function wrongToken(): BotError {
  return new BotError(
    "slack.token",
    "Slack does not accept SLACK_BOT_TOKEN. Copy it again from the app's page “OAuth & Permissions” (it begins with xoxb-), or install the app anew.",
  );
}

export function wrongAppToken(): BotError {
  return new BotError(
    "slack.token",
    "Slack does not accept SLACK_APP_TOKEN. Make one on the app's page “Basic Information”, with the scope connections:write (it begins with xapp-).",
  );
}
