import { expect, test } from "vitest";
import type { Incoming } from "#core/message.ts";
import { PROVINCES, provinceMeant, provincesIn } from "#text/provinces.ts";
import { TODAY } from "../support/knowledge.ts";
import { askedOn, command, lastOf, read, talk } from "../support/talk.ts";

const subscriptionOf = (...said: readonly (string | Incoming)[]) => lastOf(...said).person.subscription;

test.each([
  ["/duyurular esmed", { topics: ["esmed"] }],
  ["/duyurular Ankara'da hukuk", { topics: ["law"], city: "Ankara" }],
  ["/news law izmir", { topics: ["law"], city: "İzmir" }],
  ["/duyurular sosyal ekonomi ve etkinlikler", { topics: ["events", "social-economy"] }],
  ["/abonelik birlik", { topics: ["union"] }],
  ["/duyurular haftalık", { topics: [], weekly: true }],
  ["/duyurular esmed haftada bir", { topics: ["esmed"], weekly: true }],
  ["/news weekly", { weekly: true }],
  ["/duyurular hatırlatma kapat", { reminders: false }],
  ["/news reminders off", { reminders: false }],
  ["/duyurular ingilizce", { language: "en" }],
  ["/duyurular adapazarı", { topics: [], city: "Sakarya" }],
])("%s is understood", (said, chosen) => {
  expect(subscriptionOf(said)).toMatchObject(chosen);
});

test.each(["/duyurular", "/duyurular neler", "/duyurular çık", "/start sub", "/start sub_nothing"])(
  "%s chooses nothing for anybody, and shows what can be chosen",
  (said) => {
    const turn = lastOf(said);
    expect(turn.person.subscription).toBeUndefined();
    expect(turn.effects).toEqual([]);
    expect(read(turn)).toContain("Hangi konularda duyuru almak istersiniz?");
  },
);

test.each([
  ["/duyurular dur", { topics: [] }],
  ["/duyurular bırak", { topics: [] }],
  ["/news unsubscribe", { topics: [] }],
  ["/duyurular hukuk çık", { topics: ["esmed"] }],
  ["/duyurular yayımlandıkça", { topics: ["law", "esmed"], weekly: false }],
  ["/duyurular etkinlik hatırlatmalarını kapat", { topics: ["law", "esmed"], reminders: false }],
])("%s changes just that", (said, chosen) => {
  expect(subscriptionOf("/duyurular esmed hukuk haftalık", said)).toMatchObject(chosen);
});

test("words after the command that nobody knows are said not to be understood, above what can be chosen", () => {
  for (const said of ["/duyurular her şey", "/duyurular xyzw"]) {
    expect(read(lastOf(said))).toMatch(/^Bunu anlayamadım[^]*Hangi konularda/);
    expect(lastOf(said).person.subscription).toBeUndefined();
  }
  expect(read(lastOf("english", "/news everything"))).toMatch(/^I did not understand that/);
  for (const said of ["/duyurular", "/duyurular neler var?", "/duyurular esmed"]) {
    expect(read(lastOf(said))).not.toContain("anlayamadım");
  }
});

test.each(["abonelikten çık", "abonelikten çıkmak istiyorum", "unsubscribe"])(
  "%s offers to leave to whoever gets announcements",
  (said) => {
    const offered = lastOf("/duyurular esmed", "merhaba", said);
    expect(offered.conversation.offers.at(-1)?.actions).toContainEqual({ act: "leave-all" });
    expect(subscriptionOf("/duyurular esmed", "merhaba", said, "hepsinden çık")?.topics).toEqual([]);
    expect(lastOf(said).conversation.offers.at(-1)?.actions).not.toContainEqual({ act: "leave-all" });
  },
);

test("with the first topic the wording and the time are kept, and again after all were left", () => {
  const turns = talk("/duyurular izmir", "/duyurular esmed", "/duyurular hukuk", "hepsinden çık", "geri al");
  const [place, first, second, left, again] = turns.map(({ person }) => person.subscription);
  expect(place?.topics).toEqual([]);
  expect(first?.consent).toMatchObject({ textVersion: "2026-11-24" });
  expect(second?.consent).toEqual(first?.consent);
  expect([left?.topics, left?.city]).toEqual([[], "İzmir"]);
  expect(again?.topics).toEqual(["law", "esmed"]);
  // Later each time, though the clock stands still: of two copies the later one holds.
  const times = turns.map(({ person }) => person.subscription?.changedAt ?? 0);
  expect(times.toSorted((one, other) => one - other)).toEqual(times);
  expect(new Set(times).size).toBe(times.length);
});

