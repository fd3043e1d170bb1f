import fc from "fast-check";
import { expect, test } from "vitest";
import { incomingFor } from "#channels/slack/heard.ts";
import { escapeMrkdwn, plainWords } from "#channels/slack/mrkdwn.ts";
import { parseSlack } from "#channels/slack/parse.ts";
import { readPayload } from "#channels/slack/payload.ts";
import { encoded } from "../../support/slack/people.ts";

const SELF = { user: "U0BOT", team: "T01" };
const read = (body: object) => {
  const payload = readPayload(body);
  return payload === undefined ? { kind: "unknown" } : parseSlack(payload, SELF);
};
const event = (event: object) => read({ type: "event_callback", event_id: "Ev1", team_id: "T01", event });
const dm = (more: object) =>
  event({ type: "message", channel: "D01", channel_type: "im", user: "U01", ts: "1700000001.000100", text: "merhaba", ...more });
const changed = (text: string, before: string) =>
  dm({
    subtype: "message_changed",
    user: undefined,
    message: { ts: "1700000000.000100", user: "U01", text, edited: { ts: "1700000001.000000" } },
    previous_message: { ts: "1700000000.000100", user: "U01", text: before },
  });

test.each<[string, object, object]>([
  [
    "a direct message",
    dm({}),
    { address: { chat: "D01", person: "U01" }, incoming: { id: "sl-Ev1", kind: "message", text: "merhaba" } },
  ],
  [
    "in a thread of it",
    dm({ thread_ts: "1700000000.000100" }),
    {
      address: expect.not.objectContaining({ thread: expect.anything() }),
      incoming: { repliesTo: expect.stringContaining("/1700000000.000100") },
    },
  ],
  ["also sent to the channel", dm({ subtype: "thread_broadcast" }), { kind: "incoming" }],
  [
    "a file alone",
    dm({ subtype: "file_share", text: "", files: [{ mimetype: "image/png" }] }),
    { incoming: { kind: "attachment", what: "picture" } },
  ],
  [
    "a voice clip",
    dm({ subtype: "file_share", text: "", files: [{ mimetype: "video/mp4", subtype: "slack_audio" }] }),
    { incoming: { what: "voice" } },
  ],
  [
    "a file with words",
    dm({ subtype: "file_share", text: "nedir", files: [{}] }),
    { incoming: { kind: "message", text: "nedir" } },
  ],
  ["changed words", changed("esmed", "esme"), { edited: true, message: "1700000000.000100", incoming: { text: "esmed" } }],
  [
    "a mention",
    event({ type: "app_mention", channel: "C01", user: "U01", ts: "1700000001.000100", text: "<@U0BOT> esmed &amp; üyeler?" }),
    {
      address: { chat: "C01", thread: "1700000001.000100", person: "U01" },
      incoming: { text: "esmed & üyeler?" },
      edited: false,
    },
  ],
  [
    "a mention alone",
    event({ type: "app_mention", channel: "C01", user: "U01", ts: "1.000100", text: "<@U0BOT>" }),
    { incoming: { command: "start" } },
  ],
  [
    "a mention that was changed",
    event({ type: "app_mention", channel: "C01", user: "U01", ts: "1.000100", text: "<@U0BOT> a b", edited: { ts: "2.000100" } }),
    { edited: true },
  ],
  ["a home that was opened", event({ type: "app_home_opened", user: "U01", tab: "home" }), { kind: "home", person: "U01" }],
])("takes %s", (_name, parsed, expected) => {
  expect(parsed).toMatchObject(expected);
});

test.each<[string, object]>([
  ["its own message", dm({ user: "U0BOT" })],
  ["another bot's", dm({ bot_id: "B01" })],
  ["a bot's of the old kind", dm({ subtype: "bot_message", user: undefined, bot_id: "B01" })],
  ["somebody who joined", dm({ subtype: "channel_join" })],
  ["what was deleted", dm({ subtype: "message_deleted", user: undefined })],
  ["a link that got its preview", changed("esmed", "esmed")],
  ["the other tab of its page", event({ type: "app_home_opened", user: "U01", tab: "messages" })],
  ["what is said in a channel", dm({ channel: "C01", channel_type: "channel" })],
  [
    "another command",
    read({ command: "/baska", channel_id: "C01", user_id: "U01", trigger_id: "1.2", response_url: "https://a" }),
  ],
])("does not hear %s", (_name, parsed) => {
  expect(parsed).toEqual({ kind: "ignored" });
});

