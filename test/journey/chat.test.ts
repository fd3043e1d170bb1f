import { expect, test } from "vitest";
import type { Incoming } from "#core/message.ts";
import type { Sent } from "#core/ports.ts";
import { ADDRESS, botOver, createWindow, message } from "../support/bot.ts";
import { describeStores } from "../support/store.ts";

describeStores("a conversation", (place) => {
  test("ten messages, each delivered twenty times at once, give ten replies in the order of their turns", async () => {
    const store = await place().open();
    const window = createWindow();
    const bots = [botOver(store, window), botOver(store, window)];
    for (let number = 0; number < 10; number += 1) {
      const incoming: Incoming = { id: `m${number}`, kind: "command", command: "start", argument: "" };
      await Promise.all(
        [...bots, ...bots, ...bots, ...bots, ...bots, ...bots, ...bots, ...bots, ...bots, ...bots].map((bot) =>
          bot.handle(ADDRESS, incoming),
        ),
      );
    }
    const turns = window.shown.map((reply) => (reply.kind === "choices" ? reply.turn : 0));
    expect(turns.map((turn) => turn - (turns[0] ?? 0))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("ten messages at once, twenty times each, give ten replies in the order of their turns", async () => {
    const store = await place().open();
    const window = createWindow();
    const bot = botOver(store, window);
    const arriving = Array.from({ length: 200 }, (_, position): Incoming => ({
      id: `m${position % 10}`,
      kind: "command",
      command: "start",
      argument: "",
    }));
    await Promise.all(arriving.map((incoming) => bot.handle(ADDRESS, incoming)));
    await bot.settleOwed();
    const turns = window.shown.map((reply) => (reply.kind === "choices" ? reply.turn : 0));
    expect(turns.map((turn) => turn - (turns[0] ?? 0))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test("a reply of which nobody knows whether it arrived is sent once more, and never a third time", async () => {
    let time = Date.now();
    const store = await place().open({ now: () => time });
    const unknown: Sent = { ok: false, why: "unknown" };
    const ask = async (id: string, fails: Sent[]) => {
      const window = createWindow(fails);
      const bot = botOver(store, window, { now: () => time });
      await bot.handle(ADDRESS, message(id, "esmed nedir"));
      for (let tries = 0; tries < 3; tries += 1, time += 3000) await bot.settleOwed();
      return window.shown;
    };
    expect(await ask("a", [unknown])).toHaveLength(1);
    expect(await ask("b", [unknown, unknown])).toHaveLength(0);
  });

  test("a member asks, follows up, sees what is stored, and has it deleted", async () => {
    const store = await place().open();
    const window = createWindow();
    const bot = botOver(store, window);
    await bot.handle(ADDRESS, message("1", "merhaba, esmede nasil uye oluruz"));
    expect(JSON.stringify(window.shown.at(-1))).toContain("answer.source");
    await bot.handle(ADDRESS, message("2", "qwxz plfk"));
    expect(JSON.stringify(window.shown.at(-1))).toContain("nothing.known");
    await bot.handle(ADDRESS, { id: "3", kind: "command", command: "my-data", argument: "" });
    const document = window.shown.at(-1);
    expect(document?.kind === "document" && document.content).toContain("qwxz plfk");
    expect(document?.kind === "document" && document.caption).toMatchObject({
      key: "myData.summaryWithQuestion",
      values: { messages: 3, questions: 1, feedback: 0 },
    });
    await bot.handle(ADDRESS, { id: "4", kind: "command", command: "delete-my-data", argument: "" });
    await bot.handle(ADDRESS, message("5", "1"));
    expect(JSON.stringify(window.shown.at(-1))).toContain("deletion.done");
    for (const place of store.personalData) expect(await place.export(ADDRESS.channel, ADDRESS.person)).toEqual([]);
  });

  test("what a process left owed goes out when the next one starts", async () => {
    const store = await place().open();
    await botOver(store, createWindow([{ ok: false, why: "not-sent", retryAfterMs: 1000 }])).handle(
      ADDRESS,
      message("a", "esmed nedir"),
    );
    const window = createWindow();
    const next = botOver(store, window, { now: () => Date.now() + 120_000 });
    await next.settleOwed();
    expect(window.shown).toHaveLength(1);
    await next.settleOwed();
    expect(window.shown).toHaveLength(1);
  });
});
