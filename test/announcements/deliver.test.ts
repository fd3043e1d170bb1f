import { expect, test } from "vitest";
import { deliverRun } from "#announcements/deliver.ts";
import { createSlack } from "#channels/slack/slack.ts";
import { createTelegram } from "#channels/telegram/telegram.ts";
import { BotError } from "#core/errors.ts";
import type { Claimed, Ledger, Recipient } from "#core/ledger.ts";
import { createLog } from "#ops/log.ts";
import { CHAT_NOT_FOUND, TOO_MANY, type Trouble } from "../support/bot-api/faults.ts";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import { NEWS, partsOver, RUN, runFor } from "../support/run.ts";
import { slackOptions } from "../support/slack-bot.ts";
import { startSlack } from "../support/slack/server.ts";
import { describeStores, SECRET_KEY } from "../support/store.ts";
import { words } from "../support/words.ts";

const common = {
  secrets: { secretKey: SECRET_KEY },
  words,
  defaultLanguage: "tr" as const,
  log: createLog("silent"),
  now: () => Date.now(),
  signal: new AbortController().signal,
};
const telegramOn = (api: BotApi, paidBroadcast = false) =>
  createTelegram({ ...common, token: api.token, apiRoot: api.root, paidBroadcast });

function members(api: BotApi, many: number): { readonly all: readonly Recipient[]; readonly got: (at: number) => number } {
  const people = Array.from({ length: many }, () => api.person());
  for (const { chat } of people) api.state.chats.set(chat.id, chat);
  return {
    all: people.map(({ chat, user }) => ({
      address: { channel: "telegram", chat: String(chat.id), person: String(user.id) },
      language: "tr",
    })),
    got: (at) => api.shown(people[at]?.chat.id ?? 0).length,
  };
}

