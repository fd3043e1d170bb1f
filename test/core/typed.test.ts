import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { reactionOf } from "#core/said.ts";
import { typedNumber, typedNumbers } from "#core/typed-number.ts";
import { command, lastOf, read, talk } from "../support/talk.ts";

const UNCLEAR = "üyelik";
const ANSWERED = "ESMED ne zaman kuruldu";

describe("a label that is typed acts as its button", () => {
  test.each(["hiçbiri değil", "hicbiri degil", "Hiçbiri", "HİÇBİRİ DEĞİL", "none of these", "hiçb", "hayır"])(
    "%s declines what was offered",
    (typed) => {
      const [offered, declined] = talk(UNCLEAR, typed);
      expect(offered?.outcome.is).toBe("suggest");
      expect(declined?.outcome.is).toBe("none");
      expect(declined?.effects).toMatchObject([{ kind: "record-unanswered", question: UNCLEAR }]);
    },
  );

  test.each(["işime yaradı", "isime yaradi", "yaradı"])("%s thanks", (typed) => {
    expect(lastOf(ANSWERED, typed).effects).toMatchObject([{ kind: "record-feedback", helpful: true }]);
    expect(lastOf(ANSWERED, "teşekkürler", typed).effects).toMatchObject([{ kind: "record-feedback", helpful: true }]);
  });

  test.each(["yaramadı", "yaramadi", "not helpful"])("%s asks what was missing", (typed) => {
    expect(lastOf(ANSWERED, typed).conversation.waiting?.for).toBe("missing");
  });

  test.each(["gönder", "gonder", "evet", "send", "yes"])("%s sends what was shown", (typed) => {
    const sent = lastOf(command("pass-on", "aidat ne kadar"), typed);
    expect(sent.effects).toMatchObject([{ kind: "record-unanswered", passedOn: true, question: "aidat ne kadar" }]);
  });

  test.each(["evet", "evet sil", "Evet, sil", "yes", "yes, delete"])("%s deletes", (typed) => {
    expect(lastOf(command("delete-my-data"), typed).effects).toMatchObject([{ kind: "delete-my-data" }]);
  });

  test.each(["hayır", "vazgeç", "vazgec", "cancel", "no"])("%s deletes nothing", (typed) => {
    const turn = lastOf(command("delete-my-data"), typed);
    expect(turn.effects).toEqual([]);
    expect(read(turn)).toMatch(/iptal ettim|cancelled/);
  });

  test("a title picks its entry, and so does the beginning of only one", () => {
    expect(lastOf(UNCLEAR, "Kooperatif nedir?").outcome).toMatchObject({ is: "answer", entry: "kooperatif-nedir" });
    expect(lastOf("2025 etkinlikleri", "sürdürülebilir").outcome).toMatchObject({
      entry: "akdeniz-kultur-ekoloji-sempozyumu-2025",
    });
  });

  test("every button's own label is understood in both languages", async () => {
    for (const language of ["tr", "en"]) {
      const file = new URL(`../../locales/${language}/bot.json`, import.meta.url);
      const texts = JSON.parse(await readFile(file, "utf8")) as Record<string, string>;
      const label = (key: string) => texts[key] ?? "";
      expect(reactionOf(label("button.noneOfThese"))).toBe("none");
      expect(reactionOf(label("button.send"))).toBe("confirm");
      expect(reactionOf(label("button.delete"))).toBe("confirm");
      expect(reactionOf(label("button.more"))).toBe("more");
      expect(reactionOf(label("button.helpful"))).toBe("helpful");
      expect(reactionOf(label("button.notHelpful"))).toBe("notHelpful");
      expect(reactionOf(label("button.cancel"))).toBe("cancel");
      for (const key of Object.keys(texts).filter((each) => each.startsWith("topic.")))
        expect(lastOf(command("topics"), label(key)).replies, label(key)).not.toEqual(lastOf(label(key)).replies);
    }
  });
});

