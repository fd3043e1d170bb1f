import type { Address } from "#core/message.ts";
import { createRecents, forgetOldest } from "#core/recent.ts";

/** A press that is being worked on. */
export interface PendingPress {
  readonly callback: string;
  readonly turn: number;
  readonly message: number;
  answered: boolean;
  /** Whether anything was shown for it. */
  served: boolean;
}

/**
 * What this process has lately seen of a conversation. A convenience only, so that it may be forgotten at any time: without it a menu is
 * shown anew instead of in place, and an edit is taken for the last message.
 */
export interface Recent {
  /** The newest message of the person. */
  message?: number;
  press?: PendingPress | undefined;
}

export interface Memory {
  of(address: Address): Recent;
  /** Where a chat is now: a group that grew has a new id. */
  chatNow(chat: string): string;
  moved(from: string, to: string): void;
  /** How many messages of a long reply have left already, so that a second try goes on where the first one ended. */
  readonly progress: Map<string, number>;
}

const MOST_CONVERSATIONS = 10_000;
const MOST_OTHERS = 1000;

export function createMemory(): Memory {
  const recents = createRecents<Recent>(MOST_CONVERSATIONS, () => ({}));
  const chats = new Map<string, string>();
  const progress = new Map<string, number>();
  return {
    of(address) {
      forgetOldest(progress, MOST_OTHERS);
      return recents(address);
    },
    chatNow: (chat) => chats.get(chat) ?? chat,
    moved(from, to) {
      chats.set(from, to);
      forgetOldest(chats, MOST_OTHERS);
    },
    progress,
  };
}