describeStores("delivery", (place) => {
  test("everybody gets it once, whatever fails, and every row says how it ended", { timeout: 60_000 }, async () => {
    const store = await place().open();
    await using api = await startBotApi();
    const { all, got } = members(api, 12);
    const meets = (at: number, trouble: Trouble) =>
      api.faults.add({ trouble, method: "sendMessage", chat: Number(all[at]?.address.chat) });
    api.state.blocked.add(Number(all[0]?.address.chat));
    meets(1, CHAT_NOT_FOUND);
    meets(2, { kind: "refuse", code: 400, description: "Bad Request: TEXTS_EMPTY" });
    meets(3, { kind: "reset-after" });
    meets(4, { kind: "reset-before" });
    meets(5, TOO_MANY(1));
    const run = runFor(all, {
      messageFor: ({ address }) => (address.chat === all[6]?.address.chat ? undefined : { reply: NEWS }),
    });

    const channel = telegramOn(api);
    const ends = await Promise.all([deliverRun(partsOver(store, channel), run), deliverRun(partsOver(store, channel), run)]);
    expect(ends).toEqual([{ is: "done" }, { is: "done" }]);
    expect(all.map((_, at) => got(at))).toEqual([0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1]);
    expect(await store.ledger.counts(RUN)).toEqual({
      pending: 0,
      claimed: 0,
      sending: 0,
      sent: 6,
      failed: { gone: 2, refused: 1, left: 1 },
      uncertain: 2,
      erased: 0,
      unsent: 0,
    });
    const sent = await store.ledger.list(RUN, "sent", undefined, 99);
    for (const { address, reference } of sent)
      expect(api.shown(Number(address.chat)).map(({ message_id }) => String(message_id))).toEqual([reference]);
    const uncertain = (await store.ledger.list(RUN, "uncertain", undefined, 99)).map(({ address }) => address.chat);
    expect(new Set(uncertain)).toEqual(new Set([all[3]?.address.chat, all[4]?.address.chat]));

    // Done again, as after a crash at the very end, it sends nothing.
    expect(await deliverRun(partsOver(store, channel), run)).toEqual({ is: "done" });
    expect(all.map((_, at) => got(at))).toEqual([0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1]);
  });

  test("what was given back is not given back once more after it was taken up again", { timeout: 30_000 }, async () => {
    const store = await place().open();
    await using api = await startBotApi();
    const { all, got } = members(api, 1);
    api.faults.add({ trouble: { kind: "slow", beforeMs: 0, afterMs: 1500 }, method: "sendMessage" });
    let held = false;
    const allowedFrom = (_: Recipient, now: number) => {
      if (held) return now;
      held = true;
      return now + 10;
    };
    let lost = false;
    const ledger: Ledger = {
      ...store.ledger,
      async settle(run, holder, row, delivered) {
        const settled = await store.ledger.settle(run, holder, row, delivered);
        if (delivered.is !== "again" || lost) return settled;
        // Its answer is lost, and that is noticed while the message is on the wire by another hand.
        lost = true;
        await api.until(() => api.callsOf("sendMessage").length > 0);
        throw new BotError("store.unavailable", "It is away for this test.");
      },
    };
    expect(await deliverRun(partsOver(store, telegramOn(api), { ledger }), runFor(all, { allowedFrom }))).toEqual({ is: "done" });
    expect([lost, got(0)]).toEqual([true, 1]);
    expect(await store.ledger.counts(RUN)).toMatchObject({ sent: 1, uncertain: 0 });
  });

  test(
    "all bulk waits as long as Telegram asked for, in every worker, and nothing is asked again before",
    { timeout: 60_000 },
    async () => {
      const store = await place().open();
      await using api = await startBotApi();
      const { all, got } = members(api, 30);
      api.faults.add({ trouble: TOO_MANY(2), method: "sendMessage", chat: Number(all[9]?.address.chat) });
      const channel = telegramOn(api);
      // One lane each: a call that is on the wire when the answer comes cannot be called back.
      const worker = () => deliverRun(partsOver(store, channel, { lanes: 1 }), runFor(all));
      await Promise.all([worker(), worker(), worker()]);
      expect(all.every((_, at) => got(at) === 1)).toBe(true);
      const calls = api.callsOf("sendMessage");
      const refused = calls.find(({ status }) => status === 429)?.at ?? 0;
      // At most what the two others had taken a place for when it came.
      const early = calls.filter(({ at, status }) => status !== 429 && at >= refused && at < refused + 1950);
      expect(early.length).toBeLessThanOrEqual(2);
      expect(calls.filter(({ at }) => at >= refused + 1950).length).toBeGreaterThan(0);
    },
  );

  test("a deletion of which nobody knows how it ended is done again", { timeout: 60_000 }, async () => {
    const store = await place().open();
    await using api = await startBotApi();
    const { all, got } = members(api, 4);
    const channel = telegramOn(api);
    await deliverRun(partsOver(store, channel), runFor(all));
    const sent = await store.ledger.list(RUN, "sent", undefined, 9);
    const references = new Map(sent.map(({ address, reference }) => [address.chat, reference ?? ""]));
    for (const [at, kind] of (["reset-before", "reset-after"] as const).entries())
      api.faults.add({ trouble: { kind }, method: "deleteMessage", chat: Number(all[at]?.address.chat) });
    const withdrawal = runFor(all, {
      id: "duyuru01-1",
      mayRepeat: true,
      messageFor({ address }) {
        return { reply: { kind: "withdraw", language: "tr", reference: references.get(address.chat) ?? "" } };
      },
    });
    expect(await deliverRun(partsOver(store, channel), withdrawal)).toEqual({ is: "done" });
    expect(all.map((_, at) => got(at))).toEqual([0, 0, 0, 0]);
    expect(await store.ledger.counts("duyuru01-1")).toMatchObject({ sent: 4, uncertain: 0 });
  });

  test("a run that is stopped stops between two messages, and goes on where it was", { timeout: 60_000 }, async () => {
    const store = await place().open();
    await using api = await startBotApi();
    const { all, got } = members(api, 60);
    const channel = telegramOn(api);
    const sent = () => api.callsOf("sendMessage").length;
    const parts = partsOver(store, channel, { paceOf: () => ({ perSecond: 50, burst: 1 }) });
    expect(await deliverRun(parts, runFor(all, { goesOn: () => sent() < 10 }))).toEqual({ is: "stopped" });
    const then = sent();
    expect(then).toBeLessThan(40);
    expect(await store.ledger.counts(RUN)).toMatchObject({ claimed: 0, sending: 0, sent: then, pending: 60 - then });
    expect(await deliverRun(partsOver(store, channel), runFor([], { audience: undefined }))).toEqual({ is: "done" });
    expect(all.every((_, at) => got(at) === 1)).toBe(true);
  });

  test("whoever may not be written to yet gets it later, and a run that only waits is let go", { timeout: 60_000 }, async () => {
    const store = await place().open();
    await using api = await startBotApi();
    const { all, got } = members(api, 4);
    let time = Date.now();
    const morning = time + 9 * 3_600_000;
    const asleep = ({ address }: Recipient) => address.chat === all[2]?.address.chat;
    const run = runFor(all, { allowedFrom: (to, now) => (asleep(to) ? morning : now) });
    const channel = telegramOn(api);
    const parts = () => partsOver(store, channel, { now: () => time });
    expect(await deliverRun(parts(), run)).toEqual({ is: "waiting", until: morning });
    expect(all.map((_, at) => got(at))).toEqual([1, 1, 0, 1]);
    time = morning;
    expect(await deliverRun(parts(), run)).toEqual({ is: "done" });
    expect(all.map((_, at) => got(at))).toEqual([1, 1, 1, 1]);
  });

  test("what nobody can send any more ends, and says whether it may have been sent before", { timeout: 60_000 }, async () => {
    const store = await place().open();
    await using api = await startBotApi();
    const { all, got } = members(api, 4);
    const [, doubtful, elsewhere, refusing] = all;
    const nowhere = (to: Recipient) => ({ ...to, address: { ...to.address, channel: "slack" } });
    const asked = [all[0]!, nowhere(doubtful!), nowhere(elsewhere!), refusing!];
    await store.ledger.expand(RUN, [nowhere(doubtful!)], 0);
    const [row] = (await store.ledger.claim(RUN, "dead", 1, 1)) as Claimed[];
    await store.ledger.arm(RUN, "dead", row!.row, 1);
    await store.ledger.settle(RUN, "dead", row!.row, { is: "uncertain" });
    await store.ledger.resendUncertain(RUN, 1);
    const notTaken = { kind: "refuse", code: 401, description: "Unauthorized" } as const;
    api.faults.add({ trouble: notTaken, method: "sendMessage", chat: Number(refusing!.address.chat) });
    const end = await deliverRun(partsOver(store, telegramOn(api)), runFor(asked, { triedUntil: 0 }));
    expect(end).toEqual({ is: "done" });
    expect(all.map((_, at) => got(at))).toEqual([1, 0, 0, 0]);
    expect(await store.ledger.counts(RUN)).toMatchObject({ sent: 1, failed: { refused: 2 }, uncertain: 1, pending: 0 });
    const [uncertain] = await store.ledger.list(RUN, "uncertain", undefined, 9);
    expect(uncertain?.address.person).toBe(doubtful!.address.person);
  });

  test("what is paid for says so, and a reply does not", { timeout: 60_000 }, async () => {
    const store = await place().open();
    await using api = await startBotApi();
    const { all } = members(api, 1);
    const channel = telegramOn(api, true);
    await deliverRun(partsOver(store, channel), runFor(all));
    await channel.deliver(all[0]!.address, { kind: "say", language: "tr", paragraphs: [{ words: "Merhaba" }] });
    expect(api.callsOf("sendMessage").map(({ payload }) => payload["allow_paid_broadcast"])).toEqual([true, undefined]);
  });

  test("of several announcements those are told of which a message tells as it goes out, whatever becomes of it", async () => {
    await using api = await startBotApi();
    const store = await place().open();
    const { all } = members(api, 3);
    api.faults.add({ trouble: { kind: "reset-after" }, method: "sendMessage", chat: Number(all[1]?.address.chat) });
    const several = all.map((each) => ({ ...each, tells: ["gather01", "guide001"] }));
    const left = all[2]?.address.chat;
    const run = runFor(several, {
      messageFor: ({ address, tells }) => ({ reply: NEWS, tells: address.chat === left ? tells : ["guide001"] }),
    });
    await deliverRun(partsOver(store, telegramOn(api)), run);
    const tells = await store.ledger.tellsOf(
      RUN,
      all.map(({ address }) => address),
    );
    expect(await store.ledger.counts(RUN)).toMatchObject({ sent: 2, uncertain: 1 });
    expect(tells).toEqual([["guide001"], ["guide001"], ["gather01", "guide001"]]);
  });

  test(
    "on Slack what a dead process had on the wire is looked up, and sent only where it has not arrived",
    { timeout: 60_000 },
    async () => {
      const store = await place().open();
      await using slack = await startSlack();
      const people = [slack.person(), slack.person()];
      const all = people.map((person): Recipient => ({
        address: { channel: "slack", chat: person.dm.id, person: person.user.id },
        language: "tr",
      }));
      const channel = createSlack(slackOptions(slack, new AbortController().signal));
      const run = runFor(all);
      // A process that died: one message had left, the other had not.
      const long = Date.now() - 60_000;
      await store.ledger.expand(RUN, all, 0);
      const claimed = await store.ledger.claim(RUN, "dead", 9, long);
      for (const row of claimed === "fenced" ? [] : claimed) {
        await store.ledger.arm(RUN, "dead", row.row, long);
        if (row.address.chat === people[0]?.dm.id)
          await channel.deliver(row.address, NEWS, { id: `${RUN}/${row.row}`, attempts: 0 });
      }
      expect(await deliverRun(partsOver(store, channel), run)).toEqual({ is: "done" });
      for (const person of people) expect(slack.shown(person.dm.id)).toHaveLength(1);
      expect(await store.ledger.counts(RUN)).toMatchObject({ sent: 2, uncertain: 0 });
    },
  );
});
