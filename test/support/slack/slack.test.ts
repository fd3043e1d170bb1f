import { App, HTTPReceiver, LogLevel, SocketModeReceiver, webApi } from "@slack/bolt";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  ARCHIVED,
  CHANNEL_GONE,
  FATAL_AFTER,
  INTERNAL,
  MISSING_SCOPE,
  REVOKED,
  TOO_MANY,
  TROUBLES,
  type Trouble,
} from "./faults.ts";
import { startSlack, type Slack } from "./server.ts";

let slack: Slack;
let client: webApi.WebClient;
const ends: (() => unknown)[] = [];
beforeEach(async () => {
  slack = await startSlack();
  client = new webApi.WebClient(slack.botToken, clientOptions());
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  await slack[Symbol.asyncDispose]();
});

const quiet = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, getLevel: () => LogLevel.ERROR, setName() {} };
const clientOptions = () => ({
  slackApiUrl: slack.apiUrl,
  timeout: 800,
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  logger: quiet,
});

/** The real Bolt, receiving over Socket Mode. */
async function boltOverSocket(listen: (app: App) => void): Promise<App> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: quiet,
    clientPingTimeout: 300,
    installerOptions: { clientOptions: clientOptions() },
  });
  const app = new App({
    token: slack.botToken,
    receiver,
    logger: quiet,
    clientOptions: clientOptions(),
    deferInitialization: true,
  });
  listen(app);
  await app.init();
  await app.start();
  ends.push(() => app.stop());
  return app;
}

/** The real Bolt, receiving over HTTP. */
async function boltOverHttp(listen: (app: App) => void): Promise<void> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, processBeforeResponse: true, logger: quiet, port: 0 });
  const app = new App({
    token: slack.botToken,
    receiver,
    logger: quiet,
    clientOptions: clientOptions(),
    deferInitialization: true,
  });
  listen(app);
  await app.init();
  const server = await receiver.start(0);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  slack.deliveries.requestUrl = `http://127.0.0.1:${address.port}/slack/events`;
  ends.push(() => receiver.stop());
}

const refusal = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "not refused",
    (error: unknown) => (error instanceof webApi.WebAPIPlatformError ? error.data.error : String(error)),
  );

test("a message is posted, read back with its metadata, changed and deleted", async () => {
  const channel = slack.channel().id;
  const metadata = { event_type: "imece_delivery", event_payload: { id: "d-1" } };
  const { ts = "" } = await client.chat.postMessage({ channel, text: "merhaba <&>", metadata });
  await client.chat.postMessage({ channel, thread_ts: ts, text: "alt" });
  expect(slack.shown(channel)).toMatchObject([{ text: "merhaba <&>", ts }]);
  expect(slack.shown(channel, ts)).toMatchObject([{ text: "alt" }]);

  const bare = await client.conversations.history({ channel });
  expect(bare.messages).toHaveLength(1);
  expect(bare.messages?.[0]?.metadata).toBeUndefined();
  const full = await client.conversations.history({ channel, include_all_metadata: true, limit: 1 });
  expect(full.messages?.[0]?.metadata).toEqual(metadata);
  expect((await client.conversations.replies({ channel, ts })).messages?.map(({ text }) => text)).toEqual(["merhaba <&>", "alt"]);

  await client.chat.update({ channel, ts, text: "değişti" });
  expect(slack.shown(channel)).toMatchObject([{ text: "değişti" }]);
  await client.chat.delete({ channel, ts });
  expect(slack.shown(channel)).toEqual([]);
  expect(await refusal(client.chat.update({ channel, ts, text: "yok" }))).toBe("message_not_found");
});

const section = (text: string) => ({ type: "section", text: { type: "mrkdwn", text } }) as const;
const button = (label: string, value = "v", action_id = "a") =>
  ({ type: "button", action_id, value, text: { type: "plain_text", text: label } }) as const;

