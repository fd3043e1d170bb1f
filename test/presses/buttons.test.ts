import fc from "fast-check";
import { expect, test } from "vitest";
import { createButtons, isUnderAnnouncement, PRESS_LASTS_MS } from "#presses/buttons.ts";
import { ANNOUNCEMENT_BUTTONS } from "#core/announcement.ts";
import type { Address } from "#core/message.ts";

const secretKey = "a secret key for tests, and long enough";
const buttons = createButtons({ secretKey });
const AYSE: Address = { channel: "telegram", chat: "-100123", person: "5001" };
const NOW = Date.parse("2026-11-24T09:00:00Z");

test("a button is read back by the person it was made for, and fits", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.integer({ min: 1, max: 99 }), fc.nat(10_000_000_000_000), (turn, option, now) => {
      const data = buttons.sign(AYSE, { turn, option }, now);
      expect(Buffer.byteLength(data)).toBeLessThan(64);
      expect(buttons.read(AYSE, data, now)).toEqual({ turn, option });
    }),
  );
});

test("a button under an announcement fits too, and never expires", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z0-9]{8}$/), fc.constantFrom(...ANNOUNCEMENT_BUTTONS), (announcement, button) => {
      const signed = buttons.sign(AYSE, { announcement, button }, NOW);
      expect(Buffer.byteLength(signed)).toBeLessThan(64);
      expect(buttons.read(AYSE, signed, NOW + 100 * PRESS_LASTS_MS)).toEqual({ announcement, button });
      expect(isUnderAnnouncement(signed)).toBe(true);
      for (const from of [
        { ...AYSE, person: "5002" },
        { ...AYSE, chat: "5001" },
      ])
        expect(buttons.read(from, signed, NOW)).toBe("refused");
      expect(buttons.read(AYSE, signed.replace(/^a:./, "a:-"), NOW)).toBe("refused");
    }),
  );
});

const data = buttons.sign(AYSE, { turn: 7, option: 2 }, NOW);
const announced = buttons.sign(AYSE, { announcement: "k7m2p9qx", button: "leave" }, NOW);
const [turn = "", option = "", minute = "", signature = ""] = data.split(".");

test.each<[string, Address, string]>([
  ["another person", { ...AYSE, person: "5002" }, data],
  ["another chat", { ...AYSE, chat: "5001" }, data],
  ["another topic of the chat", { ...AYSE, thread: "4" }, data],
  ["another option", AYSE, [turn, "3", minute, signature].join(".")],
  ["another turn", AYSE, ["8", option, minute, signature].join(".")],
  ["a later minute", AYSE, [turn, option, "zzzzzz", signature].join(".")],
  ["no signature", AYSE, [turn, option, minute, ""].join(".")],
  ["a made-up signature", AYSE, [turn, option, minute, "A".repeat(16)].join(".")],
  ["another announcement", AYSE, announced.replace("k7m2p9qx", "k7m2p9qy")],
  ["another button under it", AYSE, announced.replace(":2:", ":0:")],
  ["a button that there is not", AYSE, announced.replace(":2:", ":9:")],
  ["another key", AYSE, createButtons({ secretKey: "x".repeat(32) }).sign(AYSE, { turn: 7, option: 2 }, NOW)],
  ["nonsense", AYSE, "🦄".repeat(16)],
  ["nothing", AYSE, ""],
])("is refused: %s", (_name, from, given) => {
  expect(buttons.read(from, given, NOW)).toBe("refused");
});

test("an old one has expired, and one of the key before still holds", () => {
  expect(buttons.read(AYSE, data, NOW + PRESS_LASTS_MS - 60_000)).toEqual({ turn: 7, option: 2 });
  expect(buttons.read(AYSE, data, NOW + PRESS_LASTS_MS + 60_000)).toBe("expired");
  const next = createButtons({ secretKey: "another key that is long enough too", previousKey: secretKey });
  expect(next.read(AYSE, data, NOW)).toEqual({ turn: 7, option: 2 });
});
