import { expect, test } from "vitest";
import { FRESH_CONVERSATION, FRESH_PERSON } from "#core/conversation.ts";
import { parseCommand } from "#core/command-names.ts";
import type { Incoming } from "#core/message.ts";
import type { World } from "#core/step.ts";
import { takeTurn } from "#core/turn.ts";
import { knowledge, SETTINGS, TODAY } from "../support/knowledge.ts";
import { command, read } from "../support/talk.ts";

const base = await knowledge();

function turnOf(incoming: Incoming, world: Partial<World> = {}) {
  const turn = takeTurn({
    incoming,
    conversation: FRESH_CONVERSATION,
    person: FRESH_PERSON,
    now: TODAY,
    knowledge: base,
    settings: { ...SETTINGS, calendarLinks: true },
    chat: { is: "own", id: "c" },
    ...world,
  });
  if (turn.kind !== "taken") throw new Error("this was taken before");
  return turn;
}

const typed = (text: string): Incoming => {
  const { command: name, argument } = parseCommand(text) ?? { command: "help", argument: "" };
  return command(name, argument);
};

test.each([
  ["/duyurular takvim", "show"],
  ["/duyurular TAKVİM", "show"],
  ["/news calendar", "show"],
  ["/duyurular yeni takvim bağlantısı", "renew"],
  ["/news new calendar link", "renew"],
  ["/duyurular takvimi kapat", "close"],
  ["/start sub_calendar", "show"],
])("%s asks to %s the address, and leaves no announcements", (said, act) => {
  const { effects, replies, person } = turnOf(typed(said));
  expect(effects).toMatchObject([{ kind: "calendar-link", do: act }]);
  expect(replies).toEqual([]);
  expect(person.subscription).toBeUndefined();
});

test("where others read along the address is not given, but the way to where it is", () => {
  for (const chat of [{ is: "shared", link: "https://t.me/imece_bot?start=" }, { is: "shared" }, undefined] as const) {
    const turn = turnOf(typed("/duyurular takvim"), { chat });
    expect(turn.effects).toEqual([]);
    expect(read(turn)).toContain("Takvim bağlantınızı almak için bana özel mesaj yazın.");
    expect(read(turn).includes("https://t.me/imece_bot?start=sub_calendar")).toBe(chat !== undefined && "link" in chat);
    expect(read(turnOf(typed("/duyurular"), { chat }))).not.toContain("Takvim bağlantısı");
  }
});

test("where there are none that is said, and no button promises one", () => {
  const settings = SETTINGS;
  expect(read(turnOf(typed("/duyurular takvim"), { settings }))).toContain("Bu hizmette takvim bağlantısı yok.");
  expect(read(turnOf(typed("/duyurular"), { settings }))).not.toContain("Takvim bağlantısı");
  expect(read(turnOf(typed("/duyurular")))).toContain("Takvim bağlantısı");
});

test("a list of what is coming offers it beside the file", () => {
  const coming = { ...base.events.filter(({ kind }) => kind === "gathering")[0], start: "2026-12-05", end: undefined };
  const event = { ...coming, status: "announced" } as (typeof base.events)[number];
  const over = { ...base, events: [event] };
  expect(read(turnOf(typed("/etkinlikler"), { knowledge: over }))).toMatch(/Takvime ekle.*Takvim bağlantısı/s);
});

test("an address is shown as words to be copied, with what it means, in the language of the person", () => {
  const address = "https://imece.example.org/calendar/abc.ics";
  const notice = (did: "show" | "renew" | "close", at?: string): Incoming => ({
    id: did,
    kind: "notice",
    notice: { about: "calendar-link", did, ...(at === undefined ? {} : { address: at }) },
  });
  const [reply] = turnOf(notice("show", address)).replies;
  expect(reply?.kind === "choices" && reply.paragraphs).toContainEqual({ words: address, toCopy: true });
  expect(read(turnOf(notice("renew", address)))).toContain("eskisi artık çalışmıyor");
  expect(read(turnOf(notice("close")))).toContain("Takvim bağlantınızı kapattım");
  expect(read(turnOf(notice("show", address), { person: { ...FRESH_PERSON, language: "en" } }))).toMatch(
    /Your calendar link:.*Anyone who has this link can see the events you chose.*New link.*Close the link/s,
  );
});
