import { renderConsole } from "#channels/console/render.ts";
import type { BotParts } from "#bot/bot.ts";
import type { Incoming, Reply } from "#core/message.ts";
import type { Sent, Store } from "#core/ports.ts";
import type { StaffAct } from "#core/ticket.ts";
import { ADDRESS, createWindow, message } from "./bot.ts";
import { botWithDesk } from "./desk.ts";
import { TODAY } from "./knowledge.ts";
import { createStaffRoom } from "./staff-room.ts";
import type { Place } from "./store.ts";
import { words } from "./words.ts";

export const QUESTION = "qwxz plfk borcum 0532 123 45 67";
export const TICKET = "ask-3";
export const MINUTE = 60_000;

export const claim: StaffAct = { do: "claim" };
export const reply: StaffAct = { do: "answer", words: "Borcunuz yok." };

export const read = (shown: Reply): string => renderConsole(shown, words, false);

export interface SceneOptions {
  /** How the next deliveries to the member end. */
  readonly fails?: (Sent | Error)[];
  /** What the bot and the desk see of the store. */
  readonly over?: (store: Store) => Store;
  readonly bot?: Partial<BotParts>;
}

/** A member and the desk, at an hour that only the test moves. */
export async function scene(place: Place, { fails = [], over = (store) => store, bot: change = {} }: SceneOptions = {}) {
  let time = TODAY;
  const store = over(await place.open({ now: () => time }));
  const window = createWindow(fails);
  const room = createStaffRoom();
  const { bot, desk, settle } = botWithDesk(store, window, room, () => time, change);
  let said = 0;
  const shown = () => window.shown.map(read).join("\n");
  return {
    store,
    window,
    room,
    bot,
    desk,
    settle,
    shown,
    now: () => time,
    last: () => read(window.shown.at(-1) as Reply),
    pass: (milliseconds: number) => (time += milliseconds),
    say: async (text: string, more: Partial<Extract<Incoming, { kind: "message" }>> = {}) => {
      said += 1;
      await bot.handle(ADDRESS, { ...message(`ask-${said}`, text), ...more } as Incoming);
      await settle();
    },
    send: async (incoming: Incoming) => {
      await bot.handle(ADDRESS, incoming);
      await settle();
    },
    press: async (by: string, act: StaffAct, id = `press-${Math.random()}`) => {
      const acted = await desk.act(TICKET, by, act, id);
      await settle();
      return acted;
    },
    /** What staff see: the card, then what stands under it. */
    board: () => [...room.posted.values()].map(({ post }) => room.read(post)),
    conversation: async () => (await store.conversations.load(ADDRESS)).conversation,
  };
}

export type Scene = Awaited<ReturnType<typeof scene>>;

/** A question that nobody knew, passed on and confirmed. */
export async function asked(place: Place, options: SceneOptions = {}): Promise<Scene> {
  const all = await scene(place, options);
  for (const said of [QUESTION, "birliğe ilet", "gönder"]) await all.say(said);
  return all;
}
