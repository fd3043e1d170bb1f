import { expect, test } from "vitest";
import { readableJson } from "#text/json.ts";
import { command, lastOf, read } from "../support/talk.ts";

const JSON_TEXT = readableJson({
  conversations: [{ person: {} }, { conversation: { taken: ["a", "b"] } }],
  records: [{ collection: "unanswered" }, { collection: "feedback" }, { collection: "feedback" }],
});
const arrived = (clientLanguage: "tr" | "en") =>
  ({ id: "done", kind: "notice", notice: { about: "my-data", json: JSON_TEXT }, clientLanguage }) as const;

test("what is stored is told in numbers and until when, before all of it", () => {
  const turkish = read(lastOf(arrived("tr")));
  expect(turkish).toMatch(/2 mesaj[\s\S]*iletilen soru: 1[\s\S]*geri bildirim: 2[\s\S]*22 Şubat 2027[\s\S]*verilerim\.json/);
  const english = read(lastOf(arrived("en")));
  expect(english).toMatch(/2 messages[\s\S]*22 February 2027[\s\S]*my-data\.json/);
});

test("what is stored is given in words of the member's language; of what has no name here it is said that there is some", () => {
  const at = Date.parse("2026-11-24T09:00:00Z");
  const stored = {
    deliveries: [{ delivery: "d1", state: "sent", address: { channel: "telegram", chat: "c", person: "p" }, language: "tr" }],
    records: [
      {
        collection: "reminders",
        id: "r",
        value: { format: 1, event: "avitem-izmir-2022", on: true, asked: true, done: 0, seen: "x" },
      },
      { collection: "feedback", id: "f", value: { kind: "record-feedback", entry: "esmed-nedir", helpful: false, at } },
      { collection: "told", id: "t", value: { by: "x" } },
      { collection: "of-tomorrow", id: "n", value: { inner: 1 } },
    ],
    conversations: [
      { person: { format: 1, language: "en" } },
      {
        address: { channel: "telegram", chat: "c", person: "p" },
        conversation: { format: 1, taken: ["tg-1"], offers: [], question: "aidat" },
        owed: [
          { id: "a#0", owed: { kind: "effect", effect: { kind: "open-ticket", question: "borcum", language: "tr" } } },
          { id: "a#1", owed: { kind: "reply", reply: { kind: "say", paragraphs: [{ key: "handOver.received" }] } } },
        ],
      },
    ],
  };
  const given = (clientLanguage: "tr" | "en"): unknown => {
    const notice = { about: "my-data", json: JSON.stringify(stored) } as const;
    const [file] = lastOf({ id: "done", kind: "notice", notice, clientLanguage }).replies;
    return file?.kind === "document" && JSON.parse(file.content);
  };
  expect(given("en")).toEqual({
    "your account": { platform: "telegram", "your user id": "p" },
    language: "English",
    "your feedback": [{ at: "24 November 2026, 12:00", answer: expect.stringContaining("ESMED"), "was helpful": "no" }],
    "your reminders": [{ event: expect.stringContaining("AVITEM"), on: "yes" }],
    "announcements sent to you": [{ state: "arrived" }],
    "your conversations": [
      { chat: "c", "your last question": "aidat", "words of yours still to be passed on": ["borcum"], "message ids": ["tg-1"] },
    ],
    "other records": ["of-tomorrow"],
  });
  expect(given("tr")).toMatchObject({ değerlendirmeleriniz: [{ zaman: "24 Kasım 2026, 12.00", "işinize yaradı": "hayır" }] });
});

test("a long list of ids takes one line, and the document is still JSON", () => {
  const value = { taken: Array.from({ length: 200 }, (_, at) => `m${at}`), offers: [{ turn: 1, actions: [] }], none: {} };
  expect(JSON.parse(readableJson(value))).toEqual(value);
  expect(readableJson(value).split("\n").length).toBeLessThan(12);
});

test("the notice reads whole without a controller's name", () => {
  const shown = read(lastOf(command("privacy")));
  expect(shown).toContain("Veri sorumlusu: İmece hizmetini yürüten kurum.");
  expect(shown).not.toMatch(/henüz|yazmadı/);
});

test("a last question is spoken of only where there is one", () => {
  const notice = (conversation: object) =>
    ({
      id: "done",
      kind: "notice",
      notice: { about: "my-data", json: JSON.stringify({ conversations: [{ conversation }], records: [] }) },
    }) as const;
  expect(read(lastOf(notice({ taken: ["a"] })))).not.toContain("son sorunuz");
  expect(read(lastOf(notice({ taken: ["a"], question: "aidat" })))).toContain("son sorunuz");
  expect(read(lastOf(notice({ taken: ["a"], subject: { question: "aidat" } })))).toContain("son sorunuz");
});
