import { expect, test } from "vitest";
import type { Event } from "#core/event.ts";
import { eventsFitting } from "#core/event.ts";
import { askedOn, command, lastOf, read, talk } from "../support/talk.ts";

test.each(["etkinlikler", "etkinlik", "hangi etkinlikler var", "Etkinlikler neler?", "events", "what events are there"])(
  "%s opens the menu of events",
  (typed) => {
    const menu = read(lastOf(command("events")));
    const english = read(lastOf({ ...command("events"), clientLanguage: "en" }));
    expect([menu, english]).toContain(read(lastOf(typed)));
  },
);

test.each(["2025", "2025 etkinlikleri", "2025'te"])("%s lists the year", (typed) => {
  const turn = lastOf(typed);
  expect(turn.outcome).toMatchObject({ is: "events" });
  expect(turn.outcome.is === "events" && turn.outcome.events?.length).toBe(8);
});

test.each([
  ["2022 izmir", ["avitem-izmir-2022", "newgencoop-izmir-2022"]],
  ["ekim 2025", ["ayvalik-2025", "tbb-2025"]],
  ["barselona 2019", ["akdeniz-forumu-2019", "ufm-barselona-2019"]],
  ["barcelona 2019", ["akdeniz-forumu-2019", "ufm-barselona-2019"]],
])("%s lists what fits", (typed, keys) => {
  const { outcome } = lastOf(typed);
  expect(outcome.is === "events" && outcome.events?.toSorted()).toEqual(keys);
});

test.each([
  ["2019 ankara", "turkiye-kooperatifler-fuari-2019"],
  ["aralık 2025", "izmir-kooperatifcilik-bulusmalari-2025"],
  ["ankara etkinlikleri 2025", "yerel-yonetimler-kooperatifcilik-calistayi-2025"],
])("%s finds one, and that answers", (typed, entry) => {
  expect(lastOf(typed).outcome).toMatchObject({ is: "answer", entry });
});

test("a year without an event is said so", () => {
  expect(read(lastOf("2016"))).toContain("bildiğim bir etkinlik yok");
});

test("a long list goes on by its number and by its word, for a year and for a place", () => {
  for (const asked of ["2025", "ankara etkinlikleri"]) {
    const [first, second] = talk(asked, "6");
    expect(first && read(first), asked).toContain("6. Devamı");
    expect(second && read(second), asked).toMatch(/^ {2}1\. /m);
    expect(second && read(lastOf(asked, "devamı"))).toBe(second && read(second));
    expect(second && read(second)).not.toContain("Kaynak:");
  }
  const [first, second] = talk("ankara etkinlikleri", "devamı").map(read);
  for (const line of second?.match(/^ {2}\d\. .*/gm) ?? []) expect(line).toContain("Ankara");
  expect(first).not.toBe(second);
});

test("what was only announced is marked, and both days are shown", () => {
  const list = read(lastOf("2019"));
  expect(list).toContain("4-5 Temmuz 2019");
  expect(list).toContain("3. Türkiye Kooperatifler Fuarı · 5-8 Aralık 2019, Ankara (duyuruldu)");
  expect(list).toContain("doğrulayamadım");
  expect(read(lastOf("2022 izmir"))).not.toContain("duyuruldu");
});

test("English lists name cities in English", () => {
  const list = read(lastOf("events in 2019"));
  expect(list).toContain("Sarajevo");
  expect(list).toContain("Barcelona");
  expect(list).not.toMatch(/Saraybosna|Barselona/);
  expect(read(lastOf("events in 2022"))).toContain("Izmir");
});

test("a year of the menu holds gatherings only", () => {
  expect(read(lastOf("2023"))).toContain("bildiğim bir etkinlik yok");
  expect(read(lastOf(command("events")))).not.toContain("2023");
});

test("English answers say archived copy in English", () => {
  const shown = read(lastOf("When was ESMED founded?"));
  expect(shown).toContain("(archived copy)");
  expect(shown).not.toContain("arşiv kopyası");
  expect(read(lastOf("ESMED ne zaman kuruldu"))).toContain("(arşiv kopyası)");
});

test.each([
  ["2025 fuarı nerede yapıldı", "turkiye-kooperatifler-fuari-2025"],
  ["2025 fair", "turkiye-kooperatifler-fuari-2025"],
  ["2022 semineri ne zamandı", "avitem-izmir-semineri-nedir"],
  ["2019 forumu nerede", "akdeniz-sosyal-ekonomi-forumu-2019"],
  ["2015 genel kurulu", "tmkb-24-genel-kurul-2015"],
])("%s asks for one kind of event", (typed, entry) => {
  expect(lastOf(typed).outcome).toMatchObject({ is: "answer", entry });
});

