import { BotError } from "#core/errors.ts";
import type { Keys } from "#store/keys.ts";
import type { Vault } from "#store/vault.ts";

/** What the parts of a store share, whichever store it is. */
export interface Inside {
  readonly keys: Keys;
  readonly vault: Vault;
  readonly now: () => number;
  readonly retentionMs: number;
  readonly report: (fault: BotError) => void;
}

/** What is asked of a store when it is opened. */
export interface StoreOptions {
  readonly secretKey: string;
  readonly previousKey?: string | undefined;
  /** The clock (the system's). */
  readonly now?: (() => number) | undefined;
  /** How long a conversation, a person, or a record without a time of its own is kept after it was last written. */
  readonly retentionMs: number;
  /** Is told what the store could not read and had to leave or drop (nobody). */
  readonly report?: ((fault: BotError) => void) | undefined;
}

/** How long a debt waits that another process must open. Short: that process may have nothing else to do. */
export const SEALED_DEBT_WAITS_MS = 10_000;

/** The fault of a debt that cannot be opened here; anything else is thrown on. */
export function faultOfDebt(error: unknown): BotError {
  if (error instanceof BotError && error.code === "store.sealed") return error;
  throw error;
}
