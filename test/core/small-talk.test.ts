import { expect, test } from "vitest";
import { command, lastOf, read, talk } from "../support/talk.ts";

const WRITTEN = "Merhaba, ben Ayşe Yılmaz. KÂR ne QWXZ VWXQ oldu?";

test("a greeting before a question leaves the words of the question as they were written", () => {
  const [asked, shown, sent] = talk(WRITTEN, command("pass-on"), "gönder");
  expect(asked?.conversation.question).toBe(WRITTEN);
  expect(asked?.conversation.subject?.question ?? WRITTEN).toBe(WRITTEN);
  expect(shown && read(shown)).toContain(`«${WRITTEN}»`);
  expect(sent?.effects).toMatchObject([{ kind: "record-unanswered", question: WRITTEN, passedOn: true }]);
});

test("what is recorded as unanswered after a greeting is what was written", () => {
  const strange = "Selam! QWXZ Plfk'sı?";
  expect(lastOf(strange).effects).toMatchObject([{ kind: "record-unanswered", question: strange }]);
});

test.each([
  ["selam, esmed nedir", "esmed-nedir"],
  ["İyi günler, ESMED'e nasıl üye olunur?", "esmede-nasil-uye-olunur"],
])("%s is answered by the question in it, and remembered as written", (written, entry) => {
  const turn = lastOf(written);
  expect(turn.outcome).toMatchObject({ is: "answer", entry });
  expect(turn.conversation.subject?.question).toBe(written);
});

test.each(["robotmusun", "Robot musun?", "yapay zekamisin", "yapay zekamısınız", "sen insanmısın", "insanmisin robotmu"])(
  "%s asks whether it is a robot, its particle apart or not",
  (typed) => {
    expect(read(lastOf(typed))).toContain("İnsan değilim");
  },
);

test("a particle goes on to the search as it was typed", () => {
  expect(lastOf("merhaba, esmed nedir mi").conversation.subject?.question).toBe("merhaba, esmed nedir mi");
  expect(read(lastOf("robotmu kooperatif kuracak qwxz"))).not.toContain("İnsan değilim");
});
