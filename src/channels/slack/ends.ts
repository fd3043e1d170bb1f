import { BotError } from "#core/errors.ts";

/** What to look at while a call that has to be made fails; nothing where Slack itself says, by a word of its own, that it cannot now. */
export function whatToLookAt(code: string): string | undefined {
  if (/^(?:429|5\d\d|ratelimited|[a-z]+(?:_[a-z]+)+)$/.test(code)) return undefined;
  return "Is the network reachable? Is SLACK_API_URL right, if it is set? Run npm run doctor. It is tried again until it works.";
}

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
