import { afterEach, beforeEach, expect, test } from "vitest";
import type { Person as Colleague } from "../support/slack/people.ts";
import { contentOf, openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { describeStores } from "../support/store.ts";

const DAY = new Date().toISOString().slice(0, 10);
const NEXT_MORNING = new Date(Date.parse(`${DAY}T05:00:01Z`) + 86_400_000).toISOString();

let room: Newsroom;

const inDm = (person: Colleague, part: string) =>
  room.slack.shown(person.dm.id).filter((message) => contentOf(message).includes(part));
const readsInDm = async (person: Colleague, part: string) => {
  await room.slack.until(() => inDm(person, part).length > 0, 20_000);
  return inDm(person, part).at(-1);
};

describeStores("whoever leaves announcements by one tap", (place) => {
  beforeEach(async () => {
    room = await openNewsroom();
  });
  // Before the store is closed.
  afterEach(async () => {
    await room[Symbol.asyncDispose]();
  });

  test("gets no more of them: under a new one, under an old one after the bot began anew, and while one waits", async () => {
    const { store } = await room.run(place());
    const { reads, holding, cardHas } = room;
    const ayse = await room.subscribes("tr");
    const john = await room.subscribes("en");
    const mert = await room.subscribes("tr");
    const stays = await room.subscribes("tr");
    const first = await room.writes();
    await room.approved(first);
    const old = await reads(john, "Everybody is welcome.");
    ayse.presses(await reads(ayse, "Hepinizi bekliyoruz."), "Duyurulardan çık");
    await reads(ayse, "duyurularından çıktınız");

    const second = await room.writes({
      "title-tr": "İkinci",
      "body-tr": "İkinci metin.",
      "title-en": "Second",
      "body-en": "Two.",
    });
    await cardHas(second, "Şu an 3 kişi");
    await room.approved(second);
    for (const reader of [mert, stays]) await reads(reader, "İkinci metin.");
    await reads(john, "Two.");
    await cardHas(second, "Gönderildi: 3 / 3");

    await room.restart(store);
    john.presses(old, "Stop these");
    await reads(john, "You will get no more announcements on");
    room.at(`${DAY}T20:30:00Z`);
    const third = await room.writes({
      "title-tr": "Üçüncü",
      "body-tr": "Üçüncü metin.",
      "title-en": "Third",
      "body-en": "Three.",
    });
    await cardHas(third, "Şu an 2 kişi");
    await room.approved(third);
    await cardHas(third, "bekleyen: 2");
    mert.presses(await reads(mert, "İkinci metin."), "Duyurulardan çık");
    await reads(mert, "duyurularından çıktınız");
    room.at(NEXT_MORNING);
    await reads(stays, "Üçüncü metin.");
    await cardHas(third, /Gönderim bitti.*Gönderildi: 1 \/ 2, bekleyen: 0.*duyurulardan çıkmış: 1/);
    expect([holding(ayse, "İkinci metin."), holding(mert, "Üçüncü metin."), holding(john, "Three.")]).toEqual([[], [], []]);
    expect(holding(ayse, "Üçüncü metin.")).toEqual([]);
    expect(["Hepinizi", "İkinci", "Üçüncü"].map((part) => holding(stays, part).length)).toEqual([1, 1, 1]);
  });

  test("in a direct message of Slack as well, where an answer that was lost is looked up and nothing comes twice", async () => {
    await room.run(place());
    const { slack, cardHas } = room;
    const ali = slack.person({ name: "ali" });
    const veli = slack.person({ name: "veli" });
    for (const person of [ali, veli]) {
      person.says("duyurular");
      person.presses(await readsInDm(person, "Hangi konularda"), "Etkinlikler");
      await readsInDm(person, "✓");
    }
    slack.faults.add({ method: "chat.postMessage", channel: veli.dm.id, trouble: { kind: "reset-after" } });
    const first = await room.writes();
    await cardHas(first, "Şu an 2 kişi");
    await room.approved(first);
    const told = await readsInDm(ali, "Hepinizi bekliyoruz.");
    expect(contentOf(told)).toContain("“Etkinlikler, bütün iller” seçiminiz için gönderildi. Ücretsizdir.");
    await cardHas(first, /Gönderim bitti.*Gönderildi: 2 \/ 2, bekleyen: 0/);
    expect(contentOf(room.cardOf(first))).not.toMatch(/belirsiz/i);

    ali.presses(told, "Duyurulardan çık");
    await readsInDm(ali, "“Etkinlikler” duyurularından çıktınız");
    const second = await room.writes({ "title-tr": "İkinci", "body-tr": "İkinci metin." });
    await cardHas(second, "Şu an 1 kişi");
    await room.approved(second);
    await readsInDm(veli, "İkinci metin.");
    await cardHas(second, "Gönderildi: 1 / 1");
    const have = [ali, veli].map((person) => ["Hepinizi", "İkinci metin."].map((part) => inDm(person, part).length));
    expect(have).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });
});
