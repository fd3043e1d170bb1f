import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Person } from "#core/conversation.ts";
import { FRESH_CONVERSATION } from "#core/conversation.ts";
import type { Store } from "#core/ports.ts";
import { SECRET_KEY, type Place } from "../support/store.ts";
import { ALI, anySubscription, AYSE, drain, MINUTE, saveTurn, saying } from "./store-samples.ts";

const OTHER_KEY = "another secret key for tests, as long";
const QUESTION = "Ortaklıktan nasıl çıkarım acaba";
const conversation = { ...FRESH_CONVERSATION, question: QUESTION };
const group = { ...AYSE, chat: "group-773399", thread: "thread-884400" };
const owner = { channel: AYSE.channel, person: AYSE.person };

async function fill(store: Store): Promise<void> {
  await saveTurn(store, AYSE, "tg-990011", [saying("Dilekçe ile"), saying("Başka")], {
    conversation,
    person: { format: 1, language: "tr" },
  });
  await saveTurn(store, group, "tg-990012", [saying("Toplantıda")], { conversation });
  await store.debts.claim(AYSE, "holder", MINUTE, Date.now());
  await store.records.put("questions", "q-990013", {
    value: { question: QUESTION },
    over: 0,
    owner,
    index: { state: "open-995511" },
    due: 1,
  });
  await store.records.put("feedback", "f-990014", { value: { missing: "Sürdürülebilirlik" }, over: 0, owner });
}

async function exportAll(store: Store, person: { readonly channel: string; readonly person: string }): Promise<unknown[]> {
  return (await Promise.all(store.personalData.map((each) => each.export(person.channel, person.person)))).flat();
}

/** Whether a text holds words in base64, at whichever of its letters the encoding begins. */
function holds(text: string, words: string): boolean {
  const encoded = text.match(/[\w+/-]{4,}/g) ?? [];
  return encoded.some((run) => [0, 1, 2, 3].some((from) => Buffer.from(run.slice(from), "base64url").includes(words)));
}

