import { expect, test } from "vitest";
import { lastOf, read, talk } from "../support/talk.ts";

const TOLD_WHEN = { is: "answer", entry: "avitem-semineri-ne-zaman-nerede" };

test.each(["peki nerede?", "ne zamandı?", "nerede yapıldı", "etkinlik ne zaman oldu"])(
  "%s after an answer about an event is answered by what says it",
  (question) => {
    expect(lastOf("AVİTEM seminerine kimler katıldı?", question).outcome).toMatchObject(TOLD_WHEN);
  },
);

test("when was it? in English", () => {
  expect(lastOf("Who took part in the AVITEM seminar?", "when was it?").outcome).toMatchObject(TOLD_WHEN);
});

test("who came goes to the entry of the same event", () => {
  const outcome = lastOf("AVİTEM semineri ne zaman ve nerede yapıldı?", "kimler katıldı").outcome;
  expect(outcome).toMatchObject({ is: "answer", entry: "avitem-semineri-katilimcilar" });
});

test("an answer that stands right above is pointed to, with the date or the place the record gives", () => {
  const [shown, where, when] = talk("Bosna Hersek tecrübe paylaşımı", "peki nerede?", "ne zamandı?");
  expect(shown?.outcome).toMatchObject({ is: "answer", entry: "bosna-hersek-tecrube-paylasimi-2019" });
  expect(where && read(where)).toContain("Saraybosna");
  expect(when && read(when)).toContain("30-31 Ocak 2019");
  for (const turn of [where, when]) expect(turn && read(turn)).not.toContain("Kaynak:");
});

test("what the answer above does not say can be passed on with its subject", () => {
  const [, fee, shown] = talk("esmede nasil uye oluruz", "peki ücreti ne", "/birlige_ilet");
  expect(fee && read(fee)).toContain("doğrulanmış bir yanıtı bende yok");
  expect(fee?.effects).toMatchObject([{ kind: "record-unanswered" }]);
  expect(shown && read(shown)).toContain("üye olur? – peki ücreti ne");
});

test("the same question again does not repeat the answer word for word", () => {
  const [, again, later] = talk("ESMED ne zaman kuruldu", "esmed ne zaman kurulmuştu", "teşekkürler");
  expect(again && read(again)).toContain("yukarıdaki yanıtta");
  expect(again?.effects).toEqual([]);
  expect(later?.outcome.is).toBe("chat");
  expect(read(lastOf("ESMED ne zaman kuruldu", "teşekkürler", "ESMED ne zaman kuruldu"))).toContain("Kaynak:");
});

test("after an offer it asks which of the offered is meant", () => {
  const [offered, which] = talk("üyelik", "peki ne zaman?");
  expect(offered?.outcome.is).toBe("suggest");
  expect(which?.outcome.is).toBe("suggest");
  expect(which && read(which)).toContain("üye olur?");
});

test("with nothing spoken of before, it stands alone", () => {
  expect(lastOf("peki nerede?").outcome.is).not.toBe("answer");
});

test("a keyword is met with which, a muddled sentence with the plain admission", () => {
  expect(read(lastOf("aidat"))).toContain("Hangisini sordunuz?");
});

test("after a page of events it asks which of them is meant, and never goes back to what was spoken of earlier", () => {
  const which = lastOf("Bosna Hersek tecrübe paylaşımı", "/etkinlikler", "2021", "ne zamandı?");
  expect(which.outcome).toMatchObject({ is: "answer", entry: "newgencoop-baslangic-calistayi" });
  const several = lastOf("Bosna Hersek tecrübe paylaşımı", "/etkinlikler", "2020", "peki nerede?");
  expect(several.outcome.is).toBe("suggest");
  expect(read(several)).not.toContain("Bosna");
});

test.each(["sen kimsin", "saat kaç oldu acaba şimdi burada", "nasılsın"])("%s is no follow-up", (typed) => {
  expect(read(lastOf("Bosna Hersek tecrübe paylaşımı", typed))).not.toContain("yukarıdaki");
});

