import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { BotError } from "#core/errors.ts";

export interface SecretKeys {
  /** SECRET_KEY: seals everything that is written. */
  readonly secretKey: string;
  /** SECRET_KEY_PREVIOUS: still opens what was sealed before SECRET_KEY was changed. */
  readonly previousKey?: string | undefined;
}

export interface Seal {
  /** Seals a text for one place. Opened anywhere else it is unreadable, so a value cannot be moved to another key. */
  seal(text: string, place: string): string;
  /** The text, or `undefined` for whatever was not sealed for this place with one of the keys. Never throws. */
  open(sealed: string, place: string): string | undefined;
  /** Whether it names a key that is none of ours: not spoilt, only closed to us. */
  isForeign(sealed: string): boolean;
  /** Whether SECRET_KEY sealed it, and not the key before. */
  isCurrent(sealed: string): boolean;
}

interface Key {
  /** Stands in front of what the key sealed, so that a text of another key is told from a spoilt one. */
  readonly mark: Buffer;
  readonly key: Buffer;
}

const FORMAT = 2;
const MARK_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + MARK_BYTES;
const TAG_AT = NONCE_AT + NONCE_BYTES;
const BODY_AT = TAG_AT + TAG_BYTES;
const LEAST_CHARACTERS = 32;

/** Seals stored texts with AES-256-GCM, each under a nonce of its own. */
export function createSeal({ secretKey, previousKey }: SecretKeys): Seal {
  const current = derive("SECRET_KEY", secretKey);
  const keys = previousKey === undefined ? [current] : [current, derive("SECRET_KEY_PREVIOUS", previousKey)];

  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", current.key, nonce);
      cipher.setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(FORMAT), current.mark, nonce, cipher.getAuthTag(), body]).toString("base64url");
    },

    open(sealed, place) {
      const bytes = read(sealed);
      const fitting = bytes && keys.find(({ mark }) => mark.equals(markIn(bytes)));
      return bytes && fitting && openWith(fitting.key, bytes, place);
    },

    isForeign(sealed) {
      const bytes = read(sealed);
      return bytes !== undefined && !keys.some(({ mark }) => mark.equals(markIn(bytes)));
    },

    isCurrent(sealed) {
      const bytes = read(sealed);
      return bytes !== undefined && current.mark.equals(markIn(bytes));
    },
  };
}

function read(sealed: string): Buffer | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  return bytes.length < BODY_AT || bytes[0] !== FORMAT ? undefined : bytes;
}

function markIn(bytes: Buffer): Buffer {
  return bytes.subarray(1, NONCE_AT);
}

function openWith(key: Buffer, bytes: Buffer, place: string): string | undefined {
  const nonce = bytes.subarray(NONCE_AT, TAG_AT);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(TAG_AT, BODY_AT));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(BODY_AT)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

function derive(name: string, secret: string): Key {
  if (secret.length < LEAST_CHARACTERS) {
    throw new BotError(
      "config.invalid",
      `${name} must have at least ${LEAST_CHARACTERS} characters: make one with "openssl rand -base64 48".`,
    );
  }
  const derived = (purpose: string, bytes: number) => Buffer.from(hkdfSync("sha256", secret, "", purpose, bytes));
  return { key: derived("imece: sealed texts", 32), mark: derived("imece: mark of a key", MARK_BYTES) };
}
