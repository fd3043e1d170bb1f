import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSlack } from "#channels/slack/slack.ts";
import type { Address, Incoming, Reply } from "#core/message.ts";
import type { Handle, Sent } from "#core/ports.ts";
import { openHttp, type HttpServer } from "#ops/http.ts";
import { ARCHIVED, CHANNEL_GONE, INTERNAL, MISSING_SCOPE, REVOKED, TOO_MANY, type Trouble } from "../../support/slack/faults.ts";
import { startSlack, type Slack } from "../../support/slack/server.ts";
import { slackOptions, type RunOptions } from "../../support/slack-bot.ts";

let api: Slack;
let stop: AbortController;
const logged: string[] = [];
const log = {
  callFailed: (method: string, code: string, remedy = "") => void logged.push(`${method} ${code} ${remedy}`.trim()),
  receivingFailed: () => void logged.push("receiving failed"),
  updateSetAside: () => void logged.push("set aside"),
  receiving: (by: string) => void logged.push(by),
};
let http: HttpServer | undefined;
beforeEach(async () => {
  api = await startSlack();
  stop = new AbortController();
  logged.length = 0;
});
afterEach(async () => {
  stop.abort();
  await http?.[Symbol.asyncDispose]();
  http = undefined;
  await api[Symbol.asyncDispose]();
});

const open = (options: RunOptions = {}) => createSlack(slackOptions(api, stop.signal, { log, ...options }));

/** Runs the channel with a handler of the test's. */
async function run(handle: Handle, options: RunOptions = {}) {
  const slack = open(options);
  if (options.by === "http") {
    http = await openHttp(0, slack.routes, () => {});
    api.deliveries.requestUrl = `http://127.0.0.1:${http.port}/slack/events`;
  }
  const ended = slack.start(handle);
  ended.catch(() => {});
  await api.until(() => slack.healthy() && (options.by === "http" || api.sockets.open() === 2));
  return { slack, ended };
}

test.each(["auth.test", "apps.connections.open"])(
  "where nobody answers %s it asks less and less often, and says what to look at",
  async (method) => {
    api.faults.add({ trouble: { kind: "reset-before" }, method, times: 100 });
    const began = Date.now();
    const ended = open().start(async () => {});
    const told = () => logged.filter((line) => line.startsWith(method));
    while (told().length < 3) await pause(20);
    expect(Date.now() - began).toBeGreaterThanOrEqual(method === "auth.test" ? 3500 : 500);
    for (const line of told()) expect(line).toMatch(/UND_ERR_SOCKET .*network.*SLACK_API_URL.*npm run doctor/);
    stop.abort();
    await ended;
  },
);

test("nothing leaves for a workspace before it is admitted", async () => {
  const person = api.person();
  const to: Address = { channel: "slack", chat: person.dm.id, person: person.user.id };
  const another = open({ admit: () => Promise.reject(new Error("another one")) });
  const early = another.deliver(to, say("a"), once("a"));
  await expect(another.start(async () => {})).rejects.toThrow("another one");
  expect(await early).toMatchObject({ ok: false, why: "not-sent" });
  expect(api.callsOf("chat.postMessage")).toEqual([]);
  const admitted: string[] = [];
  const own = open({ admit: async (workspace) => void admitted.push(workspace) });
  const waiting = own.deliver(to, say("b"), once("b"));
  const ended = own.start(async () => {});
  expect(await waiting).toMatchObject({ ok: true });
  expect(admitted).toEqual([api.state.team]);
  stop.abort();
  await ended;
});

/** Takes note of what arrives. */
const noting = () => {
  const taken: Incoming[] = [];
  const handle: Handle = async (_address, incoming, saved) => {
    taken.push(incoming);
    saved?.();
  };
  return { taken, handle };
};

const say = (words: string): Reply => ({ kind: "say", language: "tr", paragraphs: [{ words }] });
const once = (id: string) => ({ id, attempts: 0 });

