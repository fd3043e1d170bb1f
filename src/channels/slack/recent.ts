import { LIMITS } from "#channels/slack/limits.ts";
import type { Address } from "#core/message.ts";
import { createRecents, forgetOldest } from "#core/recent.ts";

/** A press that is being worked on. */
export interface PendingPress {
  readonly turn: number;
  readonly channel: string;
  readonly message: string | undefined;
  readonly onlyYou: boolean;
  readonly responseUrl: string | undefined;
  readonly until: number;
}

/**
 * What this process has lately seen of a conversation. A convenience only, so that it may be forgotten at any time: without it a menu is
 * shown anew instead of in place, an edit is taken for the last message, and an answer for one person alone goes another way.
 */
export interface Recent {
  /** The newest message of the person. */
  message?: string;
  press?: PendingPress | undefined;
  response?: { readonly url: string; readonly until: number; uses: number } | undefined;
}

export interface Memory {
  of(address: Address): Recent;
  /** How many messages of a long reply have left already, so that a second try goes on where the first one ended. */
  readonly progress: Map<string, number>;
  /** Deliveries of which nobody knew whether they arrived: looked for before they are sent again. */
  readonly doubtful: Map<string, true>;
  /** Notes where a command or a press can be answered. */
  mayRespond(address: Address, url: string | undefined, now: number): void;
  /** An address to answer at, which is thereby used once. */
  responseUrl(address: Address, now: number): string | undefined;
}

const MOST_CONVERSATIONS = 10_000;
const MOST_OTHERS = 1000;

export function createMemory(): Memory {
  const recents = createRecents<Recent>(MOST_CONVERSATIONS, () => ({}));
  const progress = new Map<string, number>();
  const doubtful = new Map<string, true>();
  const of: Memory["of"] = (address) => {
    forgetOldest(progress, MOST_OTHERS);
    forgetOldest(doubtful, MOST_OTHERS);
    return recents(address);
  };
  return {
    of,
    progress,
    doubtful,
    mayRespond(address, url, now) {
      if (url !== undefined) of(address).response = { url, until: now + LIMITS.responseMs, uses: 0 };
    },
    responseUrl(address, now) {
      const { response } = of(address);
      if (response === undefined || now > response.until || response.uses >= LIMITS.responseUses) return undefined;
      response.uses += 1;
      return response.url;
    },
  };
}