test("the kind of event that was said stays over the pages of a list, and one that no title holds narrows nothing", () => {
  const { outcome, conversation } = lastOf("2025 çalıştayları");
  expect(outcome.is === "events" && outcome.events?.toSorted()).toEqual(["ayvalik-2025", "ciriec-2025", "tbb-2025"]);
  expect(conversation.subject?.events).toEqual({ year: 2025, kind: "calistay" });
  expect(lastOf("2021 fuarı").outcome).toMatchObject({ is: "events", events: ["newgencoop-baslangic-2021"] });
});

test("the last gathering is the last one held, and those whose dates do not tell are both shown", () => {
  expect(lastOf("son toplantı ne zamandı").outcome).toMatchObject({ is: "events", events: ["ayvalik-2025", "tbb-2025"] });
  expect(lastOf("en son fuar nerede yapıldı").outcome).toMatchObject({ entry: "turkiye-kooperatifler-fuari-2025" });
  expect(askedOn("2022-12-01", "son etkinlik neydi").outcome).toMatchObject({ entry: "avitem-izmir-semineri-nedir" });
  expect(askedOn("2022-12-01", "what was the last event").outcome).toMatchObject({ entry: "avitem-izmir-semineri-nedir" });
  expect(lastOf("son etkinlikler").outcome).toEqual(lastOf("2025 etkinlikleri").outcome);
});

test("the first gathering is shown as the first one known, not as the first there was", () => {
  expect(lastOf("ilk etkinlik ne zamandı").outcome).toMatchObject({ is: "events", events: ["esmed-madrid-2013"] });
});

test.each(["sıradaki etkinlik ne zaman", "bir sonraki toplantı", "gelecek ay ne var", "yaklaşan etkinlikler", "next event"])(
  "%s: one upcoming event is an answer, none is said so",
  (typed) => {
    const entry = "izmir-kooperatifcilik-bulusmalari-2025";
    expect(askedOn("2025-12-01", typed).outcome).toMatchObject({ is: "answer", entry });
    expect(read(lastOf(typed))).toMatch(/yaklaşan bir etkinlik yok|no upcoming event/);
  },
);

test("of several to come, the next one answers", () => {
  expect(askedOn("2025-07-01", "sıradaki etkinlik").outcome).toMatchObject({ entry: "turkiye-kooperatifler-fuari-2025" });
});

test.each([
  [["izmir etkinlikleri", "ankara"], ["ankara etkinlikleri"]],
  [["izmir etkinlikleri", "peki ankara?"], ["ankara etkinlikleri"]],
  [["2025 etkinlikleri", "izmir"], ["izmir 2025"]],
  [["ankara etkinlikleri", "2019"], ["ankara 2019"]],
  [["2022 etkinlikleri", "2025"], ["2025 etkinlikleri"]],
  [["2025 etkinlikleri", "ekim"], ["ekim 2025"]],
  [["2016", "2019"], ["2019"]],
  [["izmir etkinlikleri", "2013"], ["2013 etkinlikleri"]],
  [["next event", "and the last one"], ["last event"]],
  [["yaklaşan etkinlikler", "peki sonuncu"], ["son etkinlik"]],
])("%j goes on like %j", (said, instead) => {
  expect(lastOf(...said).outcome).toEqual(lastOf(...instead).outcome);
});

test("a bare place or month with no list before it lists nothing", () => {
  for (const typed of ["ankara", "ekim"]) expect(lastOf(typed).outcome.is).not.toBe("events");
});

test.each([
  ["05.10.2025", "kooperatifcilik-calistayi-ayvalik-2025"],
  ["5/10/2025'te ne oldu", "kooperatifcilik-calistayi-ayvalik-2025"],
  ["21 Kasım 2022'de ne vardı", "avitem-izmir-semineri-nedir"],
  ["event on 21 November 2022", "avitem-izmir-semineri-nedir"],
  ["etkinlik 2022-11-21", "avitem-izmir-semineri-nedir"],
])("%s is a day, and the one event of that day answers", (typed, entry) => {
  expect(lastOf(typed).outcome).toMatchObject({ is: "answer", entry });
});

