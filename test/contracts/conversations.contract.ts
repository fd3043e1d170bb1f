import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Person } from "#core/conversation.ts";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import type { Place } from "../support/store.ts";
import {
  ALI,
  anyAddress,
  anyConversation,
  anyOwed,
  anyPerson,
  anySubscription,
  AYSE,
  MINUTE,
  saveTurn,
  saying,
} from "./store-samples.ts";

/** Its turns are numbered from anywhere. */
const FRESH = { ...FRESH_CONVERSATION, turn: expect.any(Number) as number };
const conversation = { ...FRESH_CONVERSATION, turn: 3, question: "Genel kurul ne zaman?" };

/** What every store promises of conversations and persons. */
export function conversationsContract(place: () => Place): void {
  test("what was never stored is fresh, at version 0", async () => {
    const store = await place().open();
    expect(await store.conversations.load(AYSE)).toEqual({
      conversation: FRESH,
      conversationVersion: 0,
      person: FRESH_PERSON,
      personVersion: 0,
    });
  });

  test("a returned value is a copy, and so is what was saved", async () => {
    const store = await place().open();
    const fresh = await store.conversations.load(AYSE);
    Object.assign(fresh.conversation, { turn: 99 });
    (fresh.conversation.taken as string[]).push("mine");
    expect((await store.conversations.load(ALI)).conversation).toEqual(FRESH);

    const mine = structuredClone(conversation);
    await saveTurn(store, AYSE, "in-1", [], { conversation: mine });
    mine.turn = 98;
    Object.assign((await store.conversations.load(AYSE)).conversation, { turn: 97 });
    expect((await store.conversations.load(AYSE)).conversation).toEqual(conversation);
  });

  test("whatever is saved comes back the same", async () => {
    const store = await place().open();
    await fc.assert(
      fc.asyncProperty(
        anyAddress,
        anyConversation,
        anyPerson,
        fc.array(anyOwed, { maxLength: 3 }),
        fc.uuid(),
        async (address, saved, person, owed, id) => {
          expect(await saveTurn(store, address, id, owed, { conversation: saved, person })).toBe("saved");
          expect(await store.conversations.load(address)).toMatchObject({ conversation: saved, person });
          for (const [position, each] of owed.entries()) {
            const debt = await store.debts.claim(address, "h", MINUTE, Date.now());
            expect(debt).toEqual({ id: `${id}#${position}`, address, owed: each, attempts: 0 });
            await store.debts.settle(address, "h", `${id}#${position}`);
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 30_000);

  test("a stale version is refused, and nothing changes or is owed", async () => {
    const store = await place().open();
    const first = await store.conversations.load(AYSE);
    await saveTurn(store, AYSE, "in-1", [], { conversation });
    expect(await store.conversations.save(AYSE, { ...first, incomingId: "in-2", owed: [saying("a")] })).toBe("stale");
    expect((await store.conversations.load(AYSE)).conversation).toEqual(conversation);
    expect(await store.debts.claim(AYSE, "h", MINUTE, Date.now())).toBeUndefined();
  });

  test("a stale person is refused, though the conversation is another", async () => {
    const store = await place().open();
    const elsewhere = { ...AYSE, chat: "a group" };
    const read = await store.conversations.load(elsewhere);
    await saveTurn(store, AYSE, "in-1", [], { person: { format: 1, language: "en" } });
    expect(await store.conversations.save(elsewhere, { ...read, incomingId: "in-2", owed: [saying("a")] })).toBe("stale");
    expect((await store.conversations.load(elsewhere)).conversationVersion).toBe(0);
    expect((await store.conversations.load(elsewhere)).person.language).toBe("en");
    expect(await saveTurn(store, elsewhere, "in-2", [])).toBe("saved");
  });

  test("one of twenty writers wins", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in-0", []);
    const read = await store.conversations.load(AYSE);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        store.conversations.save(AYSE, { ...read, incomingId: `in-${n + 1}`, owed: [saying(`${n}`)] }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1);
    const debt = await store.debts.claim(AYSE, "h", MINUTE, Date.now());
    expect(debt?.id).toBe(`in-${outcomes.indexOf("saved") + 1}#0`);
    await store.debts.settle(AYSE, "h", debt?.id ?? "");
    expect(await store.debts.claim(AYSE, "h", MINUTE, Date.now())).toBeUndefined();
  });

  test("a save that is sent again is saved already, and owes nothing twice", async () => {
    const store = await place().open();
    const saving = { ...(await store.conversations.load(AYSE)), incomingId: "in-1", owed: [saying("a")] };
    expect(await store.conversations.save(AYSE, saving)).toBe("saved");
    expect(await store.conversations.save(AYSE, saving)).toBe("saved");
    const debt = await store.debts.claim(AYSE, "h", MINUTE, Date.now());
    await store.debts.settle(AYSE, "h", debt?.id ?? "");
    expect(await store.conversations.save(AYSE, saving)).toBe("saved");
    expect(await store.debts.claim(AYSE, "h", MINUTE, Date.now())).toBeUndefined();
  });

  test("İ I ı i are four persons, and four chats", async () => {
    const store = await place().open();
    const letters = ["İ", "I", "ı", "i"];
    const addresses = letters.flatMap((letter) => [
      { ...AYSE, person: letter },
      { ...AYSE, chat: letter },
    ]);
    for (const [n, address] of addresses.entries())
      await saveTurn(store, address, "in", [], { conversation: { ...conversation, turn: n } });
    const turns = await Promise.all(
      addresses.map(async (address) => (await store.conversations.load(address)).conversation.turn),
    );
    expect(turns).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test("no thread, an empty one and a shifted boundary are different conversations", async () => {
    const store = await place().open();
    await saveTurn(store, { channel: "c", chat: "ab", person: "p" }, "in", [], { conversation });
    for (const other of [
      { channel: "c", chat: "ab", thread: "", person: "p" },
      { channel: "c", chat: "a", thread: "b", person: "p" },
      { channel: "c", chat: "ab\u0000p", person: "" },
    ]) {
      expect((await store.conversations.load(other)).conversationVersion).toBe(0);
    }
  });

  test("whoever wants announcements is kept until they leave, and then for the retention", async () => {
    const store = await place().open({ retentionMs: 150 });
    const [subscription] = fc.sample(anySubscription, 1);
    if (subscription === undefined) throw new Error("no sample");
    const wants: Person = { format: 1, subscription: { ...subscription, topics: ["esmed"] } };
    await saveTurn(store, AYSE, "in-1", [], { person: wants });
    await saveTurn(store, ALI, "in-1", [], { person: { format: 1, subscription: { ...subscription, topics: [] } } });
    await expect.poll(async () => (await store.conversations.load(ALI)).person.subscription).toBeUndefined();
    const { person, conversation } = await store.conversations.load(AYSE);
    expect(person).toEqual(wants);
    expect(conversation.taken).toEqual([]);
  });

  test("after the retention it is gone, and a new life begins", async () => {
    const store = await place().open({ retentionMs: 150 });
    await saveTurn(store, AYSE, "in-1", [saying("a")], { conversation });
    const before = await store.conversations.load(AYSE);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect((await store.conversations.load(AYSE)).conversation).toEqual(FRESH);
    expect(await store.debts.claim(AYSE, "h", MINUTE, Date.now())).toBeUndefined();
    expect(await saveTurn(store, AYSE, "in-2", [])).toBe("saved");
    expect(await store.conversations.save(AYSE, { ...before, incomingId: "in-3", owed: [] })).toBe("stale");
  });

  test("that an incoming ended its conversation is known for as long as was said, there and nowhere else", async () => {
    const store = await place().open();
    expect(await store.conversations.hasEnded(AYSE, "in-1")).toBe(false);
    await store.conversations.markEnded(AYSE, "in-1", 300);
    expect(await store.conversations.hasEnded(AYSE, "in-1")).toBe(true);
    expect(await store.conversations.hasEnded(AYSE, "in-2")).toBe(false);
    expect(await store.conversations.hasEnded(ALI, "in-1")).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await store.conversations.hasEnded(AYSE, "in-1")).toBe(false);
  });

  test("a spoilt conversation or person starts a fresh one, which can be saved", async () => {
    const store = await place().open();
    await saveTurn(store, AYSE, "in-1", [], { conversation, person: { format: 1, language: "en" } });
    await place().spoil("conversation");
    await place().spoil("person");
    const loaded = await store.conversations.load(AYSE);
    expect(loaded).toMatchObject({ conversation: FRESH, person: FRESH_PERSON });
    expect(await saveTurn(store, AYSE, "in-2", [], { conversation })).toBe("saved");
    expect((await store.conversations.load(AYSE)).conversation).toEqual(conversation);
  });
}