test.each<[string, object]>([
  ["an event of another kind", { type: "event_callback", event_id: "Ev1", event: { type: "reaction_added" } }],
  ["a message without a time", { type: "event_callback", event_id: "Ev1", event: { type: "message", channel: "D01" } }],
  ["a press without a button", { type: "block_actions", user: { id: "U01" }, trigger_id: "1", actions: [] }],
  ["nothing", {}],
  ["a list", []],
])("knows no form of %s", (_name, body) => {
  expect(readPayload(body)).toBeUndefined();
});

test.each([
  ["<@U0BOT> esmed  nedir", "esmed nedir"],
  ["<@U02|mehmet> sordu", "mehmet sordu"],
  ["<@U02> sordu", "sordu"],
  ["<#C01|genel> ve <#C02>", "#genel ve"],
  [
    "<https://a.example/?a=1&amp;b|bağ> <https://b.example> <mailto:a@b.example|a@b.example>",
    "bağ https://b.example a@b.example",
  ],
  ["<!channel> <!here> <!subteam^S01|@egitim> <!date^1^{date}|bugün>", "@egitim bugün"],
  ["3 &lt; 5 &amp;&amp; &lt;!channel&gt; &amp;lt;", "3 < 5 && <!channel> &lt;"],
])("reads %s as it was seen", (text, expected) => {
  expect(plainWords(text, "U0BOT")).toBe(expected);
});

test("whatever is typed is read back as it was, and shown it steers nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", "<", ">", "&", "!", "|", "amp;", "ş", "😀") }), (typed) => {
      expect(plainWords(encoded(typed), "U0BOT")).toBe(typed);
      expect(escapeMrkdwn(typed)).not.toMatch(/[<>]/);
      expect(plainWords(escapeMrkdwn(typed), "U0BOT")).toBe(typed);
    }),
  );
});

test.each([
  ["gizlilik", "privacy"],
  ["Verilerimi sil", "delete-my-data"],
  ["verilerimi_sil", "delete-my-data"],
  ["pass on", "pass-on"],
  ["/etkinlikler", "events"],
  ["İPTAL", "cancel"],
])("%s alone is a command", (words, command) => {
  expect(incomingFor(words, "i")).toMatchObject({ kind: "command", command });
});

test.each(["gizlilik nedir?", "etkinlikler ne zaman", "2", "dil?", "kooperatif nedir"])("%s is a question", (text) => {
  expect(incomingFor(text, "i")).toMatchObject({ kind: "message", text });
});

const interaction = (type: string, more: object) =>
  read({ type, user: { id: "U01", team_id: "T01" }, team: { id: "T01" }, trigger_id: "1.2.a", ...more });

test("reads the command, the shortcut, presses and submissions", () => {
  const given = { command: "/imece", channel_id: "C01", user_id: "U01", trigger_id: "1.2.a", response_url: "https://r" };
  const alone = { chat: "C01", thread: "only-you", person: "U01" };
  expect(read({ ...given, text: "esmed" })).toMatchObject({
    address: alone,
    incoming: { id: "sl-1.2.a", text: "esmed" },
    acted: { responseUrl: "https://r" },
  });
  expect(read({ ...given, text: "" })).toMatchObject({ incoming: { kind: "command", command: "start" } });
  const shortcut = { callback_id: "ask-about-message", response_url: "https://r", channel: { id: "C01" } };
  expect(interaction("message_action", { ...shortcut, message: { text: "/verilerimi_sil" } })).toMatchObject({
    address: alone,
    incoming: { kind: "message", text: "verilerimi_sil" },
  });
  expect(interaction("message_action", { ...shortcut, callback_id: "other", message: {} })).toEqual({ kind: "ignored" });
  const pressed = {
    container: { message_ts: "1.000100", channel_id: "C01", thread_ts: "1.000000" },
    actions: [{ action_id: "choice-1", value: "v" }],
  };
  expect(interaction("block_actions", pressed)).toMatchObject({
    kind: "press",
    place: { chat: "C01", thread: "1.000000" },
    onlyYou: false,
    inForm: false,
    value: "v",
  });
  expect(interaction("block_actions", { ...pressed, user: { id: "U09", team_id: "T09" } })).toMatchObject({
    by: { stranger: true },
  });
  const values = {
    a: { a: { type: "plain_text_input", value: " " } },
    b: { b: { selected_options: [{ value: "x" }, { value: "y" }] } },
    c: { c: { selected_option: null } },
  };
  expect(
    interaction("view_submission", { view: { id: "V", callback_id: "reply", private_metadata: "t-1", state: { values } } }),
  ).toMatchObject({
    form: "reply",
    about: "t-1",
    values: { b: ["x", "y"] },
  });
});
