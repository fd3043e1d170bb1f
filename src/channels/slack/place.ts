import type { Address, MessageReference } from "#core/message.ts";
import type { Language } from "#text/language.ts";

export const CHANNEL = "slack";

/**
 * What stands for a thread where there is none: an answer that one person alone sees (to a command or a shortcut), and one that this
 * person has shown to everyone.
 */
export const ONLY_YOU = "only-you";
const EVERYONE = "everyone";

/** Shown to everyone in the language it was read in. */
export function everyone(language: Language): string {
  return `${EVERYONE}-${language}`;
}

export function isForEveryone({ thread }: Pick<Address, "thread">): boolean {
  return thread?.startsWith(EVERYONE) === true;
}

/** The thread that is meant, in Slack's own form. */
export function threadOf(address: Pick<Address, "thread">): string | undefined {
  return address.thread === ONLY_YOU || isForEveryone(address) ? undefined : address.thread;
}

/** Direct messages with the bot: what is written there is nobody else's. */
export function isDirect({ chat }: Pick<Address, "chat">): boolean {
  return chat.startsWith("D");
}

export function reference(channel: string, ts: string): MessageReference {
  return `${channel}/${ts}`;
}

export function placeOf(message: MessageReference): { channel: string; ts: string } {
  const [channel = "", ts = ""] = message.split("/");
  return { channel, ts };
}
