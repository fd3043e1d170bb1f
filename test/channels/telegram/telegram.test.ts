import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTelegram, type Telegram } from "#channels/telegram/telegram.ts";
import type { Address, Reply } from "#core/message.ts";
import type { Handle, Sent } from "#core/ports.ts";
import { BLOCKED, CHAT_NOT_FOUND, DEACTIVATED, INTERNAL, REVOKED, TOO_MANY, type Trouble } from "../../support/bot-api/faults.ts";
import { startBotApi, type BotApi } from "../../support/bot-api/server.ts";
import { SECRET_KEY } from "../../support/store.ts";
import { words } from "../../support/words.ts";

let api: BotApi;
let stop: AbortController;
const logged: string[] = [];
beforeEach(async () => {
  api = await startBotApi();
  stop = new AbortController();
  logged.length = 0;
});
afterEach(async () => {
  stop.abort();
  await api[Symbol.asyncDispose]();
});

function open(signal = stop.signal): Telegram {
  return createTelegram({
    token: api.token,
    apiRoot: api.root,
    secrets: { secretKey: SECRET_KEY },
    words,
    defaultLanguage: "tr",
    log: {
      callFailed: (method, code, remedy = "") => void logged.push(`${method} ${code} ${remedy}`.trim()),
      receivingFailed: (error) => void logged.push(String(error)),
      updateSetAside: (error) => void logged.push(String(error)),
      receiving: (by) => void logged.push(by),
    },
    now: () => Date.now(),
    signal,
  });
}

const say = (text: string): Reply => ({ kind: "say", language: "tr", paragraphs: [{ words: text }] });
const toMember = (): Address => {
  const member = api.person();
  member.says("merhaba");
  return { channel: "telegram", chat: String(member.chat.id), person: String(member.user.id) };
};
const shownTo = ({ chat }: Address) => api.shown(Number(chat)).map(({ text }) => text);

test.each<[string, Trouble, Sent, number]>([
  ["429 with a time", TOO_MANY(7), { ok: false, why: "slow-down", retryAfterMs: 7000 }, 0],
  ["429 without a time", TOO_MANY(), { ok: false, why: "slow-down", retryAfterMs: 3000 }, 0],
  ["blocked", BLOCKED, { ok: false, why: "gone" }, 0],
  ["deactivated", DEACTIVATED, { ok: false, why: "gone" }, 0],
  ["chat not found", CHAT_NOT_FOUND, { ok: false, why: "gone" }, 0],
  ["another 400", { kind: "refuse", code: 400, description: "Bad Request: TEXTS_EMPTY" }, { ok: false, why: "refused" }, 0],
  ["500", INTERNAL, { ok: false, why: "unknown" }, 0],
  ["a 502 page", { kind: "html-502" }, { ok: false, why: "unknown" }, 0],
  ["reset before accepting", { kind: "reset-before" }, { ok: false, why: "unknown" }, 0],
  ["reset after accepting", { kind: "reset-after" }, { ok: false, why: "unknown" }, 1],
  ["half a reply", { kind: "bad-json-after" }, { ok: false, why: "unknown" }, 1],
  ["no reply", { kind: "hang-after" }, { ok: false, why: "unknown" }, 1],
  ["a slow reply", { kind: "slow", beforeMs: 300, afterMs: 300 }, { ok: true, reference: "2" }, 1],
  ["token revoked", REVOKED, { ok: false, why: "not-sent", retryAfterMs: 60_000 }, 0],
])("delivers through trouble: %s", async (_name, trouble, sent, arrived) => {
  const to = toMember();
  api.faults.add({ trouble, method: "sendMessage" });
  expect(await open().deliver(to, say("yanıt"))).toEqual(sent);
  expect(shownTo(to)).toHaveLength(arrived);
  expect(api.callsOf("sendMessage")).toHaveLength(1);
});

test("a refused connection surely did not arrive", async () => {
  const to = toMember();
  const telegram = open();
  await api[Symbol.asyncDispose]();
  expect(await telegram.deliver(to, say("yanıt"))).toEqual({ ok: false, why: "not-sent", retryAfterMs: 3000 });
});

test("a reply of several messages goes on where it stopped", async () => {
  const to = toMember();
  const telegram = open();
  const long = say(Array.from({ length: 3 }, (_, part) => `${part}${"a".repeat(4000)}`).join("\n\n"));
  api.faults.add({ trouble: { kind: "slow", beforeMs: 0, afterMs: 0 }, method: "sendMessage" });
  api.faults.add({ trouble: TOO_MANY(1), method: "sendMessage" });
  expect(await telegram.deliver(to, long)).toMatchObject({ why: "slow-down" });
  expect(await telegram.deliver(to, long)).toMatchObject({ ok: true });
  expect(shownTo(to).map((text) => text?.charAt(0))).toEqual(["0", "1", "2"]);
  expect(await telegram.deliver(to, long)).toMatchObject({ ok: true });
  expect(shownTo(to)).toHaveLength(6);
});

