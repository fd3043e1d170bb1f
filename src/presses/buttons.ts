import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { AnnouncementPress } from "#core/announcement.ts";
import { ANNOUNCEMENT_PRESSES } from "#core/announcement.ts";
import type { Address } from "#core/message.ts";

/** An option of a turn. */
export interface Press {
  readonly turn: number;
  readonly option: number;
}

/** What stands under an announcement. */
export interface PressUnder {
  readonly announcement: string;
  readonly button: AnnouncementPress;
}

/** Signs what a button carries for one person in one chat, and reads it back. */
export interface Buttons {
  /** A short reference, under 64 bytes: turn, option, minute, signature; or announcement, button, signature. */
  sign(to: Address, press: Press | PressUnder, now: number): string;
  /** `refused`: made up, changed, or signed for somebody else or another chat. */
  read(from: Address, data: string, now: number): Press | PressUnder | "refused" | "expired";
}

const MINUTE_MS = 60_000;
/** A press is refused after this long: what it referred to is forgotten by then. Under an announcement there is no such time. */
export const PRESS_LASTS_MS = 7 * 86_400_000;
const SIGNATURE_BYTES = 12;
const FORM = /^([0-9a-z]{1,8})\.([0-9a-z]{1,3})\.([0-9a-z]{1,7})\.([\w-]{16})$/;
const UNDER = /^a:([0-9a-z]{1,16}):([0-9a-z]):([\w-]{16})$/;

/** `previousKey` still reads what was signed before the key was changed. */
export function createButtons(secrets: { readonly secretKey: string; readonly previousKey?: string | undefined }): Buttons {
  const keys = [secrets.secretKey, secrets.previousKey].flatMap((secret) =>
    secret === undefined ? [] : [Buffer.from(hkdfSync("sha256", secret, "", "imece: buttons", 32))],
  );
  const [current = Buffer.alloc(0)] = keys;
  const holds = (from: Address, reference: string, signed: string) => {
    const given = Buffer.from(signed, "base64url");
    return keys.some((key) => timingSafeEqual(signature(key, from, reference), given));
  };

  return {
    sign(to, press, now) {
      const reference = "announcement" in press ? referenceUnder(press) : referenceTo(press, now);
      const separator = "announcement" in press ? ":" : ".";
      return `${reference}${separator}${signature(current, to, reference).toString("base64url")}`;
    },

    read(from, data, now) {
      const [, announcement = "", number = "", signedUnder = ""] = UNDER.exec(data) ?? [];
      const button = ANNOUNCEMENT_PRESSES[parseInt(number, 36)];
      if (button !== undefined) {
        const under = { announcement, button };
        return holds(from, referenceUnder(under), signedUnder) ? under : "refused";
      }
      const [, turn = "", option = "", minute = "", signed = ""] = FORM.exec(data) ?? [];
      if (signed === "" || !holds(from, `${turn}.${option}.${minute}`, signed)) return "refused";
      if (now - parseInt(minute, 36) * MINUTE_MS > PRESS_LASTS_MS) return "expired";
      return { turn: parseInt(turn, 36), option: parseInt(option, 36) };
    },
  };
}

/** Whether a button stands under an announcement, even where its signature holds no longer: its person is then shown what they can leave. */
export function isUnderAnnouncement(data: string): boolean {
  return UNDER.test(data);
}

function referenceTo({ turn, option }: Press, now: number): string {
  return [turn, option, Math.floor(now / MINUTE_MS)].map((number) => number.toString(36)).join(".");
}

function referenceUnder({ announcement, button }: PressUnder): string {
  return `a:${announcement}:${ANNOUNCEMENT_PRESSES.indexOf(button).toString(36)}`;
}

// Bound to chat and person: a button that another member presses, or that is replayed elsewhere, is refused.
function signature(key: Buffer, { chat, thread, person }: Address, reference: string): Buffer {
  const signed = JSON.stringify([chat, thread ?? null, person, reference]);
  return createHmac("sha256", key).update(signed).digest().subarray(0, SIGNATURE_BYTES);
}
