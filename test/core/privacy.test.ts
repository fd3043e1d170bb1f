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