test("when somebody goes back from one message a week is kept: what waited until then still comes", () => {
  const press = (turn: number) => ({ id: `press-${turn}`, kind: "choice", turn, option: 10 }) as const;
  const weekly = subscriptionOf("/duyurular esmed", press(1));
  expect(weekly).toMatchObject({ weekly: true });
  expect(weekly).not.toHaveProperty("weeklyUntil");
  expect(subscriptionOf("/duyurular esmed", press(1), press(2))).toMatchObject({ weekly: false, weeklyUntil: TODAY });
});

test("whoever chooses by a link or a command reads what that means, once", () => {
  const [first, second] = talk(command("start", "sub_social-economy"), "/duyurular hukuk").map(read);
  expect(first).toContain("✓ Sosyal ekonomi");
  expect(first).toContain("bu sohbete duyuru göndermemizi istemiş olursunuz");
  expect(first).toContain("/gizlilik");
  expect(second).not.toContain("istemiş olursunuz");
  expect(second).toContain("dilediğiniz an çıkabilirsiniz");
});

test("where nothing is coming, announcements are offered", () => {
  const turn = lastOf("/etkinlikler");
  expect(turn.conversation.offers.at(-1)?.actions.at(-1)).toEqual({ act: "announcements" });
  expect(read(lastOf("/etkinlikler", "duyurular"))).toContain("Hangi konularda");
});

test("a province can be typed by any of its names; what is none is asked again; a question is answered", () => {
  const menu = ["/duyurular esmed", "7"] as const;
  expect(subscriptionOf(...menu, "Maraş")?.city).toBe("Kahramanmaraş");
  expect(subscriptionOf(...menu, "izmit olsun lütfen")?.city).toBe("Kocaeli");
  expect(subscriptionOf(...menu, "Maraş", "7", "bütün iller")?.city).toBeUndefined();
  expect(read(lastOf(...menu, "Atlantis"))).toContain("Bu adda bir il bulamadım");
  expect(subscriptionOf(...menu, "Atlantis", "van")?.city).toBe("Van");
  expect(lastOf(...menu, "esmed ne zaman kuruldu").outcome).toMatchObject({ is: "answer", entry: "esmed-ne-zaman-kuruldu" });
  // Asked of an answer and not of the menu any more.
  expect(subscriptionOf("/duyurular esmed", "esmed ne zaman kuruldu", "ankara")?.city).toBeUndefined();
});

test.each([
  ["ankra", "Ankara"],
  ["istnbul", "İstanbul"],
  ["eskisehr olsun", "Eskişehir"],
  ["Diyarbkır", "Diyarbakır"],
])("%s is taken for the province that it can only mean", (typed, city) => {
  expect(subscriptionOf("/duyurular esmed", "il seçin", typed)?.city).toBe(city);
});

test("a slip that can mean two provinces, and a word that means none, is asked again", () => {
  expect(provinceMeant("izmid")).toBeUndefined();
  for (const typed of ["qwertz", "uzakta"]) expect(read(lastOf("/duyurular esmed", "7", typed))).toContain("Bu adda bir il");
  expect(subscriptionOf("/duyurular ankra")?.city).toBe("Ankara");
});

test.each(["istanbul ve ankara", "istanbul, ankara", "İstanbul ya da Ankara"])("of %s none is taken silently", (typed) => {
  const menu = ["/duyurular esmed", "7", typed] as const;
  expect(read(lastOf(...menu))).toMatch(/^Yalnız bir il seçilebilir[^]*1\. İstanbul[^]*2\. Ankara/);
  expect(subscriptionOf(...menu)?.city).toBeUndefined();
  expect(subscriptionOf(...menu, "2")?.city).toBe("Ankara");
  expect(subscriptionOf(...menu, "ankara")?.city).toBe("Ankara");
  expect(subscriptionOf(`/duyurular hukuk ${typed}`)).toMatchObject({ topics: ["law"] });
  expect(read(lastOf(`/duyurular hukuk ${typed}`))).toContain("Yalnız bir il seçilebilir");
});

