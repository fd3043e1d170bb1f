import type { Keys } from "#store/keys.ts";
import type { Vault } from "#store/vault.ts";

/** What the parts of a store share, whichever store it is. */
export interface Inside {
  readonly keys: Keys;
  readonly vault: Vault;
  readonly now: () => number;
  readonly retentionMs: number;
}

/** What is asked of a store when it is opened. */
export interface StoreOptions {
  readonly secretKey: string;
  readonly previousKey?: string | undefined;
  /** The clock (the system's). */
  readonly now?: (() => number) | undefined;
  /** How long a conversation, a person, or a record without a time of its own is kept after it was last written. */
  readonly retentionMs: number;
}
