import { LIMITS } from "#channels/telegram/limits.ts";
import type { Parsed } from "#channels/telegram/parse.ts";
import type { TelegramParts } from "#channels/telegram/parts.ts";
import type { PendingPress } from "#channels/telegram/recent.ts";
import { shorten } from "#text/split.ts";
import type { Incoming } from "#core/message.ts";
import type { Handle } from "#core/ports.ts";
import { isUnderAnnouncement } from "#presses/buttons.ts";

type WithoutId<Each> = Each extends unknown ? Omit<Each, "id"> : never;
type Pressed = Extract<WithoutId<Incoming>, { kind: "choice" | "announcement-press" | "command" }>;

/** A phone shows a pressed button as busy until it is answered; longer than this nobody should wait for that. */
const ANSWERED_WITHIN_MS = 1500;

/** Takes a press: what its button stood for is handed on, and it is answered in any case. */
export async function takePress(parts: TelegramParts, press: Extract<Parsed, { kind: "press" }>, handle: Handle): Promise<void> {
  const { buttons, words, now } = parts;
  const { address, callback, clientLanguage } = press;
  const read = buttons.read(address, press.data, now());
  const language = clientLanguage ?? parts.defaultLanguage;
  const pending: PendingPress = { callback, turn: 0, message: press.message, answered: false, served: false };
  if (read === "refused" && isUnderAnnouncement(press.data)) {
    return takeKnown(parts, press, pending, { kind: "command", command: "announcements", argument: "" }, handle);
  }
  if (typeof read === "string") {
    await answerPress(parts, pending, words({ key: read === "expired" ? "press.expired" : "press.refused" }, language));
    return;
  }

  if ("announcement" in read) return takeKnown(parts, press, pending, { kind: "announcement-press", ...read }, handle);
  return takeKnown(parts, press, { ...pending, turn: read.turn }, { kind: "choice", ...read }, handle);
}

/** Hands on what a button stood for. */
async function takeKnown(
  parts: TelegramParts,
  { address, callback, clientLanguage }: Parsed & { kind: "press" },
  mine: PendingPress,
  pressed: Pressed,
  handle: Handle,
): Promise<void> {
  const { memory, words } = parts;
  const recent = memory.of(address);
  recent.press = mine;
  const late = setTimeout(() => void answerPress(parts, mine), ANSWERED_WITHIN_MS);
  let done = false;
  try {
    const told = clientLanguage === undefined ? {} : { clientLanguage };
    // Named by the press and not by the update: the same press is taken once, however it comes again.
    done = (await handle(address, { id: `tg-press-${callback}`, ...told, ...pressed })) !== "silenced";
  } finally {
    clearTimeout(late);
    if (recent.press === mine) recent.press = undefined;
    // Done, and yet nothing to show: it was taken before. Where it could not be taken it comes again.
    const language = clientLanguage ?? parts.defaultLanguage;
    await answerPress(parts, mine, done && !mine.served ? words({ key: "press.done" }, language) : undefined);
  }
}

/** Answers a press once, in words or silently. Answered at once or not at all; false where the words did not arrive. */
export async function answerPress({ client, log }: TelegramParts, press: PendingPress, words?: string): Promise<boolean> {
  if (press.answered) return false;
  press.answered = true;
  const said = words === undefined ? {} : { text: shorten(words, LIMITS.callbackAnswer), show_alert: true };
  const answered = await client.call("answerCallbackQuery", { callback_query_id: press.callback, ...said });
  if (!answered.ok) log.callFailed("answerCallbackQuery", answered.code);
  return answered.ok;
}
