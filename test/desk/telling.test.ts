import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Handle, Store } from "#core/ports.ts";
import { createTelling } from "#desk/telling.ts";
import { createKnowledgeBase } from "#knowledge/base.ts";
import { withPublished } from "#knowledge/live.ts";
import { loadKnowledge } from "#knowledge/load.ts";
import { createLog } from "#ops/log.ts";
import { renderConsole } from "#channels/console/render.ts";
import { ADDRESS, createWindow, message } from "../support/bot.ts";
import { botWithDesk } from "../support/desk.ts";
import { TODAY } from "../support/knowledge.ts";
import { createStaffRoom } from "../support/staff-room.ts";
import { describeStores, type Place } from "../support/store.ts";
import { words } from "../support/words.ts";
import { ZEPPELIN } from "../support/zeppelin.ts";

const MINUTE = 60_000;
const files = await loadKnowledge("knowledge");
const before = createKnowledgeBase(files);
const after = createKnowledgeBase(withPublished(files, { entries: [ZEPPELIN], retired: [] }));

/** A member at a window who agreed to be told, and processes that look for what to tell. */
async function scene(place: Place) {
  let time = TODAY;
  let base = before;
  let published: number | undefined;
  const now = () => time;
  const store = await place.open({ now });
  const window = createWindow();
  const { bot, settle } = botWithDesk(store, window, createStaffRoom(), now, { knowledge: () => base });
  const log = createLog("silent");
  const telling = (handle: Handle = (address, incoming) => bot.handle(address, incoming)) =>
    createTelling({
      records: store.records,
      knowledge: () => base,
      publishedAt: async (id) => (id === ZEPPELIN.id ? published : undefined),
      handle,
      pause: () => nextTurn(),
      now,
      log,
    });
  let said = 0;
  return {
    store,
    bot,
    telling,
    say: async (text: string) => {
      said += 1;
      await bot.handle(ADDRESS, message(`m-${said}`, text));
      await settle();
    },
    pass: (milliseconds: number) => (time += milliseconds),
    publish: () => {
      time += MINUTE;
      base = after;
      published = time;
    },
    told: () =>
      window.shown.map((reply) => renderConsole(reply, words, false)).filter((text) => text.includes("artık bir yanıtı var")),
    waiting: () => store.records.list("awaiting", { by: "index", name: "state", value: "waiting", limit: 9 }),
  };
}

async function agreed(place: Place) {
  const all = await scene(place);
  await all.say("zeplin ne zaman kalkıyor");
  await all.say("haber verin");
  return all;
}

async function exportAll(store: Store): Promise<unknown[]> {
  const all = store.personalData.map((each) => each.export(ADDRESS.channel, ADDRESS.person));
  return (await Promise.all(all)).flat();
}

describeStores("who agreed to be told", (place) => {
  test("is told once, when it is answered and not before, with the answer and its source", async () => {
    const { telling, publish, told, waiting, pass } = await agreed(place());
    const process = telling();
    expect(await waiting()).toHaveLength(1);
    await process.settleOwed();
    expect(told()).toEqual([]);
    publish();
    await process.settleOwed();
    expect(told()).toEqual([expect.stringMatching(/«zeplin ne zaman kalkıyor»[\s\S]*Zeplin her salı kalkar\.[\s\S]*Kaynak: /)]);
    expect(await waiting()).toEqual([]);
    pass(10 * MINUTE);
    await process.settleOwed();
    await telling().settleOwed();
    expect(told()).toHaveLength(1);
  });

  test("is told once by however many processes, and however often they asked", async () => {
    const { telling, publish, told, say } = await agreed(place());
    await say("zeplin gezisi saati");
    await say("haber verin");
    publish();
    await Promise.all([telling(), telling(), telling()].map((each) => each.settleOwed()));
    expect(told()).toHaveLength(1);
  });

  test.each(["before", "after"])("is told once although a process died %s the turn was taken", async (when) => {
    const { telling, publish, told, pass, bot } = await agreed(place());
    publish();
    const dying = telling(async (address, incoming) => {
      if (when === "after") await bot.handle(address, incoming);
      throw new Error("the process dies");
    });
    await dying.settleOwed();
    expect(told()).toHaveLength(when === "after" ? 1 : 0);
    const other = telling();
    await other.settleOwed();
    expect(told()).toHaveLength(when === "after" ? 1 : 0);
    pass(2 * MINUTE);
    await other.settleOwed();
    expect(told()).toHaveLength(1);
    pass(2 * MINUTE);
    await other.settleOwed();
    expect(told()).toHaveLength(1);
  });

  test("is not told after taking it back, nor after having everything deleted, and nothing is kept then", async () => {
    const back = await agreed(place());
    await back.say("haber vermeyin");
    expect(await back.waiting()).toEqual([]);
    await back.say("zeplin ne zaman kalkıyor");
    await back.say("haber verin");
    expect(await back.waiting()).toHaveLength(1);
    const [consent] = await back.store.records.list("consents", {
      by: "owner",
      channel: ADDRESS.channel,
      person: ADDRESS.person,
      limit: 9,
    });
    expect(consent?.value).toEqual({ to: "be-told", textVersion: expect.stringMatching(/^\d{4}-/), at: TODAY });
    await back.say("/verilerimi_sil");
    await back.say("evet, sil");
    const rest = JSON.stringify(await exportAll(back.store));
    expect(rest).toBe("[]");
    back.publish();
    await back.telling().settleOwed();
    expect(back.told()).toEqual([]);
  });

  test("is answered at once where it was published while they decided; what is answered is unanswered no more", async () => {
    const { say, publish, telling, waiting, store, told } = await scene(place());
    const open = () => store.records.list("unanswered", { by: "index", name: "state", value: "open", limit: 9 });
    await say("zeplin ne zaman kalkıyor");
    expect(await open()).toHaveLength(1);
    publish();
    await say("haber verin");
    expect(await waiting()).toEqual([]);
    await telling().settleOwed();
    expect([await open(), told()]).toEqual([[], []]);
  });
});
