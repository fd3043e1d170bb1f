import { createHmac, randomBytes } from "node:crypto";
import { BotError } from "#core/errors.ts";
import type { Address } from "#core/message.ts";
import type { SecretKeys } from "#store/seal.ts";
import { createSeal } from "#store/seal.ts";

/** Names in the store: keyed hashes, so that no id stands in clear and none can be guessed without the hashing key. */
export interface Keys {
  person(channel: string, person: string): string;
  conversation(address: Address): string;
  debt(conversation: string, debtId: string): string;
  /** Names one save: the same incoming over the same versions is the same save, sent twice. */
  save(incomingId: string, conversationVersion: number, personVersion: number): string;
  /** Names an incoming that had its conversation deleted. */
  ended(conversation: string, incomingId: string): string;
  /** Names an incoming in a log. */
  incoming(incomingId: string): string;
  record(collection: string, id: string): string;
  index(collection: string, name: string, value: string): string;
  /** Names a recipient within a run: in two runs nobody sees that it is the same person. */
  recipient(run: string, channel: string, person: string): string;
}

const HASH_BYTES = 16;

/** Makes the names of the store from its hashing key. */
export function createKeys(hashingKey: Buffer): Keys {
  // A JSON array keeps its parts apart whatever they hold, tells "no thread" from an empty one, and escapes lone surrogates,
  // which UTF-8 alone would turn into one and the same character.
  const hash = (...parts: readonly (string | number | null)[]): string =>
    createHmac("sha256", hashingKey).update(JSON.stringify(parts)).digest().subarray(0, HASH_BYTES).toString("base64url");

  return {
    person: (channel, person) => hash("person", channel, person),
    conversation: ({ channel, chat, thread, person }) => hash("conversation", channel, chat, thread ?? null, person),
    debt: (conversation, debtId) => hash("debt", conversation, debtId),
    save: (incomingId, conversationVersion, personVersion) => hash("save", incomingId, conversationVersion, personVersion),
    ended: (conversation, incomingId) => hash("ended", conversation, incomingId),
    incoming: (incomingId) => hash("incoming", incomingId),
    record: (collection, id) => hash("record", collection, id),
    index: (collection, name, value) => hash("index", collection, name, value),
    recipient: (run, channel, person) => hash("recipient", run, channel, person),
  };
}

/** Where a store keeps its hashing key, sealed. */
export interface HashingKeyPlace {
  read(): Promise<string | undefined>;
  /** Keeps the first one that is written, and answers the one that is kept. */
  create(sealed: string): Promise<string>;
  replace(sealed: string): Promise<void>;
}

const PLACE = "hashing key";
const KEY_BYTES = 32;

/**
 * The store's hashing key: made once, opened with the previous SECRET_KEY too, and then sealed with the new one.
 * @throws BotError `store.sealed` where neither key opens it; going on would lose sight of everything that is stored.
 */
export async function openHashingKey(place: HashingKeyPlace, secrets: SecretKeys): Promise<Buffer> {
  const current = createSeal({ secretKey: secrets.secretKey });
  const stored = (await place.read()) ?? (await place.create(current.seal(randomBytes(KEY_BYTES).toString("base64url"), PLACE)));

  const opened = current.open(stored, PLACE);
  if (opened !== undefined) return Buffer.from(opened, "base64url");

  const before = createSeal(secrets).open(stored, PLACE);
  if (before === undefined) {
    throw new BotError(
      "store.sealed",
      "The store was sealed with another key. Set SECRET_KEY to the key it was last used with; where SECRET_KEY was changed, set SECRET_KEY_PREVIOUS to the one before.",
    );
  }
  await place.replace(current.seal(before, PLACE));
  return Buffer.from(before, "base64url");
}