test("a reply that was refused is begun anew when the same words are to go out later", async () => {
  const to = toMember();
  const telegram = open();
  const long = say(Array.from({ length: 2 }, (_, part) => `${part}${"a".repeat(4000)}`).join("\n\n"));
  const trouble: Trouble = { kind: "refuse", code: 400, description: "Bad Request: TEXTS_EMPTY" };
  api.state.happened.once("call", () => api.faults.add({ trouble, method: "sendMessage" }));
  expect(await telegram.deliver(to, long)).toMatchObject({ why: "refused" });
  expect(await telegram.deliver(to, long)).toMatchObject({ ok: true });
  expect(shownTo(to).map((text) => text?.charAt(0))).toEqual(["0", "0", "1"]);
});

test("a message goes to where its group went", async () => {
  const group = api.group();
  const to: Address = { channel: "telegram", chat: String(group.id), person: "5001" };
  const grown = api.migrate(group);
  const telegram = open();
  expect(await telegram.deliver(to, say("bir"))).toMatchObject({ ok: true });
  expect(await telegram.deliver(to, say("iki"))).toMatchObject({ ok: true });
  expect(api.shown(grown.id)).toHaveLength(2);
  expect(api.callsOf("sendMessage")).toHaveLength(3);
});

test("a question to a group asks for a reply, in its topic and to whom it belongs; a closed topic is no obstacle", async () => {
  const group = api.group({ forum: true });
  const form: Reply = { kind: "form", language: "tr", question: { key: "passOn.write" }, field: "question" };
  const to: Address = { channel: "telegram", chat: String(group.id), thread: "4", person: "5001" };
  expect(await open().deliver(to, form)).toMatchObject({ ok: true });
  expect(api.callsOf("sendMessage")[0]?.payload).toMatchObject({ message_thread_id: 4, reply_markup: { force_reply: true } });
  delete group.is_forum;
  expect(await open().deliver(to, form)).toMatchObject({ ok: true });
});

test("where nobody answers at the start it asks less and less often, and says what to look at", async () => {
  await api[Symbol.asyncDispose]();
  const began = Date.now();
  const ended = open().start(async () => {});
  while (logged.length < 3) await pause(20);
  // Half a second, one, two: the third failure is not told, the fourth is.
  expect(Date.now() - began).toBeGreaterThanOrEqual(3500);
  for (const line of logged) expect(line).toMatch(/^getMe ECONNREFUSED .*network.*TELEGRAM_API_ROOT.*npm run doctor/);
  stop.abort();
  await ended;
  expect(logged).toHaveLength(3);
});

/** Runs the channel with a handler of the test's. */
function run(handle: Handle, own = new AbortController()) {
  const telegram = open(own.signal);
  const ended = telegram.start(handle);
  ended.catch(() => {});
  stop.signal.addEventListener("abort", () => own.abort());
  return { telegram, ended, end: () => own.abort() };
}

test("the offset never passes an update whose turn is not saved, and other chats go on", async () => {
  const slow = api.person();
  const quick = api.person();
  let free = () => {};
  const held = new Promise<void>((resolve) => (free = resolve));
  const taken: string[] = [];
  run(async ({ person }, incoming) => {
    if (person === String(slow.user.id)) await held;
    taken.push(incoming.kind === "message" ? incoming.text : "");
  });
  const first = slow.says("yavaş 1");
  slow.says("yavaş 2");
  for (let number = 0; number < 5; number += 1) {
    quick.says(`hızlı ${number}`);
    await api.until(() => taken.length === number + 1);
  }
  const offsets = () => api.callsOf("getUpdates").map(({ payload }) => Number(payload["offset"]));
  expect(Math.max(...offsets())).toBe(first.update_id);
  free();
  await api.until(() => Math.max(...offsets()) > first.update_id + 6);
  expect(taken.filter((text) => text.startsWith("yavaş"))).toEqual(["yavaş 1", "yavaş 2"]);
});

test("a turn that cannot be saved is tried again, in order, and is not lost", async () => {
  const ayse = api.person();
  let failing = 2;
  const taken: string[] = [];
  run(async (_address, incoming) => {
    if (failing-- > 0) throw new Error("the store is away");
    taken.push(incoming.kind === "message" ? incoming.text : "");
  });
  for (const text of ["bir", "iki", "üç"]) ayse.says(text);
  await api.until(() => taken.length === 3);
  expect(taken).toEqual(["bir", "iki", "üç"]);
});

test("a press is answered silently while it cannot be taken, and told so where it was taken before", async () => {
  const ayse = api.person();
  ayse.says("merhaba");
  let failing = 1;
  const chosen: unknown[] = [];
  const { telegram } = run(async (_address, incoming) => {
    if (incoming.kind !== "choice") return;
    if (failing-- > 0) throw new Error("the store is away");
    chosen.push(incoming);
  });
  const option = { label: { words: "Evet" }, action: { act: "topics" }, listed: false } as const;
  const to = { channel: "telegram", chat: String(ayse.chat.id), person: String(ayse.user.id) };
  await telegram.deliver(to, { kind: "choices", language: "tr", turn: 3, paragraphs: [{ words: "?" }], options: [option] });
  const answerTo = (update: ReturnType<typeof ayse.presses>) => api.state.callbacks.get(update.callback_query?.id ?? "")?.answer;
  const first = ayse.presses(api.shown(ayse.chat.id)[0], "Evet");
  await api.until(() => chosen.length === 1);
  expect(answerTo(first)).toEqual({ alert: false });
  expect(chosen).toMatchObject([{ kind: "choice", turn: 3, option: 1, id: `tg-press-${first.callback_query?.id}` }]);
  // This handler shows nothing, as the bot does for what it has already done.
  const second = ayse.presses(api.shown(ayse.chat.id)[0], "Evet");
  await api.until(() => answerTo(second) !== undefined);
  expect(answerTo(second)?.text).toContain("daha önce");
});

