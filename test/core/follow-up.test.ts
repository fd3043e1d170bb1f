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
  expect(fee && read(fee)).toContain("yukarıdaki yanıtta");
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