describe("numbers", () => {
  test.each([
    ["2", 2],
    ["2.", 2],
    ["2)", 2],
    ["ikincisi", 2],
    ["ikinci", 2],
    ["iki", 2],
    ["İKİ", 2],
    ["second", 2],
    ["the second one", 2],
    ["2nd", 2],
    ["2'ncisi", 2],
    ["2. seçenek", 2],
    ["üçüncüsü", 3],
    ["dördüncü", 4],
    ["99", 99],
    ["-1", 0],
    ["1,5", 0],
    ["1163", undefined],
    ["2025", undefined],
    ["iki kooperatif", undefined],
    ["ikisi", undefined],
    ["ilki", 1],
  ])("%s is %s", (typed, number) => {
    expect(typedNumber(typed)).toBe(number);
  });

  test.each(["ikincisi", "iki", "second", "2."])("%s works like 2", (typed) => {
    expect(lastOf("2025 etkinlikleri", typed).outcome).toEqual(lastOf("2025 etkinlikleri", "2").outcome);
  });

  test.each(["99", "0", "-1", "ikincisi"])("%s with no list open is answered kindly and kept nowhere", (typed) => {
    const turn = lastOf(typed);
    expect(read(turn)).toContain("açık bir liste yok");
    expect(turn.effects).toEqual([]);
    expect(turn.conversation.question).toBeUndefined();
  });

  test("one that is not in the list says what is, and the list stays open", () => {
    const [, wrong, right] = talk(command("delete-my-data"), "7", "1");
    expect(wrong && read(wrong)).toContain("1 ile 2 arasından");
    expect(right?.effects).toMatchObject([{ kind: "delete-my-data" }]);
  });

  test("a number that names a law is a question, and one that names nothing is not recorded", () => {
    expect(lastOf("1163").outcome).toMatchObject({ is: "answer" });
    expect(lastOf("123456").effects).toEqual([]);
  });
});

describe("several numbers at once", () => {
  test.each(["1 ve 3", "1,3", "1, 3", "1. ve 3.", "1 3", "1 and 3", "birinci ve üçüncü"])("%s chooses both topics", (said) => {
    expect(lastOf("/duyurular", said).person.subscription?.topics).toEqual(["events", "cooperatives"]);
    expect(lastOf("/duyurular etkinlikler hukuk", said).person.subscription?.topics).toEqual(["cooperatives", "law"]);
  });

  test.each([
    ["/duyurular", "1 ve 9"],
    ["/duyurular", "1 ve 7"],
    ["2025 etkinlikleri", "1 ve 3"],
    [UNCLEAR, "1 ve 2"],
  ])("after %s, %s is told to be one at a time, and the list stays open", (before, said) => {
    const turn = lastOf(before, said);
    expect(read(turn)).toContain("Yalnız birini yazın");
    expect(turn.effects).toEqual([]);
    const [later, atOnce] = [lastOf(before, said, "1"), lastOf(before, "1")];
    expect(later.outcome).toEqual(atOnce.outcome);
    expect(later.person.subscription?.topics).toEqual(atOnce.person.subscription?.topics);
  });

  test("with no list open they are no question either", () => {
    expect(read(lastOf("1 ve 3"))).toContain("açık bir liste yok");
    expect(lastOf("1 ve 3").effects).toEqual([]);
  });

  test.each(["iki ve üçüncü kooperatif", "1163 ve 3", "2025 ve 2026"])("%s is a question", (said) => {
    expect(typedNumbers(said)).toBeUndefined();
  });
});

