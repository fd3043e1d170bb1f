import { expect, test } from "vitest";
import { FRESH_CONVERSATION } from "#core/conversation.ts";
import { createSeal } from "#store/seal.ts";
import { createVault } from "#store/vault.ts";

const seal = createSeal({ secretKey: "a secret key for tests, and long enough" });
const vault = createVault(seal);

test.each([
  ["another format", { ...FRESH_CONVERSATION, format: 2 }],
  ["no format", { turn: 1, taken: [], offers: [] }],
  ["a field of another type", { ...FRESH_CONVERSATION, turn: "3" }],
  ["an action nobody knows", { ...FRESH_CONVERSATION, offers: [{ turn: 1, actions: [{ act: "explode" }] }] }],
  ["no object", null],
])("a conversation with %s is not read", (_, value) => {
  expect(vault.conversation.open("key", seal.seal(JSON.stringify(value), "conversation key"))).toBeUndefined();
});

test("what is not JSON is not read", () => {
  expect(vault.person.open("key", seal.seal("{", "person key"))).toBeUndefined();
  expect(vault.person.open("key", seal.seal('{"format":1}', "person key"))).toEqual({ format: 1 });
});

test("a value is not read under another key, or as another kind", () => {
  const sealed = vault.conversation.seal("key", FRESH_CONVERSATION);
  expect(vault.conversation.open("key", sealed)).toEqual(FRESH_CONVERSATION);
  expect(vault.conversation.open("other", sealed)).toBeUndefined();
  expect(vault.person.open("key", sealed)).toBeUndefined();
});

test("a debt of a kind nobody knows is not read", () => {
  const sealed = seal.seal(JSON.stringify({ id: "in#0", owed: { kind: "reply", reply: { kind: "dance" } } }), "debt key");
  expect(vault.debt.open("key", sealed)).toBeUndefined();
});