test.each<[string, Trouble, Sent]>([
  ["429 with a time", TOO_MANY(7), { ok: false, why: "slow-down", retryAfterMs: 7000 }],
  ["429 without a time", TOO_MANY(), { ok: false, why: "slow-down", retryAfterMs: 3000 }],
  ["a channel that is gone", CHANNEL_GONE, { ok: false, why: "gone" }],
  ["an archived channel", ARCHIVED, { ok: false, why: "gone" }],
  ["a revoked token", REVOKED, { ok: false, why: "not-sent", retryAfterMs: 60_000 }],
  ["a missing scope", MISSING_SCOPE("chat:write"), { ok: false, why: "not-sent", retryAfterMs: 60_000 }],
  ["what Slack will not take", { kind: "refuse", error: "invalid_blocks" }, { ok: false, why: "refused" }],
])("delivery meets %s", async (_name, trouble, sent) => {
  const channel = api.channel().id;
  api.faults.add({ trouble, method: "chat.postMessage" });
  expect(await open().deliver({ channel: "slack", chat: channel, person: "U01" }, say("a"), once("a"))).toEqual(sent);
  expect(api.shown(channel)).toHaveLength(0);
  expect(logged).toHaveLength(1);
});

test.each<[string, Trouble, boolean]>([
  ["500", INTERNAL, false],
  ["503 after it was done", { kind: "status-after", status: 503 }, true],
  ["an error of Slack's own", { kind: "refuse", error: "internal_error" }, false],
  ["half a reply", { kind: "bad-json-after" }, true],
  ["reset after accepting", { kind: "reset-after" }, true],
])("delivery of no known end is looked up: %s", async (_name, trouble, arrived) => {
  const channel = api.channel().id;
  const to: Address = { channel: "slack", chat: channel, person: "U01" };
  api.faults.add({ trouble, method: "chat.postMessage" });
  const slack = open();
  const sent = await slack.deliver(to, say("a"), once("a"));
  expect(sent).toMatchObject(arrived ? { ok: true } : { ok: false, why: "not-sent" });
  expect(await slack.deliver(to, say("a"), once("a"))).toMatchObject({ ok: true });
  expect(api.shown(channel)).toHaveLength(1);
});

test("what an earlier process may have sent is looked for, in a thread too; a deleted question is no obstacle", async () => {
  const channel = api.channel().id;
  const person = api.person();
  const { message } = person.says("soru", { channel: api.state.channels.get(channel)! });
  const to: Address = { channel: "slack", chat: channel, thread: message.ts, person: person.user.id };
  const first = await open().deliver(to, say("a"), once("a"));
  expect(await open().deliver(to, say("a"), { id: "a", attempts: 1 })).toEqual(first);
  expect(await open().deliver(to, say("a"), { id: "b", attempts: 1 })).toMatchObject({ ok: true });
  expect(api.shown(channel, message.ts)).toHaveLength(2);
  api.state.messages.set(channel, []);
  expect(await open().deliver(to, say("a"), once("c"))).toMatchObject({ ok: true });
  expect(api.shown(channel)).toHaveLength(1);
});

test("a long reply goes on after the message that arrived", async () => {
  const channel = api.channel().id;
  const to: Address = { channel: "slack", chat: channel, person: "U01" };
  const slack = open();
  const long: Reply = {
    kind: "say",
    language: "tr",
    paragraphs: ["0", "1", "2"].map((digit) => ({ words: digit.repeat(11_000) })),
  };
  expect(await slack.deliver(to, say("önce"), once("önce"))).toMatchObject({ ok: true });
  api.faults.add({ trouble: TOO_MANY(1), method: "chat.postMessage" });
  expect(await slack.deliver(to, long, once("a"))).toMatchObject({ why: "slow-down" });
  expect(await slack.deliver(to, long, once("a"))).toMatchObject({ ok: true });
  const digits = () => api.shown(channel).map(({ text }) => text.charAt(0));
  expect(digits()).toEqual(["ö", "0", "1", "2"]);
  expect(await open().deliver(to, long, { id: "a", attempts: 1 })).toMatchObject({ ok: true });
  expect(digits()).toEqual(["ö", "0", "1", "2"]);
});

