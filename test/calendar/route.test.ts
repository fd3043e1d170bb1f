import { expect, test } from "vitest";
import { createCalendarLinks } from "#calendar/links.ts";
import { createCalendarRoute } from "#calendar/route.ts";
import { ADDRESS } from "../support/bot.ts";
import { TODAY } from "../support/knowledge.ts";
import { describeStores } from "../support/store.ts";

describeStores("the place where calendars are asked for", (place) => {
  test("shuts out strangers who ask for what is nobody's too often, and no member with them", async () => {
    let time = TODAY;
    const now = () => time;
    const { records, conversations } = await place().open({ now });
    const links = createCalendarLinks({ records, now, publicUrl: "https://imece.example.org" });
    const route = createCalendarRoute({ links, conversations, events: () => [], file: () => "BEGIN:VCALENDAR", now });
    const ask = (rest: string) => route.respond({ rest, header: () => undefined, body: async () => "" });
    const address = await links.change({ ...ADDRESS, language: "tr" }, { id: "1", do: "show" });
    const own = address?.split("/").at(-1) ?? "";
    expect((await ask(own)).status).toBe(200);

    const strangers = await Promise.all(Array.from({ length: 3000 }, (_each, at) => ask(`${at}.ics`)));
    expect(new Set(strangers.map(({ status }) => status))).toEqual(new Set([404]));
    time += 10_000;
    expect(await ask("another.ics")).toMatchObject({ status: 429, headers: { "retry-after": "50" } });
    expect((await ask(own)).status).toBe(200);
    time += 50_000;
    expect((await ask("another.ics")).status).toBe(404);
  });
});