test("the provinces stand in the order of the Turkish alphabet, and each is known by its name", () => {
  expect(PROVINCES).toHaveLength(81);
  expect(PROVINCES.slice(0, 5)).toEqual(["Adana", "Adıyaman", "Afyonkarahisar", "Ağrı", "Aksaray"]);
  const at = (name: string) => PROVINCES.indexOf(name);
  expect([at("Kırşehir") < at("Kilis"), at("Isparta") < at("İstanbul"), at("Sivas") < at("Şanlıurfa")]).toEqual([
    true,
    true,
    true,
  ]);
  expect(at("Çanakkale")).toBeGreaterThan(at("Bursa"));
  for (const province of PROVINCES) expect(provincesIn(province)).toEqual([province]);
});

test("a topic's name chooses it while the menu stands there, and browses at any other time", () => {
  expect(subscriptionOf("/duyurular", "esmed")?.topics).toEqual(["esmed"]);
  expect(read(lastOf("/duyurular", "merhaba", "konular"))).toContain("Hangi konuya");
  expect(subscriptionOf("/duyurular", "merhaba", "etkinlikler")).toBeUndefined();
});

test.each(["duyurulara abone olmak istiyorum", "beni listeden çıkarın", "bildirimleri kapat", "unsubscribe me"])(
  "asked in own words the choice is a press away: %s",
  (said) => {
    const actions = lastOf(said)
      .conversation.offers.at(-1)
      ?.actions.map(({ act }) => act);
    expect(actions).toContain("announcements");
  },
);

test("who cannot be reached is paused without a word, and back with one, whichever way that is heard of", () => {
  const gone: Incoming = { id: "gone", kind: "notice", notice: { about: "unreachable" } };
  const blocked: Incoming = { id: "blocked", kind: "presence", reachable: false };
  for (const away of [gone, blocked]) {
    const turn = lastOf("/duyurular esmed", away);
    expect(turn.replies).toEqual([]);
    expect(turn.person.subscription).toMatchObject({ topics: ["esmed"], paused: true });
    expect(turn.effects).toMatchObject([{ kind: "save-subscription", subscription: { paused: true } }]);
    const back = lastOf("/duyurular esmed", away, { id: "back", kind: "presence", reachable: true });
    expect(read(back)).toContain("Yeniden hoş geldiniz");
    expect(back.person.subscription).not.toHaveProperty("paused");
    expect(lastOf("/duyurular esmed", away, "merhaba").effects).toMatchObject([{ kind: "save-subscription" }]);
  }
  // Somebody who chose nothing: nothing is kept, nothing said.
  expect(lastOf(blocked)).toMatchObject({ replies: [], effects: [], person: { format: 1 } });
  // A question that was about to be sent is not touched by it.
  const pending = ["zzzz", "birliğe ilet"] as const;
  expect(read(lastOf(...pending, blocked, "gönder"))).toContain("kaydettim");
});

test("to be reminded is noted for an event that is still to come, and for no other", () => {
  const remind: Incoming = { id: "r", kind: "announcement-press", announcement: "k7m2p9qx", button: "remind" };
  const before = askedOn("2022-11-01", remind);
  expect(read(before)).toMatch(/^AVİTEM.*\n.*hatırlatacağım:\n• 14 Kasım Pazartesi, 10\.00\n/);
  expect(before.effects).toEqual([{ kind: "remind", event: "avitem-izmir-2022", on: true, language: "tr" }]);
  expect(lastOf(remind).effects).toEqual([]);
  expect(read(lastOf(remind))).toContain("hatırlatamıyorum");
});

test("in English", () => {
  const turkish = read(lastOf("/duyurular esmed", "english", "/news"));
  expect(turkish).toContain("Language of announcements: Turkish");
  expect(read(lastOf("english", "/news events"))).toContain("✓ Events");
  expect(read(lastOf("english", "/news events", "stop all"))).toContain("You will get no more announcements of any kind.");
});
