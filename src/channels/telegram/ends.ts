import { BotError } from "#core/errors.ts";

/** What to look at while a call that has to be made fails; nothing where Telegram itself says that it cannot now. */
export function whatToLookAt(code: string): string | undefined {
  if (/^(?:429|5\d\d)$/.test(code)) return undefined;
  return "Is the network reachable? Is TELEGRAM_API_ROOT right, if it is set? Run npm run doctor. It is tried again until it works.";
}

/** Why this process cannot go on receiving. The token is never named. */
export function conflict(): BotError {
  return new BotError(
    "telegram.conflict",
    "Another process receives with the same TELEGRAM_BOT_TOKEN. Only one may poll: stop the other one, or use TELEGRAM_WEBHOOK_URL with Redis to run several.",
  );
}

export function wrongToken(): BotError {
  return new BotError(
    "telegram.token",
    "Telegram does not accept TELEGRAM_BOT_TOKEN. Copy it again from @BotFather, or ask there for a new one.",
  );
}
