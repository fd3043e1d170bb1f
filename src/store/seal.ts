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
}

const FORMAT = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;
const LEAST_CHARACTERS = 32;

/** Seals stored texts with AES-256-GCM, each under a nonce of its own. */
export function createSeal({ secretKey, previousKey }: SecretKeys): Seal {
  const key = derive("SECRET_KEY", secretKey);
  const keys = previousKey === undefined ? [key] : [key, derive("SECRET_KEY_PREVIOUS", previousKey)];

  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), body]).toString("base64url");
    },

    open(sealed, place) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < HEAD_BYTES || bytes[0] !== FORMAT) return undefined;
      // No key is named in the sealed text: the tag tells whether a key fits, and there are two at most.
      for (const each of keys) {
        const text = openWith(each, bytes, place);
        if (text !== undefined) return text;
      }
      return undefined;
    },
  };
}

function openWith(key: Buffer, bytes: Buffer, place: string): string | undefined {
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, HEAD_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(HEAD_BYTES)), decipher.final()]).toString("utf8");
  } catch {
    return undefined;
  }
}

function derive(name: string, secret: string): Buffer {
  if (secret.length < LEAST_CHARACTERS) {
    throw new BotError(
      "config.invalid",
      `${name} must have at least ${LEAST_CHARACTERS} characters: make one with "openssl rand -base64 48".`,
    );
  }
  return Buffer.from(hkdfSync("sha256", secret, "", "imece: sealed texts", 32));
}