test.each([
  [["esmed nedir", "ne zaman"], "esmed-ne-zaman-kuruldu"],
  [["esmed nedir", "nezaman kuruldu"], "esmed-ne-zaman-kuruldu"],
  [["esmed nedir", "nerede kuruldu"], "esmed-ne-zaman-kuruldu"],
  [["What is ESMED?", "when was it founded?"], "esmed-ne-zaman-kuruldu"],
  [["esmed ne zaman"], "esmed-ne-zaman-kuruldu"],
])("%j goes to the entry that says it, and not to the answer above", (said, entry) => {
  expect(lastOf(...said).outcome).toMatchObject({ is: "answer", entry });
  expect(read(lastOf(...said))).not.toContain("yukarıdaki");
});

test("the answer above is pointed to only where it says a thing of that kind", () => {
  for (const asked of ["kim kurmus", "kaç para", "peki ücreti ne"])
    expect(read(lastOf("esmed nedir", asked))).not.toContain("yukarıdaki");
  expect(read(lastOf("ESMED ne zaman kuruldu", "peki ne zaman?"))).toContain("yukarıdaki yanıtta");
});

test.each(["kac gun surdu", "kaç gün sürdü?", "ne kadar sürdü", "how long did it last?"])(
  "%s after an event gives its days",
  (asked) => {
    expect(read(lastOf("Bosna Hersek tecrübe paylaşımı", asked))).toMatch(/30-31 (?:Ocak|January) 2019/);
  },
);

test("a membership that is asked for stays with the body spoken of", () => {
  const { outcome } = lastOf("türkiye koop nedir", "adresi nerede", "nasil uye olunur");
  expect(outcome.is === "answer" ? outcome.entry : outcome.is === "suggest" && outcome.candidates[0]?.id).toBe(
    "tmkb-nasil-uye-olunur",
  );
  expect(lastOf("türkiye koop nedir", "esmede nasil uye olunur").outcome).toMatchObject({ entry: "esmede-nasil-uye-olunur" });
  expect(lastOf("esmed nedir", "nasil uye olurum").outcome).toMatchObject({ entry: "esmede-nasil-uye-olunur" });
  expect(read(lastOf("türkiye koop nedir", "kim kurmus"))).not.toContain("yukarıdaki");
  expect(read(lastOf("türkiye koop nedir", "adresi nerede", "kac uyesi var"))).not.toContain("yukarıdaki");
});

test("what belongs to something is looked for with what was spoken of, and stays with it", () => {
  const { outcome } = lastOf("türkiye koop nedir", "kac uyesi var");
  expect(outcome).toMatchObject({ is: "answer", entry: "tmkb-uyeleri" });
});

test.each([
  ["how can my organisation join ESMED", "who pays for it", "How does an organisation join ESMED? – who pays for it"],
  ["how can my organisation join ESMED", "is it free?", "How does an organisation join ESMED? – is it free?"],
  ["how can my organisation join ESMED", "and the fee?", "How does an organisation join ESMED? – and the fee?"],
  ["esmede nasil uye oluruz", "bunu kim öder", "Bir kuruluş ESMED'e nasıl üye olur? – bunu kim öder"],
])("after %j, %j is passed on with what it is about", (first, then, passed) => {
  expect(read(lastOf(first, then, "/pass_on"))).toContain(passed);
});

test("a question after a list without a name begins with no dash", () => {
  const turns = talk("/etkinlikler", "peki nerede?", "/birlige_ilet");
  for (const turn of turns) expect(JSON.stringify(turn)).not.toMatch(/"\s*–/);
  const coming = JSON.stringify(talk("yaklaşan etkinlikler", "peki nerede?").at(-1));
  expect(coming).not.toMatch(/"\s*–/);
});

test.each(["who came", "whats the fee", "wheres it"])("%s after an answer is about it", (asked) => {
  const turn = lastOf("What was the World Food Day Conference 2022?", asked);
  expect(JSON.stringify(turn)).toMatch(/World Food Day Conference \(Ankara, 17 October 2022\)|CerModern/);
});

test("how many members, said alone, is about what was spoken of", () => {
  const { outcome } = lastOf("What is ESMED?", "how many members");
  expect(outcome).toMatchObject({ is: "answer", entry: "esmed-uye-sayisi-farki" });
});