test("an answer for one person goes into the channel without an address to answer at, and to their own where the bot is not", async () => {
  const person = api.person();
  const [here, away] = [api.channel({ members: [person] }).id, api.channel({ members: [person], bot: false }).id];
  const to = (chat: string): Address => ({ channel: "slack", chat, thread: "only-you", person: person.user.id });
  expect(await open().deliver(to(here), say("a"), once("a"))).toMatchObject({ ok: true });
  expect(api.shownOnlyTo(person.user.id).map(({ channel }) => channel)).toEqual([here]);
  expect(await open().deliver(to(away), say("b"), once("b"))).toMatchObject({ ok: true });
  expect(api.shown(person.dm.id).map(({ text }) => text)).toEqual(["b"]);
  expect(api.shown(here)).toEqual([]);
});

test("an event is acknowledged once it is saved, while what it owes still goes out, and comes again where it is not", async () => {
  let failing = 1;
  let free = () => {};
  const owed = new Promise<void>((resolve) => (free = resolve));
  const taken: string[] = [];
  await run(async (_address, incoming, saved) => {
    if (failing-- > 0) throw new Error("the store is away");
    taken.push(incoming.id);
    saved?.();
    await owed;
  });
  const person = api.person();
  const first = person.says("bir").delivery;
  await first?.done;
  expect(first?.attempts.map(({ status }) => status)).toEqual([undefined, 200]);
  expect(first?.attempts[1]?.afterMs).toBeLessThan(1000);
  const second = person.says("iki").delivery;
  await second?.done;
  expect(taken).toEqual([`sl-${String(first?.body["event_id"])}`, `sl-${String(second?.body["event_id"])}`]);
  free();
});

test("what cannot be taken at all is apologised for at the last try; a press at once", { timeout: 30_000 }, async () => {
  api.deliveries.ackWithinMs = 300;
  api.deliveries.retryAfterMs = [10, 10, 10];
  const { slack } = await run(async () => {
    throw new Error("a fault of ours");
  });
  const person = api.person();
  const asked = person.says("bir").delivery;
  await asked?.done;
  await api.until(() => api.shown(person.dm.id).length === 1);
  expect(asked?.attempts).toHaveLength(4);
  expect(api.shown(person.dm.id)[0]?.text).toContain("Kusura bakmayın");
  const command = person.commands("iki");
  await command.done;
  expect(command.acknowledged).toBe(true);
  await api.until(() => api.shownOnlyTo(person.user.id).length === 1);
  expect(slack.healthy()).toBe(true);
  expect(logged.filter((line) => line === "set aside")).toHaveLength(2);
});

test("a conversation is taken in its order, others side by side", async () => {
  const taken = new Map<string, string[]>();
  let now = 0;
  let most = 0;
  await run(async ({ person }, incoming, saved) => {
    now += 1;
    most = Math.max(most, now);
    await pause(5 - (incoming.kind === "message" ? Number(incoming.text) : 0));
    now -= 1;
    if (incoming.kind === "message") taken.set(person, [...(taken.get(person) ?? []), incoming.text]);
    saved?.();
  });
  const people = Array.from({ length: 10 }, () => api.person());
  for (let number = 0; number < 5; number += 1) for (const person of people) person.says(String(number));
  await api.until(() => [...taken.values()].flat().length === 50);
  expect(most).toBeGreaterThan(1);
  expect(api.sockets.open()).toBe(2);
});

test("over HTTP only what Slack signed just now is looked at: not what is forged, old, of tomorrow, too long or no JSON", async () => {
  const { taken, handle } = noting();
  await run(handle, { by: "http" });
  const { deliveries } = api;
  deliveries.retryAfterMs = [];
  const person = api.person();
  const statusOf = async (mischief: Partial<typeof deliveries.mischief>) => {
    Object.assign(deliveries.mischief, { clock: 0, forged: false }, mischief);
    const { delivery } = person.says("merhaba");
    await delivery?.done;
    return delivery?.attempts[0]?.status;
  };
  expect(await statusOf({ forged: true })).toBe(401);
  expect(await statusOf({ clock: -600 })).toBe(401);
  expect(await statusOf({ clock: 86_400 })).toBe(401);
  expect(await statusOf({ clock: 240 })).toBe(200);
  expect(await statusOf({})).toBe(200);
  expect(taken).toHaveLength(2);

  const url = deliveries.requestUrl ?? "";
  expect((await fetch(url, { method: "POST", body: "ssl_check=1" })).status).toBe(401);
  expect((await fetch(url)).status).toBe(405);
  expect((await fetch(url, { method: "POST", body: "a".repeat(1_100_000) })).status).toBe(413);
  const hello = await deliveries.post("events_api", { type: "url_verification", challenge: "abc" });
  expect(await hello.json()).toEqual({ challenge: "abc" });
  expect((await deliveries.post("events_api", { type: "event_callback" })).status).toBe(200);
  expect((await deliveries.post("slash_commands", { payload: "{not json" })).status).toBe(200);
  expect(taken).toHaveLength(2);
  stop.abort();
  await pause(50);
  expect((await deliveries.post("events_api", { type: "event_callback" })).status).toBe(503);
});