test.each<[string, object]>([
  ["no_text", { text: "" }],
  ["msg_too_long", { text: "a".repeat(40_001) }],
  ["invalid_blocks", { text: "a", blocks: Array.from({ length: 51 }, () => ({ type: "divider" })) }],
  ["invalid_blocks", { text: "a", blocks: [section("a".repeat(3001))] }],
  ["invalid_blocks", { text: "a", blocks: [section("")] }],
  ["invalid_blocks", { text: "a", blocks: [{ type: "actions", elements: [button("a".repeat(76))] }] }],
  ["invalid_blocks", { text: "a", blocks: [{ type: "actions", elements: [button("a", "v".repeat(2001))] }] }],
  ["invalid_blocks", { text: "a", blocks: [{ type: "actions", elements: [button("a"), button("b")] }] }],
  ["invalid_blocks", { text: "a", blocks: [{ type: "actions", elements: [] }] }],
  ["msg_blocks_too_long", { text: "a", blocks: Array.from({ length: 5 }, () => section("a".repeat(3000))) }],
  ["invalid_metadata_format", { text: "a", metadata: { event_type: "a" } }],
  ["thread_not_found", { text: "a", thread_ts: "1700000000.000100" }],
])("refuses with %s what Slack refuses", async (error, content) => {
  const channel = slack.channel().id;
  expect(await refusal(client.apiCall("chat.postMessage", { channel, ...content }))).toBe(error);
});

test("refuses strangers, foreign channels, wrong tokens, missing scopes and unknown methods", async () => {
  const ayse = slack.person();
  const closed = slack.channel({ private: true, bot: false }).id;
  const open = slack.channel({ bot: false }).id;
  expect(await refusal(client.chat.postMessage({ channel: "C404", text: "a" }))).toBe("channel_not_found");
  expect(await refusal(client.chat.postMessage({ channel: closed, text: "a" }))).toBe("channel_not_found");
  expect(await refusal(client.chat.postMessage({ channel: open, text: "a" }))).toBe("not_in_channel");
  expect(await refusal(client.chat.postEphemeral({ channel: slack.channel().id, user: ayse.user.id, text: "a" }))).toBe(
    "user_not_in_channel",
  );
  expect(await refusal(new webApi.WebClient("xoxb-wrong", clientOptions()).auth.test())).toBe("invalid_auth");
  expect(await refusal(client.apps.connections.open({}))).toBe("not_allowed_token_type");
  expect(await refusal(client.apiCall("chat.sing"))).toBe("unknown_method");
  slack.state.scopes = ["chat:write"];
  expect(await refusal(client.users.info({ user: ayse.user.id }))).toBe("missing_scope");
  const tested = await client.auth.test();
  expect(tested.response_metadata?.scopes).toEqual(["chat:write"]);
});

test("tells who is in a channel, who somebody is, and opens a direct message", async () => {
  const people = Array.from({ length: 3 }, () => slack.person());
  const guest = slack.person({ guest: "guest" });
  const channel = slack.channel({ members: [...people, guest], private: true }).id;
  const first = await client.conversations.members({ channel, limit: 2 });
  const rest = await client.conversations.members({ channel, limit: 10, cursor: first.response_metadata?.next_cursor ?? "" });
  expect([...(first.members ?? []), ...(rest.members ?? [])]).toHaveLength(5);
  expect((await client.users.info({ user: guest.user.id })).user?.is_restricted).toBe(true);
  expect((await client.conversations.open({ users: guest.user.id })).channel?.id).toBe(guest.dm.id);
  expect((await client.conversations.info({ channel })).channel).toMatchObject({ is_member: true, is_private: true });
  slack.state.groups.set("S01", [people[0]!.user.id]);
  expect((await client.usergroups.users.list({ usergroup: "S01" })).users).toEqual([people[0]!.user.id]);
});

test("takes a file in its three steps", async () => {
  const ayse = slack.person();
  await client.files.uploadV2({
    channel_id: ayse.dm.id,
    filename: "a.json",
    content: '{ "a": "ş" }',
    initial_comment: "Buyurun",
  });
  expect(slack.shown(ayse.dm.id)).toMatchObject([{ text: "Buyurun", files: [{ name: "a.json", content: '{ "a": "ş" }' }] }]);
});

