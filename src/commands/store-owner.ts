import { z } from "zod";
import { BotError } from "#core/errors.ts";
import type { Records } from "#core/ports.ts";

/** Whose a platform's side of a store is: the account that it was begun with. */
const COLLECTION = "platform-accounts";
/** As long as the store. Not for ever, so that nothing lies in a store that no one knows of any more. */
const LONG_MS = 100 * 365 * 86_400_000;

const schema = z.object({ id: z.string() });

const PLATFORMS = {
  telegram: { code: "telegram.other-bot", account: "Telegram bot", token: "TELEGRAM_BOT_TOKEN" },
  slack: { code: "slack.other-workspace", account: "Slack workspace", token: "SLACK_BOT_TOKEN" },
} as const;

/**
 * Keeps a store to one account of each platform: what two of them remember of chats, people and debts would mix. The first to come is
 * remembered by its id, which a new token of the same account leaves as it is.
 * @throws BotError `telegram.other-bot` or `slack.other-workspace`, with the remedy.
 */
export async function keepToOne(
  records: Pick<Records, "get" | "put">,
  platform: keyof typeof PLATFORMS,
  id: string,
  now: () => number,
): Promise<void> {
  const first = await records.put(COLLECTION, platform, { value: { id }, over: 0, expiresAt: now() + LONG_MS });
  if (first === "saved") return;
  const kept = schema.safeParse((await records.get(COLLECTION, platform))?.value).data;
  // Of what cannot be read nothing can be told: that is no reason to keep everybody waiting.
  if (kept === undefined || kept.id === id) return;
  const { code, account, token } = PLATFORMS[platform];
  throw new BotError(
    code,
    `This store is kept for another ${account}: chats and people of two must not mix. Give this one a store of its own (DATA_DIR, or another database in REDIS_URL), or set ${token} to a token of the one that the store was begun with; a new token of the same one will do.`,
  );
}
