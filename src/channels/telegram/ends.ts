import { BotError } from "#core/errors.ts";

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
