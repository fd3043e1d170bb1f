import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Api, GrammyError, HttpError, InputFile } from "grammy";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BLOCKED, CHAT_NOT_FOUND, DEACTIVATED, INTERNAL, REVOKED, TOO_MANY, type Trouble } from "./faults.ts";
import { parseHtml } from "./html.ts";
import { startBotApi, type BotApi } from "./server.ts";
import type { Update } from "./shapes.ts";

let api: BotApi;
let client: Api;
beforeEach(async () => {
  api = await startBotApi();
  client = new Api(api.token, { apiRoot: api.root, timeoutSeconds: 1 });
});
afterEach(() => api[Symbol.asyncDispose]());

const refusal = async (work: Promise<unknown>): Promise<GrammyError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GrammyError)) throw new Error(`this was not refused: ${String(error)}`);
  return error;
};

test("updates come until an offset confirms them", async () => {
  const ayse = api.person();
  const first = ayse.says("bir");
  ayse.says("iki");
  expect(await client.getUpdates({ limit: 1 })).toHaveLength(1);
  expect(await client.getUpdates()).toHaveLength(2);
  expect(await client.getUpdates({ offset: first.update_id + 1 })).toMatchObject([{ message: { text: "iki" } }]);
  expect(await client.getUpdates({ offset: first.update_id + 2 })).toEqual([]);
});

test("a long poll waits for an update, and a second poller ends the first", async () => {
  const patient = new Api(api.token, { apiRoot: api.root, timeoutSeconds: 10 });
  const waiting = patient.getUpdates({ timeout: 5 });
  await api.until(() => api.calls.length === 1);
  api.person().says("merhaba");
  expect(await waiting).toHaveLength(1);

  const ended = refusal(patient.getUpdates({ timeout: 5, offset: 200_000 }));
  await api.until(() => api.calls.length === 2);
  await client.getUpdates();
  expect(await ended).toMatchObject({ error_code: 409 });
});

test("polling is refused while a webhook is set", async () => {
  await client.setWebhook("http://127.0.0.1:1/hook");
  expect(await refusal(client.getUpdates())).toMatchObject({ error_code: 409 });
  await client.deleteWebhook();
  expect(await client.getUpdates()).toEqual([]);
});

test.each([
  ["", "message text is empty"],
  ["<b>kalın", "Can't find end tag"],
  ["3 < 5", "Unsupported start tag"],
  ["<i>a</b>", "Unexpected end tag"],
  ["a".repeat(4097), "message is too long"],
  ["😀".repeat(2049), "message is too long"],
  ["\uD83D yarım", "strings must be encoded in UTF-8"],
])("refuses the text %j", async (text, why) => {
  const { chat } = api.person();
  api.state.chats.set(chat.id, chat);
  expect((await refusal(client.sendMessage(chat.id, text, { parse_mode: "HTML" }))).description).toContain(why);
});

test("shows what a client would show: entities, without their tags", () => {
  expect(parseHtml('<b>3 &lt; 5</b> <a href="https://a.b/?c&amp;d">şu</a> &#128512;')).toEqual({
    text: "3 < 5 şu 😀",
    entities: [
      { type: "bold", offset: 0, length: 5 },
      { type: "text_link", offset: 6, length: 2, url: "https://a.b/?c&d" },
    ],
  });
});

test("refuses strangers, long button data, edits that change nothing, and a wrong token", async () => {
  expect(await refusal(client.sendMessage(1, "merhaba"))).toMatchObject({ description: "Bad Request: chat not found" });
  const { chat } = api.person();
  api.state.chats.set(chat.id, chat);
  const button = (data: string) => ({ reply_markup: { inline_keyboard: [[{ text: "x", callback_data: data }]] } });
  expect((await refusal(client.sendMessage(chat.id, "a", button("ş".repeat(33))))).description).toContain("BUTTON_DATA");
  const { message_id } = await client.sendMessage(chat.id, "a", button("b"));
  expect((await refusal(client.editMessageText(chat.id, message_id, "a", button("b")))).description).toContain("not modified");
  await client.editMessageText(chat.id, message_id, "c");
  expect(api.shown(chat.id)).toMatchObject([{ text: "c", reply_markup: { inline_keyboard: [] } }]);
  expect(await client.deleteMessage(chat.id, message_id)).toBe(true);
  expect((await refusal(client.editMessageText(chat.id, message_id, "d"))).description).toContain("not found");
  expect(await refusal(new Api("1:wrong", { apiRoot: api.root }).getMe())).toMatchObject({ error_code: 401 });
});

