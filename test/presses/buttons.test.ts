import fc from "fast-check";
import { expect, test } from "vitest";
import { createButtons, PRESS_LASTS_MS } from "#presses/buttons.ts";
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

const data = buttons.sign(AYSE, { turn: 7, option: 2 }, NOW);
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
