import { expect, test } from "vitest";
import type { Incoming } from "#core/message.ts";
import { PROVINCES, provinceIn } from "#text/provinces.ts";
import { TODAY } from "../support/knowledge.ts";
import { askedOn, command, lastOf, read, talk } from "../support/talk.ts";

const subscriptionOf = (...said: readonly (string | Incoming)[]) => lastOf(...said).person.subscription;

test.each([
  ["/duyurular esmed", { topics: ["esmed"] }],
  ["/duyurular Ankara'da hukuk", { topics: ["law"], city: "Ankara" }],
  ["/news law izmir", { topics: ["law"], city: "İzmir" }],
  ["/duyurular sosyal ekonomi ve etkinlikler", { topics: ["events", "social-economy"] }],
  ["/abonelik birlik", { topics: ["union"] }],
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
  for (const province of PROVINCES) expect(provinceIn(province)).toBe(province);
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
  expect(read(lastOf("english", "/news events"))).toContain("✓ Events");
  expect(read(lastOf("english", "/news events", "stop all"))).toContain("You will get no more announcements of any kind.");
});