test.each<[string, Trouble, string, boolean]>([
  ["429 with a time", TOO_MANY(3), "retry this request in 3 seconds", false],
  ["429 without a time", TOO_MANY(), "did not contain a valid timeout", false],
  ["500", INTERNAL, "statusCode = 500", false],
  ["503 after it was done", FATAL_AFTER, "statusCode = 503", true],
  ["a revoked token", REVOKED, "token_revoked", false],
  ["a channel that is gone", CHANNEL_GONE, "channel_not_found", false],
  ["an archived channel", ARCHIVED, "is_archived", false],
  ["a missing scope", MISSING_SCOPE("chat:write"), "missing_scope", false],
  ["half a reply", { kind: "bad-json-after" }, '{"ok":true', true],
  ["reset before accepting", { kind: "reset-before" }, "request error", false],
  ["reset after accepting", { kind: "reset-after" }, "request error", true],
  ["no reply", { kind: "hang-after" }, "request error", true],
  ["too slow a reply", { kind: "slow", beforeMs: 0, afterMs: 1200 }, "request error", true],
])("trouble: %s", async (_name, trouble, says, accepted) => {
  const channel = slack.channel().id;
  slack.faults.add({ trouble, method: "chat.postMessage", channel });
  expect(await refusal(client.chat.postMessage({ channel, text: "yanıt" }))).toContain(says);
  expect(slack.callsOf("chat.postMessage")[0]?.accepted).toBe(accepted);
  expect(slack.shown(channel)).toHaveLength(accepted ? 1 : 0);
  await client.chat.postMessage({ channel, text: "yanıt" });
});

test("whatever the trouble, the client posts once at most: it is told to repeat nothing", async () => {
  const channel = slack.channel().id;
  for (const [at, trouble] of TROUBLES.entries()) {
    slack.faults.add({ trouble, method: "chat.postMessage" });
    await client.chat.postMessage({ channel, text: String(at) }).catch(() => {});
  }
  const texts = slack.shown(channel).map(({ text }) => text);
  expect(texts.length).toBeGreaterThan(3);
  expect(new Set(texts).size).toBe(texts.length);
  expect(slack.calls).toHaveLength(TROUBLES.length);
});

test("a channel takes one message a second where the test asks for it", async () => {
  const one = slack.channel().id;
  const other = slack.channel().id;
  slack.faults.pace("chat.postMessage", 400);
  await client.chat.postMessage({ channel: one, text: "1" });
  expect(await refusal(client.chat.postMessage({ channel: one, text: "2" }))).toContain("rate-limit");
  await client.chat.postMessage({ channel: other, text: "3" });
});

test("Bolt gets over Socket Mode what people write, command, press and open, and acknowledges it", async () => {
  const seen: string[] = [];
  await boltOverSocket((app) => {
    app.message(async ({ message }) => void seen.push(`message ${"text" in message ? message.text : ""}`));
    app.event("app_mention", async ({ event }) => void seen.push(`mention ${event.text}`));
    app.event("app_home_opened", async ({ event }) => void seen.push(`home ${event.user}`));
    app.command("/imece", async ({ ack, command, respond }) => {
      await ack();
      await respond({ text: `buyurun: ${command.text}`, blocks: [{ type: "actions", elements: [button("Evet", "e")] }] });
    });
    app.shortcut("ask", async ({ ack, shortcut }) => {
      await ack();
      seen.push(`shortcut ${shortcut.type === "message_action" ? shortcut.message.text : ""}`);
    });
    app.action("a", async ({ ack, action, respond }) => {
      await ack();
      seen.push(`press ${"value" in action ? action.value : ""}`);
      await respond({ text: "tamam", replace_original: true });
    });
  });
  const ayse = slack.person();
  const channel = slack.channel({ members: [ayse] });
  const { message, delivery } = ayse.says("3 < 5 & <!channel>");
  await delivery?.done;
  expect(ayse.says("kimse duymaz", { channel }).delivery).toBeUndefined();
  await ayse.says(`${slack.mention} esmed nedir`, { channel }).delivery?.done;
  await ayse.opensHome().done;
  await ayse.commands("esmed nedir", { channel }).done;
  await slack.until(() => slack.shownOnlyTo(ayse.user.id).length === 1);
  await ayse.uses("ask", message).done;
  await ayse.presses(slack.shownOnlyTo(ayse.user.id)[0], "Evet").done;
  await slack.until(() => slack.shownOnlyTo(ayse.user.id)[0]?.text === "tamam");
  expect(seen).toEqual([
    "message 3 &lt; 5 &amp; &lt;!channel&gt;",
    `mention ${slack.mention} esmed nedir`,
    `home ${ayse.user.id}`,
    "shortcut 3 &lt; 5 &amp; &lt;!channel&gt;",
    "press e",
  ]);
  expect(slack.deliveries.all.every(({ acknowledged }) => acknowledged)).toBe(true);
});

