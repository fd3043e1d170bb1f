import { afterEach, beforeEach, expect, test } from "vitest";
import { contentOf, openNewsroom, type Newsroom } from "../support/newsroom.ts";
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
});
