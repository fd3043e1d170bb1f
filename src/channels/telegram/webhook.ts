import { createHash, timingSafeEqual } from "node:crypto";
import { LIMITS } from "#channels/telegram/limits.ts";
import type { TelegramLog } from "#channels/telegram/parts.ts";
import { readUpdate, type Update } from "#channels/telegram/update.ts";
import { faultOf } from "#core/errors.ts";
import type { Answer, Route } from "#core/route.ts";

export interface WebhookParts {
  readonly path: string;
  readonly secret: string;
  /** Where updates go; absent while the bot is starting or ending, and then Telegram sends them again. */
  readonly receiver: () => ((update: Update) => Promise<void>) | undefined;
  /** Tells whoever wrote it that it could not be taken. */
  readonly apologise: (update: Update) => Promise<void>;
  readonly log: TelegramLog;
}

const MOST_REFUSED = 1000;
const SECRET_HEADER = "x-telegram-bot-api-secret-token";

/** Receives updates by HTTP: answered once the turn is saved. The secret is looked at before anything else is read. */
export function createWebhookRoute({ path, secret, receiver, apologise, log }: WebhookParts): Route {
  const refused = new Map<number, number>();
  /** Whether it is passed over now. Until then Telegram sends it again, perhaps to a process that can take it. */
  const isSetAside = (id: number, error: unknown): boolean => {
    if (faultOf(error).code === "store.unavailable") return false;
    const tries = (refused.get(id) ?? 0) + 1;
    refused.delete(id);
    if (tries >= LIMITS.mostTries) return true;
    refused.set(id, tries);
    const [oldest] = refused.keys();
    if (refused.size > MOST_REFUSED && oldest !== undefined) refused.delete(oldest);
    return false;
  };

  return {
    method: "POST",
    path,
    async respond(request): Promise<Answer> {
      if (!same(request.header(SECRET_HEADER) ?? "", secret)) return { status: 401 };
      const receive = receiver();
      if (receive === undefined) return { status: 503 };
      const text = await request.body(LIMITS.bodyBytes);
      if (text === undefined) return { status: 413 };
      const update = readUpdate(parseJson(text));
      // Nothing that Telegram could send better a second time.
      if (update === undefined) return { status: 200 };
      try {
        await receive(update);
        return { status: 200 };
      } catch (error) {
        log.receivingFailed(error);
        if (!isSetAside(update.update_id, error)) return { status: 500 };
        log.updateSetAside(error);
        await apologise(update);
        return { status: 200 };
      }
    },
  };
}

// Hashed, so that both are of one length and the comparison takes the same time whatever was sent.
function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