describe("an ordinal counts titles, and a digit what is shown with a number", () => {
  const typed = (text: string) => ({ id: "typed", kind: "message", text }) as const;

  test.each(["ilki", "first", "ikincisi", "bir", "the second one"])("%s after an answer is no verdict on it", (said) => {
    expect(lastOf(ANSWERED, said).effects).toEqual([]);
    expect(lastOf(ANSWERED, typed(said)).effects).toEqual([]);
  });

  test.each(["ilki", "first"])("%s neither deletes nor sends", (said) => {
    expect(lastOf(command("delete-my-data"), said).effects).toEqual([]);
    expect(lastOf(command("pass-on", "aidat ne kadar"), said).effects).toEqual([]);
  });

  test("under an answer the first title is the first related one", () => {
    const [answer, first] = talk("kooperatif nedir", typed("1"));
    const [reply] = answer?.replies ?? [];
    const titled = reply?.kind === "choices" ? reply.options.find(({ action }) => action.act === "answer") : undefined;
    expect(titled?.action).toMatchObject({ act: "answer" });
    expect(first?.outcome).toMatchObject({ is: "answer", entry: titled?.action.act === "answer" && titled.action.entry });
    expect(lastOf("kooperatif nedir", "ilki").outcome).toEqual(first?.outcome);
  });

  test("every option of a console has its number, the rating ones too", () => {
    expect(lastOf(ANSWERED, "1").effects).toMatchObject([{ kind: "record-feedback", helpful: true }]);
    expect(lastOf("2025 etkinlikleri", typed("6")).outcome).toEqual(lastOf("2025 etkinlikleri", "6").outcome);
    expect(lastOf(command("delete-my-data"), typed("1")).effects).toMatchObject([{ kind: "delete-my-data" }]);
  });
});

describe("what deletes or sends is void once something else was said", () => {
  test.each(["teşekkürler", "qwxz plfk", "merhaba"])("after %s an old 1 deletes and sends nothing", (between) => {
    expect(lastOf(command("delete-my-data"), between, "1").effects).not.toMatchObject([{ kind: "delete-my-data" }]);
    const sent = lastOf(command("pass-on", "aidat ne kadar"), between, "1");
    expect(sent.effects.filter((effect) => effect.kind === "record-unanswered" && effect.passedOn)).toEqual([]);
  });

  test("it is said kindly, for a typed number, a typed word and a late press", () => {
    expect(read(lastOf(command("delete-my-data"), "teşekkürler", "1"))).toContain("hiçbir şey silmedim");
    expect(read(lastOf(command("delete-my-data"), "teşekkürler", "evet"))).toContain("hiçbir şey silmedim");
    expect(read(lastOf(command("pass-on", "aidat"), "teşekkürler", "gönder"))).toContain("hiçbir şey göndermedim");
    const press = { id: "late", kind: "choice", turn: 1, option: 1 } as const;
    expect(read(lastOf(command("delete-my-data"), "teşekkürler", press))).toContain("hiçbir şey silmedim");
    expect(lastOf(command("delete-my-data"), press).effects).toMatchObject([{ kind: "delete-my-data" }]);
  });
});

describe("words that answer a screen, with no such screen open", () => {
  test.each([
    "hiçbiri",
    "hiçbiri değil",
    "hayır",
    "none of these",
    "evet",
    "gönder",
    "devamı",
    "yaramadı",
    "işime yaradı",
    "vazgeç",
  ])("%s is never searched for or recorded", (typed) => {
    const turn = lastOf(typed);
    expect(turn.outcome.is).toBe("chat");
    expect(turn.effects).toEqual([]);
    expect(turn.conversation.question).toBeUndefined();
  });

  test("none of these with nothing remembered records nothing", () => {
    const turn = lastOf(UNCLEAR, "hiçbiri değil", { id: "again", kind: "choice", turn: 1, option: 4 });
    expect(turn.effects.every((effect) => effect.kind !== "record-unanswered" || effect.question !== "")).toBe(true);
  });
});