test("a day without an event shows those of its month, and a month without one is said so", () => {
  expect(lastOf("28.10.2025").outcome).toMatchObject({ is: "events", events: ["ayvalik-2025", "tbb-2025"] });
  expect(read(lastOf("28.11.2025"))).toContain("bildiğim bir etkinlik yok");
});

test("the last events are not headed as all of their year", () => {
  expect(read(lastOf("son toplantı ne zamandı"))).toContain("Bulduğum etkinlikler (2):");
});

test.each([
  ["May 2025 events", "mayıs 2025 etkinlikleri"],
  ["events in May 2025", "mayıs 2025 etkinlikleri"],
  ["event on 23 May 2025", "etkinlik 23.05.2025"],
  ["May 2019 events", "mayıs 2019 etkinlikleri"],
  ["çevrim içi etkinlikler", "online events"],
  ["çevrimiçi etkinlikler", "online events"],
  ["cevrimici etkinlikler 2020", "online events 2020"],
  ["yaklaşan etkinlk", "yaklaşan etkinlik"],
  ["etkinlkler", "etkinlikler"],
  ["2025 etknilikleri", "2025 etkinlikleri"],
])("%s is read like %s", (typed, meant) => {
  const { outcome } = lastOf(meant);
  expect(["answer", "events"]).toContain(outcome.is);
  expect(lastOf(typed).outcome).toEqual(outcome);
});

test("may is a month only where a year, in or of stands beside it", () => {
  const months = lastOf("events in May").outcome;
  expect(months).toEqual(lastOf("mayıs etkinlikleri").outcome);
  expect(months).toMatchObject({ is: "answer" });
  expect(lastOf("may events").outcome).not.toEqual(months);
});

test.each(["yarın etkinlik var mı", "is there an event tomorrow", "bugün etkinlik var mı"])(
  "%s: that there is none is said",
  (typed) => {
    expect(read(lastOf(typed))).toMatch(/bildiğim bir etkinlik yok|know of no event/);
  },
);

test("tomorrow is the day after today, over the end of a month too", () => {
  expect(askedOn("2019-01-30", "yarın etkinlik var mı").outcome).toEqual(askedOn("2019-01-30", "etkinlik 31.01.2019").outcome);
  expect(askedOn("2022-11-20", "yarın etkinlik var mı").outcome).toMatchObject({ entry: "avitem-izmir-semineri-nedir" });
});

test("a fair next year: that nothing is coming is said, and no past one is shown", () => {
  for (const typed of ["seneye fuar var mı", "seneye etkinlik var mı"])
    expect(read(lastOf(typed)), typed).toContain("yaklaşan bir etkinlik yok");
});

test.each(["yarın genel kurul var mı", "yetkinlik 2025", "çevrim içi toplantı yapılabilir mi"])(
  "%s is not for the finder",
  (typed) => {
    expect(lastOf(typed).outcome.is).not.toBe("events");
  },
);

test("an event over the end of a month or year is found on each of its days, and on no other", () => {
  const base = {
    kind: "gathering",
    status: "held",
    timeZone: "Europe/Istanbul",
    topics: ["union"],
    entries: [],
    sequence: 0,
  } as const;
  const lists = { organisers: [], participants: [], title: { tr: "Kurultay", en: "Congress" } };
  const over = (start: string, end: string): Event => ({ ...base, ...lists, key: start, start, end });
  const events = [over("2025-12-30T10:00", "2026-01-02T17:00"), over("2025-09-29", "2025-10-01")];
  const on = (year: number, month: number, day: number) =>
    eventsFitting(events, { year, month, day }, "2026-11-24").map(({ key }) => key.slice(0, 10));
  expect(on(2026, 1, 2)).toEqual(["2025-12-30"]);
  expect(on(2025, 12, 30)).toEqual(["2025-12-30"]);
  expect(on(2025, 10, 1)).toEqual(["2025-09-29"]);
  expect([...on(2026, 1, 3), ...on(2025, 9, 28), ...on(2025, 10, 2)]).toEqual([]);
});

test.each(["any events coming up?", "are there any events coming up"])("%s is told that none are", (said) => {
  expect(read(lastOf(said))).toContain("I know of no upcoming event");
});

test.each(["what's on in Ankara?", "whats on in ankara", "what is on in Ankara"])(
  "%s lists what was there, and that it is past",
  (said) => {
    const turn = lastOf(said);
    expect(turn.outcome.is).toBe("events");
    expect(read(turn)).toContain("All of these are past");
    expect(read(askedOn("2022-10-01", said))).not.toContain("All of these are past");
  },
);
