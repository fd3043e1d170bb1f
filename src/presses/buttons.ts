import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Address } from "#core/message.ts";

export interface Press {
  readonly turn: number;
  readonly option: number;
}

/** Signs what a button carries for one person in one chat, and reads it back. */
export interface Buttons {
  /** A short reference, under 64 bytes: turn, option, minute, signature. */
  sign(to: Address, press: Press, now: number): string;
  /** `refused`: made up, changed, or signed for somebody else or another chat. */
  read(from: Address, data: string, now: number): Press | "refused" | "expired";
}

const MINUTE_MS = 60_000;
/** A press is refused after this long: what it referred to is forgotten by then. */
export const PRESS_LASTS_MS = 7 * 86_400_000;
const SIGNATURE_BYTES = 12;
const FORM = /^([0-9a-z]{1,8})\.([0-9a-z]{1,3})\.([0-9a-z]{1,7})\.([\w-]{16})$/;

/** `previousKey` still reads what was signed before the key was changed. */
export function createButtons(secrets: { readonly secretKey: string; readonly previousKey?: string | undefined }): Buttons {
  const keys = [secrets.secretKey, secrets.previousKey].flatMap((secret) =>
    secret === undefined ? [] : [Buffer.from(hkdfSync("sha256", secret, "", "imece: buttons", 32))],
  );
  const [current = Buffer.alloc(0)] = keys;

  return {
    sign(to, { turn, option }, now) {
      const reference = [turn, option, Math.floor(now / MINUTE_MS)].map((number) => number.toString(36)).join(".");
      return `${reference}.${signature(current, to, reference).toString("base64url")}`;
    },

    read(from, data, now) {
      const [, turn = "", option = "", minute = "", signed = ""] = FORM.exec(data) ?? [];
      if (signed === "") return "refused";
      const given = Buffer.from(signed, "base64url");
      const reference = `${turn}.${option}.${minute}`;
      if (!keys.some((key) => timingSafeEqual(signature(key, from, reference), given))) return "refused";
      if (now - parseInt(minute, 36) * MINUTE_MS > PRESS_LASTS_MS) return "expired";
      return { turn: parseInt(turn, 36), option: parseInt(option, 36) };
    },
  };
}

// Bound to chat and person: a button that another member presses, or that is replayed elsewhere, is refused.
function signature(key: Buffer, { chat, thread, person }: Address, reference: string): Buffer {
  const signed = JSON.stringify([chat, thread ?? null, person, reference]);
  return createHmac("sha256", key).update(signed).digest().subarray(0, SIGNATURE_BYTES);
}
