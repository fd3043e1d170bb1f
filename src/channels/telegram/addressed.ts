import type { Self } from "#channels/telegram/parse.ts";
import type { Message } from "#channels/telegram/update.ts";
import { parseCommand } from "#core/command-names.ts";
import { fold } from "#text/fold.ts";

const COMMAND_FOR = /^\s*\/[\p{L}_]+@(\w+)/u;

/**
 * The words meant for the bot, without its name; empty where there are none but it is spoken to. `undefined` where a group speaks of
 * something else: there only a command, a mention or a reply is for the bot. A bare command counts, since clients send it so where a
 * group has one bot, and Telegram passes it on only to the bot that spoke there last.
 */
export function addressedWords(message: Message, self: Self): string | undefined {
  const words = message.text ?? message.caption ?? "";
  if (message.chat.type === "private") return words;

  const [, other] = COMMAND_FOR.exec(words) ?? [];
  if (other !== undefined) return fold(other) === fold(self.username) ? words : undefined;
  if (parseCommand(words) !== undefined) return words;

  const mentions = (message.entities ?? message.caption_entities ?? []).filter((entity) => {
    const named = words.slice(entity.offset, entity.offset + entity.length);
    return entity.type === "mention" ? fold(named) === fold(`@${self.username}`) : entity.user?.id === self.id;
  });
  const replied = message.reply_to_message;
  // In a topic every message replies to the one that opened it.
  const isReply = replied?.from?.id === self.id && replied.forum_topic_created === undefined;
  if (mentions.length === 0 && !isReply) return undefined;

  let rest = words;
  for (const { offset, length } of mentions.toReversed()) rest = `${rest.slice(0, offset)} ${rest.slice(offset + length)}`;
  return mentions.length === 0 ? words : rest.replace(/\s+/g, " ").trim();
}