test("takes a document as the client uploads it", async () => {
  const ayse = api.person();
  ayse.says("belge");
  await client.sendDocument(ayse.chat.id, new InputFile(Buffer.from("BEGIN:VCALENDAR"), "etkinlik.ics"), { caption: "Takvim" });
  const [message] = api.shown(ayse.chat.id);
  expect(message).toMatchObject({ caption: "Takvim", content: "BEGIN:VCALENDAR", document: { file_name: "etkinlik.ics" } });
});

test("a press arrives, and is answered once", async () => {
  const ayse = api.person();
  ayse.says("soru");
  const keyboard = { inline_keyboard: [[{ text: "Evet", callback_data: "e" }]] };
  const { message_id } = await client.sendMessage(ayse.chat.id, "?", { reply_markup: keyboard });
  const { callback_query } = ayse.presses(api.shown(ayse.chat.id)[0], "Ev");
  expect(callback_query).toMatchObject({ data: "e", message: { message_id } });
  await client.answerCallbackQuery(callback_query?.id ?? "", { text: "tamam" });
  expect((await refusal(client.answerCallbackQuery(callback_query?.id ?? ""))).description).toContain("query is too old");
});

test("a group that became a supergroup says where it went", async () => {
  const group = api.group();
  const moved = api.migrate(group);
  const error = await refusal(client.sendMessage(group.id, "merhaba"));
  expect(error.parameters).toEqual({ migrate_to_chat_id: moved.id });
  expect(await client.sendMessage(moved.id, "merhaba")).toMatchObject({ chat: { id: moved.id } });
});

test.each<[string, Trouble, number, boolean]>([
  ["429 with a time", TOO_MANY(3), 429, false],
  ["429 without a time", TOO_MANY(), 429, false],
  ["blocked", BLOCKED, 403, false],
  ["deactivated", DEACTIVATED, 403, false],
  ["chat not found", CHAT_NOT_FOUND, 400, false],
  ["500", INTERNAL, 500, false],
  ["token revoked", REVOKED, 401, false],
  ["a 502 page", { kind: "html-502" }, 0, false],
  ["half a reply", { kind: "bad-json-after" }, 0, true],
  ["reset before accepting", { kind: "reset-before" }, 0, false],
  ["reset after accepting", { kind: "reset-after" }, 0, true],
  ["no reply", { kind: "hang-after" }, 0, true],
  ["too slow a reply", { kind: "slow", beforeMs: 0, afterMs: 1500 }, 0, true],
])("trouble: %s", async (_name, trouble, code, accepted) => {
  const ayse = api.person();
  ayse.says("merhaba");
  api.faults.add({ trouble, method: "sendMessage", chat: ayse.chat.id });
  const sending = client.sendMessage(ayse.chat.id, "yanıt");
  if (code > 0) expect((await refusal(sending)).error_code).toBe(code);
  else await expect(sending).rejects.toBeInstanceOf(HttpError);
  expect(api.callsOf("sendMessage")[0]?.accepted).toBe(accepted);
  expect(api.shown(ayse.chat.id)).toHaveLength(accepted ? 1 : 0);
  await client.sendMessage(ayse.chat.id, "yanıt");
});

test("the webhook sender carries the secret, repeats what failed, duplicates and reorders", async () => {
  const seen: { id: number; secret: unknown }[] = [];
  let failing = 1;
  const server = createServer((request, response) => {
    void (async () => {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      response.statusCode = failing-- > 0 ? 500 : 200;
      response.end();
      seen.push({ id: (JSON.parse(body) as Update).update_id, secret: request.headers["x-telegram-bot-api-secret-token"] });
    })();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  api.webhook.mischief.copies = 2;
  api.webhook.mischief.reordered = true;
  const ayse = api.person();
  const sent = Array.from({ length: 60 }, (_, number) => ayse.says(`soru ${number}`).update_id);
  await client.setWebhook(`http://127.0.0.1:${(server.address() as AddressInfo).port}/t`, { secret_token: "gizli" });
  await api.until(() => seen.length === 121);
  server.close();
  expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(sent));
  expect(seen.every(({ secret }) => secret === "gizli")).toBe(true);
  expect(seen.map(({ id }) => id)).not.toEqual(seen.map(({ id }) => id).toSorted((a, b) => a - b));
});