test("Bolt gets the same over HTTP, signed; what is forged or old is refused, and what fails comes again", async () => {
  const seen: string[] = [];
  let failing = 1;
  await boltOverHttp((app) => {
    app.message(async ({ body }) => {
      seen.push((body as { event_id: string }).event_id);
      if (failing-- > 0) throw new Error("once");
    });
    app.error(async (error) => {
      throw error;
    });
  });
  const ayse = slack.person();
  const { delivery } = ayse.says("merhaba");
  await delivery?.done;
  // Bolt keeps no list of what it has seen: whoever must not do a thing twice looks at the event's id.
  expect(delivery?.attempts.map(({ status, retry }) => [status, retry])).toEqual([
    [500, 0],
    [200, 1],
  ]);
  if (delivery) await slack.deliveries.replay(delivery);
  expect(seen).toHaveLength(3);
  expect(new Set(seen).size).toBe(1);

  slack.deliveries.retryAfterMs = [10];
  slack.deliveries.mischief.forged = true;
  const forged = ayse.says("sahte").delivery;
  await forged?.done;
  expect(forged?.attempts.map(({ status, retry }) => [status, retry])).toEqual([
    [401, 0],
    [401, 1],
  ]);
  slack.deliveries.mischief.forged = false;
  slack.deliveries.mischief.clock = -600;
  const old = ayse.says("eski").delivery;
  await old?.done;
  expect(old?.acknowledged).toBe(false);
  slack.deliveries.mischief.clock = 0;
  slack.deliveries.mischief.copies = 3;
  await ayse.says("üç kez").delivery?.done;
  expect(seen).toHaveLength(6);
});

test("a modal needs a trigger that is fresh and unused; errors keep it open, an empty acknowledgement closes it", async () => {
  const answers: object[] = [{ response_action: "errors", errors: { b1: "çok kısa" } }];
  const view = (trigger_id: string) => ({
    trigger_id,
    view: {
      type: "modal" as const,
      callback_id: "reply",
      title: { type: "plain_text" as const, text: "Yanıt" },
      submit: { type: "plain_text" as const, text: "Gönder" },
      blocks: [
        {
          type: "input" as const,
          block_id: "b1",
          label: { type: "plain_text" as const, text: "Yanıtınız" },
          element: { type: "plain_text_input" as const, action_id: "text" },
        },
      ],
    },
  });
  const opened: string[] = [];
  await boltOverSocket((app) => {
    app.action("a", async ({ ack, body, client }) => {
      await ack();
      if (!("trigger_id" in body)) return;
      opened.push(await refusal(client.views.open(view(body.trigger_id))));
      opened.push(await refusal(client.views.open(view(body.trigger_id))));
    });
    app.view("reply", async ({ ack, view }) => {
      opened.push(view.state.values["b1"]?.["text"]?.value ?? "");
      await (answers[0] === undefined ? ack() : ack(answers.shift() as never));
    });
  });
  const ayse = slack.person();
  const channel = slack.channel({ members: [ayse] }).id;
  await client.chat.postMessage({ channel, text: "kart", blocks: [{ type: "actions", elements: [button("Yanıtla")] }] });
  ayse.presses(slack.shown(channel)[0], "Yanıtla");
  await slack.until(() => opened.length === 2);
  expect(opened).toEqual(["not refused", "exchanged_trigger_id"]);
  ayse.submits({ text: "kı" });
  await slack.until(() => ayse.modal()?.errors !== undefined);
  expect(ayse.modal()?.errors).toEqual({ b1: "çok kısa" });
  await ayse.submits({ text: "uzun bir yanıt" }).done;
  await slack.until(() => ayse.modal() === undefined);
  expect(opened.slice(2)).toEqual(["kı", "uzun bir yanıt"]);
  expect(await refusal(client.views.open(view("1.2.made-up")))).toBe("invalid_trigger_id");
});

test("a connection that is refreshed or cut is opened anew, and what was not acknowledged comes again", async () => {
  const seen: string[] = [];
  await boltOverSocket((app) =>
    app.message(async ({ message }) => void seen.push("text" in message ? (message.text ?? "") : "")),
  );
  const ayse = slack.person();
  await ayse.says("bir").delivery?.done;
  slack.sockets.refresh("all");
  await slack.until(() => slack.callsOf("apps.connections.open").length === 2 && slack.sockets.open() === 1);
  await ayse.says("iki").delivery?.done;
  slack.sockets.garble("bu JSON değil");
  slack.sockets.cut();
  const three = ayse.says("üç").delivery;
  await three?.done;
  expect(seen).toEqual(["bir", "iki", "üç"]);
  expect(slack.deliveries.all.every(({ acknowledged }) => acknowledged)).toBe(true);
});