/** What every store promises the member whose data it keeps. */
export function privacyContract(place: () => Place): void {
  test("nothing that names a member, and none of their words, lies in the store in clear", async () => {
    await fill(await place().open());
    const scanned = (await place().scan()).join("\n");
    expect(scanned.length).toBeGreaterThan(1000);
    const told = [
      "551177",
      "773399",
      "884400",
      "99001",
      "995511",
      "Ortaklıktan",
      "çıkarım",
      "Dilekçe",
      "Toplantıda",
      "Sürdürülebilirlik",
    ];
    for (const each of told) {
      expect(scanned).not.toContain(each);
      expect(holds(scanned, each)).toBe(false);
    }
    // The search finds what is merely encoded, wherever it begins.
    for (const before of ["", "a", "ab"]) {
      const encoded = Buffer.from(`${before}Ortaklıktan çıkarım`).toString("base64url");
      expect(holds(`{"value":"${encoded}"}`, "çıkarım")).toBe(true);
    }
  });

  test("the export holds everything, as plain JSON", async () => {
    const store = await place().open();
    await fill(store);
    const exported = await exportAll(store, owner);
    expect(JSON.parse(JSON.stringify(exported))).toEqual(exported);
    const person = { person: { format: 1, language: "tr" } };
    const own = {
      address: AYSE,
      conversation,
      owed: [
        { id: "tg-990011#0", owed: saying("Dilekçe ile") },
        { id: "tg-990011#1", owed: saying("Başka") },
      ],
    };
    const inGroup = { address: group, conversation, owed: [{ id: "tg-990012#0", owed: saying("Toplantıda") }] };
    const question = { collection: "questions", id: "q-990013", value: { question: QUESTION } };
    const feedback = { collection: "feedback", id: "f-990014", value: { missing: "Sürdürülebilirlik" } };
    expect(exported).toHaveLength(5);
    expect(exported).toEqual(expect.arrayContaining([person, own, inGroup, question, feedback]));
    expect(await exportAll(store, { channel: ALI.channel, person: ALI.person })).toEqual([]);
  });

  test("erasing leaves no key and no row, and touches nobody else", async () => {
    const store = await place().open();
    await saveTurn(store, ALI, "in", [saying("Ali")], { conversation });
    await store.records.put("questions", "ali", { value: 1, over: 0, owner: { channel: ALI.channel, person: ALI.person } });
    const before = await place().scan();
    await fill(store);
    expect((await place().scan()).length).toBeGreaterThan(before.length);

    for (const each of store.personalData) await each.erase(owner.channel, owner.person);
    expect(await place().scan()).toEqual(before);
    expect(await exportAll(store, owner)).toEqual([]);
    expect(await store.debts.owing(Date.now(), 10)).toEqual([ALI]);

    const other = { channel: ALI.channel, person: ALI.person };
    for (const each of store.personalData) await each.erase(other.channel, other.person);
    expect(await place().scan()).toEqual([]);
  });

  test("whoever wants announcements is known under a changed key, once that was met together with the one before", async () => {
    const [subscription] = fc.sample(anySubscription, 1);
    if (subscription === undefined) throw new Error("no sample");
    const person: Person = { format: 1, subscription: { ...subscription, topics: ["law"] } };
    const first = await place().open();
    await saveTurn(first, AYSE, "in-1", [], { person });
    await first.records.put("subscriptions", "s", { value: person, over: 0, owner });
    await first[Symbol.asyncDispose]();
    const both = await place().open({ secretKey: OTHER_KEY, previousKey: SECRET_KEY });
    await both[Symbol.asyncDispose]();
    const changed = await place().open({ secretKey: OTHER_KEY });
    const other = { ...AYSE, chat: "another" };
    expect((await changed.conversations.load(other)).person).toEqual(person);
  });

  test("a turn that was under way brings nothing erased back", async () => {
    const store = await place().open();
    await fill(store);
    const read = await store.conversations.load(AYSE);
    for (const each of store.personalData) await each.erase(owner.channel, owner.person);
    expect(await store.conversations.save(AYSE, { ...read, incomingId: "in-9", owed: [saying("x")] })).toBe("stale");
    expect(await store.debts.settle(AYSE, "holder", "tg-990011#0")).toBe(false);
    await saveTurn(store, AYSE, "in-10", [saying("new")]);
    expect(await store.conversations.save(AYSE, { ...read, incomingId: "in-9", owed: [] })).toBe("stale");
    expect(await store.debts.owing(Date.now(), 10)).toEqual([AYSE]);
    expect(await drain(store.debts, AYSE, "one", Date.now())).toEqual(["new"]);
  });

  test("a changed SECRET_KEY opens everything while the previous one is known, and keeps the hashing key afterwards", async () => {
    const first = await place().open();
    await fill(first);
    await first[Symbol.asyncDispose]();

    const both = await place().open({ secretKey: OTHER_KEY, previousKey: SECRET_KEY });
    expect((await both.conversations.load(AYSE)).conversation).toEqual(conversation);
    expect(await exportAll(both, owner)).toHaveLength(5);
    await saveTurn(both, AYSE, "in-2", []);
    await both[Symbol.asyncDispose]();

    const after = await place().open({ secretKey: OTHER_KEY });
    expect((await after.conversations.load(AYSE)).conversation).toEqual(conversation);
    // Only the previous key opens this one. A fresh conversation would overwrite it.
    await expect(after.conversations.load(group)).rejects.toMatchObject({ code: "store.sealed" });
    // Records were sealed anew, as an open question outlives the time that the previous key is kept for.
    expect(await after.records.get("questions", "q-990013")).toMatchObject({ value: { question: QUESTION } });
    const byState = { by: "index", name: "state", value: "open-995511", limit: 9 } as const;
    expect(await after.records.list("questions", byState)).toHaveLength(1);
    for (const each of after.personalData) await each.erase(owner.channel, owner.person);
    expect(await place().scan()).toEqual([]);
    await after[Symbol.asyncDispose]();

    await expect(place().open()).rejects.toMatchObject({ code: "store.sealed" });
  });

  test("another SECRET_KEY is refused, with the remedy", async () => {
    await (await place().open())[Symbol.asyncDispose]();
    const refused = place().open({ secretKey: OTHER_KEY });
    await expect(refused).rejects.toMatchObject({
      code: "store.sealed",
      message: expect.stringMatching(/SECRET_KEY.*SECRET_KEY_PREVIOUS/),
    });
  });
}