test("what fails over HTTP is answered 500, and comes again", async () => {
  let failing = 1;
  const taken: string[] = [];
  await run(
    async (_address, { id }, saved) => {
      if (failing-- > 0) throw new Error("the store is away");
      taken.push(id);
      saved?.();
    },
    { by: "http" },
  );
  const { delivery } = api.person().says("merhaba");
  await delivery?.done;
  expect(delivery?.attempts.map(({ status, retry }) => [status, retry])).toEqual([
    [500, 0],
    [200, 1],
  ]);
  expect(taken).toHaveLength(1);
});

test(
  "connections are opened anew when they are refreshed, cut or refused, and nothing is lost",
  { timeout: 30_000 },
  async () => {
    const { taken, handle } = noting();
    const { slack } = await run(handle);
    const person = api.person();
    const texts = () => taken.map((incoming) => (incoming.kind === "message" ? incoming.text : "")).toSorted();
    api.sockets.refresh("oldest");
    const first = person.says("1").delivery;
    await first?.done;
    await api.until(() => api.sockets.open() === 2);
    for (const trouble of [INTERNAL, TOO_MANY(1), { kind: "reset-before" }, { kind: "bad-json-after" }] satisfies Trouble[])
      api.faults.add({ trouble, method: "apps.connections.open" });
    api.sockets.garble("bu JSON değil");
    api.sockets.cut();
    await api.until(() => !slack.healthy());
    await person.says("2").delivery?.done;
    await api.until(() => api.sockets.open() === 2, 15_000);
    await person.says("3").delivery?.done;
    expect(texts()).toEqual(["1", "2", "3"]);
    // Four failed; the third in a row is not told.
    const told = logged.filter((line) => line.startsWith("apps.connections.open")).length;
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(4);
  },
);

test("a token that is not accepted ends it at the start; one that is revoked later ends Socket Mode", async () => {
  api.faults.add({ trouble: REVOKED, method: "auth.test" });
  await expect(open().start(noting().handle)).rejects.toMatchObject({ code: "slack.token" });
  const { ended } = await run(noting().handle);
  api.faults.add({ trouble: { kind: "refuse", error: "invalid_auth" }, method: "apps.connections.open" });
  api.sockets.refresh("oldest");
  await expect(ended).rejects.toMatchObject({ code: "slack.token", message: expect.stringContaining("SLACK_APP_TOKEN") });
  await api.until(() => api.sockets.open() === 0);
});

test("stopping lets what was taken end", async () => {
  const taken: string[] = [];
  const { ended } = await run(async (_address, { id }, saved) => {
    saved?.();
    await pause(300);
    taken.push(id);
  });
  await api.person().says("bir").delivery?.done;
  stop.abort();
  await ended;
  expect(taken).toHaveLength(1);
  await api.until(() => api.sockets.open() === 0);
});

test("no address is called that is not Slack's", async () => {
  const person = api.person();
  const genel = api.channel({ members: [person] });
  const { slack } = await run(async (_address, _incoming, saved) => saved?.());
  const sent = person.commands("bir", { channel: genel });
  await sent.done;
  const forged = { ...sent.body, response_url: "http://127.0.0.1:1/x", trigger_id: "9.9.z" };
  await api.deliveries.send("slash_commands", forged).done;
  const to: Address = { channel: "slack", chat: genel.id, thread: "only-you", person: person.user.id };
  expect(await slack.deliver(to, say("a"), once("a"))).toMatchObject({ ok: true });
  expect(logged).toContain("response_url foreign-address");
  expect(api.callsOf("chat.postEphemeral")).toHaveLength(1);
});
