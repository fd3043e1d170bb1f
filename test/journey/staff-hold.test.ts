import { afterEach, beforeEach, expect, test } from "vitest";
import { contentOf, openNewsroom, type Newsroom } from "../support/newsroom.ts";
import { INTERNAL } from "../support/slack/faults.ts";
import { describeStores } from "../support/store.ts";

const NEXT_YEAR = new Date().getFullYear() + 1;

let room: Newsroom;
beforeEach(async () => {
  room = await openNewsroom();
});
afterEach(async () => {
  await room[Symbol.asyncDispose]();
});

describeStores("the page of staff", (place) => {
  test("shows at once what its own press did to all sending, and which events wait", async () => {
    await room.run(place());
    const { slack, zeynep } = room;
    const page = () => slack.state.homes.get(zeynep.user.id);
    const shows = (part: string) => slack.until(() => contentOf(page()).includes(part));
    await room.proposes({ "title-tr": "Yaz Okulu", "title-en": "Summer School", start: `05.07.${NEXT_YEAR}` });
    await zeynep.opensHome().done;
    await shows("Bütün gönderimi durdur");
    expect(contentOf(page())).toMatch(/Onay bekleyen etkinlikler.*Yeni etkinlik: Yaz Okulu/);
    await zeynep.presses(page(), "Bütün gönderimi durdur").done;
    await shows("Bütün gönderimi sürdür");
    await zeynep.presses(page(), "Bütün gönderimi sürdür").done;
    await shows("Bütün gönderimi durdur");
    await zeynep.commands("dur", { command: "/duyuru" }).done;
    await shows("Bütün gönderimi sürdür");
  });

  test("whatever they type in a hurry stops all sending, the desk reads who did, and nothing typed so is taken for a question", async () => {
    await room.run(place());
    const { slack, desk, zeynep } = room;
    const elif = slack.person({ name: "elif" });
    desk.members.add(elif.user.id);
    const told = async (typed: string, answer: string, command = "/duyuru", person = elif) => {
      const before = room.toldAlone(person).length;
      await person.commands(typed, { channel: desk, command }).done;
      await slack.until(() => room.toldAlone(person).length > before);
      expect([typed, ...room.toldAlone(person).slice(before)].join(" ")).toContain(answer);
    };
    const notes = (part: string) => slack.shown(desk.id).filter((each) => contentOf(each).includes(part)).length;
    // While nobody can tell who is staff, it is no question either.
    slack.faults.add({ method: "users.info", trouble: INTERNAL });
    await told("dur", "Kanalın üyelerine şu an bakamıyorum");
    await told("DURDUR!", "onaylama yetkisi olan biri /duyuru sürdür yazar");
    await told("stop", "Bütün gönderim durdu");
    expect(notes(`<@${elif.user.id}> bütün gönderimi durdurdu`)).toBe(1);
    await told("devam", "yalnız onaylama yetkisi olanlar");
    expect(notes("sürdürdü")).toBe(0);
    await told("devam", "Gönderim sürüyor", "/duyuru", zeynep);
    expect(notes(`<@${zeynep.user.id}> bütün gönderimi sürdürdü`)).toBe(1);
    await told("xyz", "Bunu anlayamadım. /duyuru: yeni duyuru · /duyuru dur");
    await told("hepsini sil", "Bunu anlayamadım", "/etkinlik");
    await told("yardım", "/imece yanıtsız: yanıtı olmayan sorular");
    // What follows /imece may be a question, and whoever is no staff asks one whatever the command.
    await elif.commands("etkinlik ne zaman", { channel: desk }).done;
    const hasan = slack.person({ name: "hasan" });
    await hasan.commands("xyz", { channel: desk, command: "/duyuru" }).done;
    await slack.until(() => slack.shownOnlyTo(hasan.user.id).length > 0);
    expect(JSON.stringify([room.toldAlone(hasan), room.toldAlone(elif).at(-1)])).not.toContain("anlayamadım. /duyuru");
  });

  test("lists their commands and begins what they begin most, and shows others nothing of it", async () => {
    await room.run(place());
    const { slack, zeynep } = room;
    const hasan = slack.person({ name: "hasan" });
    const pageOf = ({ user }: typeof hasan) => contentOf(slack.state.homes.get(user.id));
    for (const person of [zeynep, hasan]) {
      await person.opensHome().done;
      await slack.until(() => slack.state.homes.has(person.user.id));
    }
    expect(pageOf(zeynep)).toMatch(/Yeni duyuru.*Etkinlik.*Yeni kayıt/);
    expect(pageOf(zeynep)).toContain("/imece yanıtsız");
    expect(pageOf(hasan)).not.toMatch(/Yeni duyuru|yanıtsız/);
    for (const [label, title] of [
      ["Yeni duyuru", "Duyuru"],
      ["Etkinlik", "Etkinlik"],
      ["Yeni kayıt", "Bilgi bankası kaydı"],
    ] as const) {
      await zeynep.presses(slack.state.homes.get(zeynep.user.id), label).done;
      await room.opens(zeynep, title);
      zeynep.closes();
    }
  });

  test("a command names what is to become of an event", async () => {
    await room.run(place());
    const { zeynep, desk } = room;
    await room.publishes({ "title-tr": "Yaz Okulu", "title-en": "Summer School", start: `05.07.${NEXT_YEAR}` });
    await zeynep.commands("iptal", { channel: desk, command: "/etkinlik" }).done;
    await room.opens(zeynep, "Etkinlik");
    const [event] = /yaz-okulu-\d+/.exec(contentOf(zeynep.modal()?.view)) ?? [];
    await zeynep.submits({ event: event ?? "" }).done;
    await room.opens(zeynep, "Etkinliği iptal edin");
  });
});
