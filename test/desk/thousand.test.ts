import { expect, test } from "vitest";
import { renderHome } from "#channels/slack/home.ts";
import type { Ticket } from "#core/ticket.ts";
import { putting, TICKETS, withEffects } from "#desk/record.ts";
import { openTicket } from "#desk/ticket.ts";
import { staffSections } from "#staff/home.ts";
import { createTestDesk, OFFICE } from "../support/desk.ts";
import { TODAY } from "../support/knowledge.ts";
import { checkView } from "../support/slack/views.ts";
import { createStaffRoom } from "../support/staff-room.ts";
import { describeStores, type Place } from "../support/store.ts";
import { words } from "../support/words.ts";

const MANY = 1000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RETENTION_MS = 90 * DAY_MS;
/** Longer than any page could show of each. */
const QUESTION = "Aidat borcumu *nereden* görebilirim? ".repeat(40);

/** A desk to which a thousand members passed on a question a minute after another, none of it shown to staff yet; and its clock. */
async function thousand(place: Place) {
  let time = TODAY;
  const store = await place.open({ now: () => time });
  const room = createStaffRoom();
  const desk = createTestDesk(
    store,
    room,
    async () => "taken",
    () => time,
  );
  for (let at = 0; at < MANY; at += 1) {
    const address = { channel: "telegram", chat: `c${at}`, person: `p${at}` };
    // Ids that stand in another order than the questions came in.
    const id = `${(at * 7919) % MANY}-${at}`;
    const { ticket, effects } = openTicket({ id, address, language: "tr", question: QUESTION, offered: [] }, time + at);
    const record = withEffects({ ticket, count: 0, owed: [], posts: [] }, ticket, effects, time);
    await store.records.put(TICKETS, id, { ...putting(record, OFFICE, RETENTION_MS), over: 0 });
  }
  time += MANY;
  const settle = async () => {
    while ((await desk.settleOwed()) > 0) await desk.idle();
  };
  return { store, room, desk, settle, pass: (ms: number) => (time += ms) };
}

describeStores("a thousand open questions", (place) => {
  test(
    "each has its card once, is reminded of twice, and the list of the morning has the first of them",
    { timeout: 60_000 },
    async () => {
      const { room, settle, pass } = await thousand(place());
      await settle();
      expect(room.posted.size).toBe(MANY);
      const texts = () => [...room.posted.values()].map(({ post }) => room.read(post));
      // The next morning a day of work has passed, with both reminders in it, and it is time for the list.
      pass(DAY_MS);
      await settle();
      const reminders = [...room.posted.values()].filter(({ under }) => under !== undefined);
      expect(reminders).toHaveLength(2 * MANY);
      expect(new Set(reminders.map(({ under, post }) => `${under} ${room.read(post)}`)).size).toBe(2 * MANY);
      const [list, ...others] = texts().filter((text) => text.startsWith("Yanıt bekleyen sorular"));
      expect(others).toEqual([]);
      expect(list).toMatch(/^Yanıt bekleyen sorular \(1000\):\n/);
      expect(list?.split("\n")).toHaveLength(1 + 50 + 1);
      expect(list).toMatch(/\n950 soru daha bekliyor\.$/);
    },
  );

  test("the page shows those that wait longest, whatever they are called, and how many more there are, within the limits", async () => {
    const { desk } = await thousand(place());
    const waiting: Ticket[] = await desk.waiting(20);
    expect(waiting.map(({ waitsSince }) => waitsSince - TODAY)).toEqual(Array.from({ length: 20 }, (_, at) => at));
    expect(await desk.waitingCount()).toBe(MANY);
    await desk.act(waiting[0]?.id ?? "", "U1", { do: "claim" }, "press-1");
    await desk.act(waiting[1]?.id ?? "", "U1", { do: "close", reason: "unclear" }, "press-2");
    expect(await desk.waitingCount()).toBe(MANY - 1);
    // Claimed, it waits anew, behind the others.
    expect((await desk.waiting(1))[0]?.id).toBe(waiting[2]?.id);

    const sections = await staffSections({
      desk,
      entries: { drafts: async () => [] },
      unanswered: async () => [],
      language: "tr",
      say: words,
    });
    const view = checkView(renderHome(sections, words, "tr"), "home");
    const shown = view.blocks.map(({ text }) => text?.text ?? "").join("\n");
    expect(shown.match(/^• [A-Z\d]{3}-[A-Z\d]{3}: Aidat/gm)).toHaveLength(20);
    expect(shown).toContain("979 soru daha bekliyor.");
  });
});