describe("commands and languages", () => {
  test.each(["vazgec", "hicbiri degil", "gonder", "birlige ilet", "yaramadi"])("%s is Turkish after English talk", (typed) => {
    expect(lastOf("What is ESMED?", typed).replies[0]?.language).toBe("tr");
  });

  test("what the ever-present buttons say works with no button shown", () => {
    expect(read(lastOf("birliğe ilet"))).toContain("Hangi soruyu");
    expect(read(lastOf("Konular"))).toBe(read(lastOf(command("topics"))));
  });

  test.each(["/forward", "/sdfg", "/bilgi"])("%s is not known, and says where the commands are", (typed) => {
    const turn = lastOf(typed);
    expect(read(turn)).toContain("/komutlar");
    expect(turn.effects).toEqual([]);
  });

  test.each([
    ["/birligeilet", "Hangi soruyu iletelim?"],
    ["/birlige-ilet aidat", "aidat"],
    ["/birliğe ilet aidat", "aidat"],
    ["/verilerimisil", "Geri alınamaz"],
    ["/verilerimi sil", "Geri alınamaz"],
    ["/delete-my-data", "cannot be undone"],
  ])("%s is known", (typed, shown) => {
    expect(read(lastOf(typed))).toContain(shown);
  });

  test("/my_data asks for the data", () => {
    expect(lastOf("/my_data").effects).toMatchObject([{ kind: "export-my-data" }]);
  });

  test.each([
    ["English please", "en"],
    ["ingilizce", "en"],
    ["İngilizce konuş", "en"],
    ["switch to English", "en"],
    ["türkçe konuş", "tr"],
    ["turkce", "tr"],
    ["switch to Turkish", "tr"],
  ])("%s switches the language", (typed, language) => {
    const turn = lastOf(typed);
    expect(turn.person.language).toBe(language);
    expect(turn.replies[0]?.language).toBe(language);
  });

  test.each(["İngilizce biliyor musun?", "can you speak English?", "Türkçe kaynak var mı", "English?"])(
    "%s only asks",
    (typed) => {
      expect(lastOf(typed).person.language).toBeUndefined();
    },
  );
});

describe("what was about to be sent or deleted, and something else is typed", () => {
  test.each(["esmed nedir", "qwxz plfk", "/konular", "teşekkürler"])(
    "%s: the next reply says that it was not sent",
    (between) => {
      const turn = lastOf(command("pass-on", "aidat ne kadar"), between);
      expect(read(turn)).toContain("Az önceki metni göndermedim");
      expect(read(turn).includes("Göndermek isterseniz")).toBe(turn.conversation.question === "aidat ne kadar");
      expect(read(lastOf(command("delete-my-data"), between))).toContain("Hiçbir şey silmedim");
      // Said once, and not again with what follows.
      expect(read(lastOf(command("pass-on", "aidat ne kadar"), between, "esmed nedir"))).not.toContain("göndermedim");
    },
  );

  test.each(["gönder", "vazgeç", "7", "/birlige_ilet başka bir soru"])("%s says nothing of the kind", (typed) => {
    expect(read(lastOf(command("pass-on", "aidat ne kadar"), typed))).not.toContain("göndermedim");
  });

  test("the draft is shown again when it is asked for, and goes after that", () => {
    const [, , again, sent] = talk(command("pass-on", "aidat ne kadar"), "esmed amaçları nelerdir", "/birlige_ilet", "gönder");
    expect(again && read(again)).toContain("«aidat ne kadar»");
    expect(sent?.effects).toMatchObject([{ passedOn: true, question: "aidat ne kadar" }]);
  });
});

test("cancelling twice says the second time that there was nothing", () => {
  for (const typed of ["/vazgec", "vazgeç", "cancel"]) {
    const [, first, second] = talk(command("pass-on"), typed, { id: "again", kind: "message", text: typed });
    expect(first && read(first)).toMatch(/iptal ettim|OK, cancelled/);
    expect(second && read(second)).toMatch(/İptal edilecek bir işlem yok|nothing to cancel/);
  }
});

test("a verdict with no answer above is not about an answer", () => {
  for (const turn of [lastOf("yaramadi"), lastOf("üyelik", "not helpful"), lastOf("esmed nedir", "qwxz plfk", "yaramadi")]) {
    expect(read(turn)).not.toMatch(/bu yanıt işinize yaramadı|this did not help/);
    expect(turn.effects).toEqual([]);
    expect(turn.conversation.waiting).toBeUndefined();
  }
});

test("what nobody answers yet is offered to be recorded, and no more", () => {
  for (const said of [["qwxz plfk"], ["ESMED ne zaman kuruldu", "yaramadı"], ["hayır"]]) {
    expect(read(lastOf(...said))).toContain("Sorunuzu Birlik için kaydedebilirim.");
    expect(read(lastOf(...said))).not.toContain("iletebilir");
  }
});
