import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Address } from "#core/message.ts";
import { createKeys } from "#store/keys.ts";
import { anyAddress } from "../contracts/store-samples.ts";

const keys = createKeys(Buffer.alloc(32, 7));

test("a key is short, fit for any store, and holds nothing of the id", () => {
  expect(keys.person("telegram", "551177")).toMatch(/^[\w-]{22}$/);
  expect(keys.conversation({ channel: "telegram", chat: "1", person: "1" })).toMatch(/^[\w-]{22}$/);
});

test("the same hashing key gives the same keys, another gives others", () => {
  expect(createKeys(Buffer.alloc(32, 7)).person("a", "b")).toBe(keys.person("a", "b"));
  expect(createKeys(Buffer.alloc(32, 8)).person("a", "b")).not.toBe(keys.person("a", "b"));
});

test("no two addresses share a key", () => {
  const parts = ["", "a", "aa", "İ", "I", "ı", "i", "i̇", "\u0000", '","', "\ud800", "\ud801", "null"];
  const addresses: Address[] = parts.flatMap((chat) =>
    parts.flatMap((person) => [undefined, ...parts].map((thread) => ({ channel: "c", chat, thread, person }))),
  );
  expect(new Set(addresses.map((address) => keys.conversation(address))).size).toBe(addresses.length);
  expect(new Set(parts.flatMap((channel) => parts.map((person) => keys.person(channel, person)))).size).toBe(parts.length ** 2);
});

test("addresses share a key where they are the same, and only there", () => {
  fc.assert(
    fc.property(anyAddress, anyAddress, (one, other) => {
      const same =
        JSON.stringify(one) === JSON.stringify(other) ||
        (["channel", "chat", "thread", "person"] as const).every((name) => one[name] === other[name]);
      expect(keys.conversation(one) === keys.conversation(other)).toBe(same);
    }),
  );
});

test("different kinds of names never meet", () => {
  const names = [
    keys.person("a", "b"),
    keys.record("a", "b"),
    keys.debt("a", "b"),
    keys.index("a", "b", ""),
    keys.index("a", "", "b"),
    keys.save("a", 1, 2),
  ];
  expect(new Set(names).size).toBe(names.length);
});
