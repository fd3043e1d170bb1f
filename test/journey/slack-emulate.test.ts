import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { webApi } from "@slack/bolt";
import { createEmulator, type Emulator } from "emulate";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SCOPES } from "#channels/slack/methods.ts";
import { threadUnder, type Card } from "#core/workspace.ts";
import { createLog } from "#ops/log.ts";
import { openEmbeddedStore } from "#store/embedded/open.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import { runSlackBot } from "../support/slack-bot.ts";
import { SECRET_KEY } from "../support/store.ts";
import { freePort } from "../support/free-port.ts";

/** Somebody else's idea of Slack: what goes out must be good there too. What comes in is sent by our own. */
let emulator: Emulator;
let sender: Slack;
let folder: string;
const token = ["xoxb", "1", "emulate"].join("-");
const bot = { bot_id: "B0IMECE01", user: "imece", scopes: [...SCOPES] };
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "imece-emulate-"));
  sender = await startSlack();
  const slack = {
    strict_scopes: true,
    users: [
      { name: "imece", email: "imece@a.example" },
      { name: "ayse", email: "ayse@a.example" },
    ],
    channels: [{ name: "genel" }],
    tokens: [{ token, type: "bot", ...bot }],
  };
  emulator = await createEmulator({ service: "slack", port: await freePort(), seed: { slack } });
});
afterEach(async () => {
  await emulator.close();
  await sender[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const CARD: Card = {
  language: "tr",
  title: { words: "Yeni soru" },
  paragraphs: [{ words: "ESMED'e nasıl üye olunur?" }],
  buttons: [{ label: { words: "Üstlen" }, action: "claim", value: "t-1" }],
};

test("asks, mentions, gets a file, opens the page, and staff get their card: all of it is accepted elsewhere too", async () => {
  const apiUrl = `${emulator.url}/api/`;
  const web = new webApi.WebClient(token, { slackApiUrl: apiUrl });
  await using store = await openEmbeddedStore({ folder, secretKey: SECRET_KEY, retentionMs: 86_400_000 });
  const failed: string[] = [];
  const log = { ...createLog("silent"), callFailed: (method: string, code: string) => void failed.push(`${method} ${code}`) };
  await using running = await runSlackBot(store, { ...sender, apiUrl, botToken: token }, { by: "http", log });

  const { team_id } = await web.auth.test();
  const user = (await web.users.list({})).members?.find(({ name }) => name === "ayse")?.id ?? "";
  const genel = (await web.conversations.list({})).channels?.find(({ name }) => name === "genel")?.id ?? "";
  const dm = (await web.conversations.open({ users: user })).channel?.id ?? "";
  const tell = (event: object) => {
    const authorizations = [{ team_id, user_id: "U1", is_bot: true, is_enterprise_install: false, enterprise_id: null }];
    const body = { type: "event_callback", event_id: `Ev${sender.deliveries.all.length}`, team_id, authorizations, event };
    return sender.deliveries.send("events_api", body);
  };
  const write = (text: string) => tell({ type: "message", channel: dm, channel_type: "im", user, text, ts: sender.state.ts() });
  const inDm = async () => (await web.conversations.history({ channel: dm, include_all_metadata: true })).messages ?? [];

  await write("esmed ne zaman kuruldu").done;
  await expect.poll(async () => (await inDm()).length).toBe(1);
  const [answer] = await inDm();
  expect(JSON.stringify(answer?.blocks)).toContain("Kaynak: ");
  expect(answer?.metadata).toMatchObject({ event_type: "imece_delivery", event_payload: { delivery: expect.any(String) } });
  const again = { ok: true, reference: `${dm}/${answer?.ts}` };
  const to = { channel: "slack", chat: dm, person: user };
  const id = `sl-Ev0#0`;
  expect(
    await running.slack.deliver(to, { kind: "say", language: "tr", paragraphs: [{ words: "a" }] }, { id, attempts: 1 }),
  ).toEqual(again);

  await write("verilerim").done;
  await expect
    .poll(async () => (await inDm()).some(({ files = [] }) => files.some(({ name }) => name === "verilerim.json")))
    .toBe(true);

  const { ts: root = "" } = await web.chat.postMessage({ channel: genel, text: "@imece esmed ne zaman kuruldu" });
  await tell({ type: "app_mention", channel: genel, user, text: "<@U1> esmed ne zaman kuruldu", ts: root }).done;
  await expect.poll(async () => (await web.conversations.replies({ channel: genel, ts: root })).messages?.length).toBe(2);
  await tell({ type: "app_home_opened", user, tab: "home" }).done;

  const { workspace } = running.slack;
  const posted = await workspace.post({ chat: genel }, CARD, { id: "t-1/card", attempts: 0 });
  if (!posted.ok) throw new Error(posted.why);
  expect(await workspace.post({ chat: genel }, CARD, { id: "t-1/card", attempts: 1 })).toEqual(posted);
  expect(await workspace.update(posted.reference, { ...CARD, title: { words: "Üstlenildi" } })).toMatchObject({ ok: true });
  expect(await workspace.post(threadUnder(posted.reference), CARD, { id: "t-1/note", attempts: 0 })).toMatchObject({ ok: true });
  expect(await workspace.find(threadUnder(posted.reference), "t-1/note")).toMatchObject({ reference: expect.any(String) });
  await workspace.notify(user, { chat: genel }, "tr", { words: "Bunu Mehmet üstlendi" });
  expect(await workspace.memberIds(genel)).toContain(user);
  expect(sender.deliveries.all.every(({ acknowledged }) => acknowledged)).toBe(true);
  expect(failed).toEqual([]);
});
