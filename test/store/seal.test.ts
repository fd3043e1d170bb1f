import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSeal } from "#store/seal.ts";

const secretKey = "the first secret key, quite long enough";
const another = "the second secret key, also long enough";
const own = createSeal({ secretKey });
const seal = (text: string, place: string) => own.seal(text, place);
const open = (sealed: string, place: string) => own.open(sealed, place);

test("what was sealed for a place is opened there", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: "grapheme" }),
      (text, place) => open(seal(text, place), place) === text,
    ),
  );
});

test("the same text is never sealed alike", () => {
  expect(new Set(Array.from({ length: 1000 }, () => seal("a", "p"))).size).toBe(1000);
});

test("moved to another place it is unreadable", () => {
  expect(open(seal("words", "conversation A"), "conversation B")).toBeUndefined();
});

test("tampered with anywhere it is unreadable", () => {
  const bytes = Buffer.from(seal("a member's words", "p"), "base64url");
  for (const at of bytes.keys()) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(open(changed.toString("base64url"), "p")).toBeUndefined();
    expect(open(bytes.subarray(0, at).toString("base64url"), "p")).toBeUndefined();
  }
});

test("foreign data is unreadable and never throws", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.base64String(),
        fc.uint8Array().map((bytes) => Buffer.from([1, ...bytes]).toString("base64url")),
      ),
      (foreign) => open(foreign, "p") === undefined,
    ),
  );
});

test("the previous key opens and does not seal", () => {
  const rotated = createSeal({ secretKey: another, previousKey: secretKey });
  expect(rotated.open(seal("old", "p"), "p")).toBe("old");
  expect(open(rotated.seal("new", "p"), "p")).toBeUndefined();
  expect(createSeal({ secretKey: another }).open(rotated.seal("new", "p"), "p")).toBe("new");
});

test("a short key is refused by name, and not shown", () => {
  const short = "too short a key";
  expect(() => createSeal({ secretKey: short })).toThrow(/^SECRET_KEY must have at least 32/);
  expect(() => createSeal({ secretKey, previousKey: short })).toThrow(/^SECRET_KEY_PREVIOUS must/);
  expect(() => createSeal({ secretKey: short })).not.toThrow(short);
});