test("chats are worked on side by side, each in its own order", async () => {
  const people = Array.from({ length: 40 }, () => api.person());
  const taken = new Map<string, string[]>();
  let now = 0;
  let most = 0;
  for (let number = 0; number < 5; number += 1) for (const person of people) person.says(String(number));
  run(async ({ chat }, incoming) => {
    now += 1;
    most = Math.max(most, now);
    await pause(1 + (Number(chat) % 3));
    now -= 1;
    if (incoming.kind === "message") taken.set(chat, [...(taken.get(chat) ?? []), incoming.text]);
  });
  await api.until(() => [...taken.values()].flat().length === 200);
  for (const order of taken.values()) expect(order).toEqual(["0", "1", "2", "3", "4"]);
  expect(most).toBe(16);
});

test("stopping lets what was taken end, and confirms it", async () => {
  const ayse = api.person();
  const taken: string[] = [];
  const { ended, end } = run(async (_address, incoming) => {
    await pause(300);
    taken.push(incoming.id);
  });
  const { update_id } = ayse.says("bir");
  await api.until(() => api.callsOf("getUpdates").length > 1);
  end();
  await ended;
  expect(taken).toEqual([`tg-${update_id}`]);
  expect(api.state.pending).toEqual([]);
});

test("typing is shown while an answer takes its time, and not otherwise", async () => {
  const ayse = api.person();
  let wait = 0;
  run(async () => pause(wait));
  ayse.says("çabuk");
  await api.until(() => api.callsOf("getUpdates").length > 1);
  expect(api.callsOf("sendChatAction")).toHaveLength(0);
  wait = 700;
  ayse.says("yavaş");
  await api.until(() => api.callsOf("sendChatAction").length === 1);
});

test("a second process with the token ends the first with a plain message", async () => {
  const first = run(async () => {});
  await api.until(() => api.callsOf("getUpdates").length > 0);
  const second = run(async () => {});
  await expect(first.ended).rejects.toMatchObject({ code: "telegram.conflict" });
  await expect(first.ended).rejects.toThrow(/same TELEGRAM_BOT_TOKEN/);
  const ayse = api.person();
  ayse.says("merhaba");
  await api.until(() => api.state.pending.length === 0);
  second.end();
  await second.ended;
});

test("a token that is not accepted ends it at the start, or when it is revoked", async () => {
  api.faults.add({ trouble: REVOKED, method: "getMe" });
  await expect(run(async () => {}).ended).rejects.toMatchObject({ code: "telegram.token" });
  api.faults.add({ trouble: REVOKED, method: "getUpdates" });
  await expect(run(async () => {}).ended).rejects.toMatchObject({ code: "telegram.token" });
});

test("trouble while receiving is waited out", async () => {
  for (const trouble of [INTERNAL, TOO_MANY(1), { kind: "html-502" }, { kind: "reset-before" }] satisfies Trouble[])
    api.faults.add({ trouble, method: "getUpdates" });
  const ayse = api.person();
  const taken: string[] = [];
  const { telegram } = run(async (_address, incoming) => void taken.push(incoming.id));
  expect(telegram.healthy()).toBe(false);
  ayse.says("hâlâ orada mısınız");
  await api.until(() => taken.length === 1, 15_000);
  expect(telegram.healthy()).toBe(true);
  // The third in a row is not told; what Telegram itself said needs no looking at the network.
  expect(logged).toEqual([
    "polling",
    "getUpdates 500",
    "getUpdates 429",
    expect.stringMatching(/^getUpdates ECONNRESET Is the network/),
  ]);
});

test("a long message that is put off in its midst says that it has begun, and one of many answers nobody", async () => {
  const telegram = open();
  const to = toMember();
  const chat = Number(to.chat);
  api.state.happened.once("call", () => api.faults.add({ trouble: TOO_MANY(7), method: "sendMessage", chat }));
  const long = say(Array.from({ length: 900 }, () => "kooperatif").join(" "));
  expect(await telegram.deliver(to, long)).toEqual({ ok: false, why: "slow-down", retryAfterMs: 7000, begun: true });

  const group = api.group();
  const inGroup = { channel: "telegram", chat: String(group.id), person: String(group.id) };
  expect(await telegram.deliver(inGroup, say("Duyuru"), { id: "run/row", attempts: 0, bulk: true })).toMatchObject({ ok: true });
  expect(api.callsOf("sendMessage").at(-1)?.payload).not.toHaveProperty("reply_parameters");
});
