import type { BotParts } from "#bot/bot.ts";
import { deliver } from "#bot/deliver.ts";
import type { Address, Incoming } from "#core/message.ts";
import { askForPatience } from "#core/turn.ts";

/**
 * Whether its person sends too much, so that no turn is to be taken. The first incoming beyond the limit is told so, at once or not at all;
 * the others of that window are passed over.
 */
export async function isTooMuch(parts: BotParts, address: Address, incoming: Incoming): Promise<boolean> {
  const { limit, rate, conversations, log } = parts;
  if (limit === undefined) return false;
  const place = await rate.count(address.channel, address.person, incoming.id, limit);
  if (place <= limit.most) return false;
  const channel = parts.channel(address.channel);
  if (place === limit.most + 1 && channel !== undefined) {
    const { conversation, person } = await conversations.load(address);
    const world = { incoming, conversation, person, now: parts.now(), knowledge: parts.knowledge(), settings: parts.settings };
    await deliver(channel, address, askForPatience(world), log);
  }
  return true;
}
