import { parseTelegram, type Self } from "#channels/telegram/parse.ts";
import type { TelegramParts } from "#channels/telegram/parts.ts";
import { answerPress, takePress } from "#channels/telegram/press.ts";
import type { Update } from "#channels/telegram/update.ts";
import { whileTyping } from "#channels/telegram/typing.ts";
import { deliverTelegram } from "#channels/telegram/deliver.ts";
import type { Handle } from "#core/ports.ts";

/** Takes one update. Once it returns, the update may be acknowledged; where it throws, it must come again. */
export async function receiveUpdate(parts: TelegramParts, self: Self, update: Update, handle: Handle): Promise<void> {
  const { memory, words, defaultLanguage } = parts;
  const parsed = parseTelegram(update, self);
  switch (parsed.kind) {
    case "ignored":
      return;
    case "moved":
      memory.moved(parsed.from, parsed.to);
      return;
    case "lost-press": {
      const press = { callback: parsed.callback, turn: 0, message: 0, answered: false, served: false };
      await answerPress(parts, press, words({ key: "press.refused" }, parsed.clientLanguage ?? defaultLanguage));
      return;
    }
    case "presence":
      await handle(parsed.address, parsed.incoming);
      return;
    case "press":
      await whileTyping(parts, parsed.address, () => takePress(parts, parsed, handle));
      return;
    case "incoming": {
      const recent = memory.of(parsed.address);
      const newest = recent.message ?? 0;
      if (parsed.edited && parsed.message < newest) return;
      recent.message = Math.max(newest, parsed.message);
      await whileTyping(parts, parsed.address, () => handle(parsed.address, parsed.incoming));
    }
  }
}

/** Says that an update could not be taken: once, whether it arrives or not, as there is nothing it could be owed under. */
export async function apologise(parts: TelegramParts, self: Self, update: Update): Promise<void> {
  const parsed = parseTelegram(update, self);
  if (parsed.kind !== "incoming" && parsed.kind !== "press") return;
  const told = parsed.kind === "press" ? parsed.clientLanguage : parsed.incoming.clientLanguage;
  const language = told ?? parts.defaultLanguage;
  await deliverTelegram(parts, parsed.address, { kind: "say", language, paragraphs: [{ key: "fault.apology" }] });
}
