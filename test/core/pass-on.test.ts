import { expect, test } from "vitest";
import { command, lastOf, read, talk } from "../support/talk.ts";

const PASS_ON = command("pass-on");
const UNKNOWN = "qwxz plfk";

test("the last question without an answer is proposed, and what happens to it is said before it is sent", () => {
  const [, shown, sent] = talk(UNKNOWN, PASS_ON, "gönder");
  expect(shown && read(shown)).toContain(`«${UNKNOWN}»`);
  expect(shown && read(shown)).toContain("henüz açılmadı");
  expect(shown && read(shown)).not.toContain("gizledim");
  expect(sent && read(sent)).not.toContain("henüz açılmadı");
  expect(sent?.effects).toMatchObject([{ passedOn: true, question: UNKNOWN }]);
});

test.each([
  [["ESMED ne zaman kuruldu"]],
  [["merhaba"]],
  [["evet"]],
  [["gönder"]],
  [["hiçbiri"]],
  [["99"]],
  [["etkinlikler"]],
  [["/sdfg"]],
  [["2025"]],
  [["yaklaşan etkinlikler"]],
  [[UNKNOWN, "ESMED ne zaman kuruldu"]],
  [["kooperatif", "1"]],
])("after %j it asks which question", (before) => {
  const turn = lastOf(...before, PASS_ON);
  expect(read(turn)).toContain("Hangi soruyu iletelim?");
  expect(turn.conversation.waiting?.for).toBe("question-to-pass-on");
});

test("the question that is written next is shown first, and a command takes the waiting back", () => {
  const [, shown] = talk(PASS_ON, "aidat borcum ne kadar");
  expect(shown && read(shown)).toContain("«aidat borcum ne kadar»");
  expect(shown?.effects).toEqual([]);
  for (const away of ["/konular", "vazgeç", "/vazgec"]) expect(lastOf(PASS_ON, away).conversation.waiting).toBeUndefined();
  const numbered = lastOf("ESMED ne zaman kuruldu", PASS_ON, "2");
  expect(read(numbered)).toContain("Hangi soruyu iletelim?");
  expect(numbered.effects).toEqual([]);
  expect(lastOf(PASS_ON, "teşekkürler").conversation.waiting?.for).toBe("question-to-pass-on");
});

test("an argument that is no question is not proposed", () => {
  for (const written of ["evet", "2", "hiçbiri"]) expect(read(lastOf(command("pass-on", written)))).toContain("Hangi soruyu");
});

test("an unhelpful answer leaves its question to pass on", () => {
  expect(read(lastOf("ESMED ne zaman kuruldu", "yaramadı", "1"))).toContain("«ESMED ne zaman kuruldu»");
});

test("numbers are hidden and this is said; an address stays, and nothing says otherwise", () => {
  const masked = read(lastOf(command("pass-on", "numaram 0532 123 45 67")));
  expect(masked).toContain("gizledim");
  expect(masked).not.toContain("0532");
  const kept = read(lastOf(command("pass-on", "adresim ayse@example.org")));
  expect(kept).toContain("ayse@example.org");
  expect(kept).not.toContain("gizledim");
});

test("a very long question is cut, and this is said", () => {
  const long = "aidat borcum neden böyle çıktı acaba ".repeat(60);
  const [shown, sent] = talk(command("pass-on", long), "gönder");
  expect(shown && read(shown)).toContain("baş tarafını");
  const [effect] = sent?.effects ?? [];
  expect(effect?.kind === "record-unanswered" && effect.question.length).toBeLessThanOrEqual(600);
});

test("what was missing is kept as a comment, even where it sounds like a complaint or a greeting word stands in it", () => {
  for (const comment of ["cevap yanlış, eski bilgi", "alakasız cevap", "tarihin kaynağı eksikti bence"]) {
    const turn = lastOf("ESMED ne zaman kuruldu", "Yaramadı", comment);
    expect(turn.effects, comment).toEqual([{ kind: "record-comment", entry: "esmed-ne-zaman-kuruldu", missing: comment }]);
  }
});

test("no is no comment, and what comes after it is a question again", () => {
  const [, , refused, later] = talk("ESMED ne zaman kuruldu", "yaramadı", "hayır", "aidat");
  expect(refused?.conversation.waiting).toBeUndefined();
  expect(later?.effects).not.toMatchObject([{ kind: "record-comment" }]);
});

test("a command, a choice or a question it is sure of is no comment", () => {
  expect(lastOf("ESMED ne zaman kuruldu", "yaramadı", "/konular").effects).toEqual([]);
  expect(lastOf("ESMED ne zaman kuruldu", "yaramadı", "konular").effects).toEqual([]);
  const broken = lastOf("ESMED ne zaman kuruldu", "yaramadı", "esmede nasil uye oluruz");
  expect(broken.outcome).toMatchObject({ is: "answer", entry: "esmede-nasil-uye-olunur" });
  expect(lastOf("ESMED ne zaman kuruldu", "yaramadı", "/konular", "bilgi eski").effects).not.toMatchObject([
    { kind: "record-comment" },
  ]);
});

test("a question that is sure with what was spoken of breaks out of what was missing too", () => {
  const asked = "genel kurul ne zaman toplanır";
  const plain = lastOf(asked, "kim cagırır").outcome;
  const broken = lastOf(asked, "yaramadı", "kim cagırır");
  expect(broken.outcome).toMatchObject({ is: "answer", entry: plain.is === "answer" && plain.entry });
  expect(broken.effects).toEqual([]);
  expect(broken.conversation.waiting).toBeUndefined();
});

test("one verdict is one record, and its comment is another thing", () => {
  const turns = talk("ESMED ne zaman kuruldu", "yaramadı", "tarihin kaynağı eksikti bence");
  const kinds = turns.flatMap(({ effects }) => effects.map(({ kind }) => kind));
  expect(kinds.filter((kind) => kind === "record-feedback")).toHaveLength(1);
  expect(kinds.filter((kind) => kind === "record-comment")).toHaveLength(1);
});
