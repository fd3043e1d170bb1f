import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startBotApi, type BotApi } from "../support/bot-api/server.ts";
import { slackSettings, startBotProcess, type BotProcess } from "../support/bot-process.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Channel } from "../support/slack/shapes.ts";

let api: BotApi;
let slack: Slack;
let desk: Channel;
let bot: BotProcess;
const folder = mkdtempSync(path.join(tmpdir(), "imece-metrics-"));
beforeAll(async () => {
  api = await startBotApi();
  slack = await startSlack();
  desk = slack.channel({ members: [slack.person({ name: "mehmet" })] });
  bot = await startBotProcess(api, { ...slackSettings(slack), SLACK_DESK_CHANNEL: desk.id, DATA_DIR: folder });
}, 60_000);
afterAll(async () => {
  await bot[Symbol.asyncDispose]();
  await slack[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const address = () => bot.health.replace("/health", "/metrics");
/** Every sample by its name and labels, as they are written. */
async function read(): Promise<ReadonlyMap<string, number>> {
  const lines = (await (await fetch(address())).text()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]));
}
/** Waits until a figure is as it should be: some follow a moment after what they count. */
const becomes = (name: string, value: number) =>
  expect.poll(async () => (await read()).get(name), { timeout: 10_000 }).toBe(value);
const reads = (chat: number, part: string) => api.until(() => api.shown(chat).some(({ text }) => text?.includes(part)));
const last = (chat: number) => api.shown(chat).at(-1)!;

test("counts what comes in, how it is answered and sent, and what waits, and names nobody", { timeout: 60_000 }, async () => {
  const ayse = api.person();
  const { id } = ayse.chat;
  ayse.says("esmed nedir");
  await reads(id, "Kaynak");
  ayse.says("qwxz plfk borcum");
  await reads(id, "yanlış bilgi");
  ayse.presses(last(id), "Birliğe ilet");
  await reads(id, "şu metin gidecek");
  slack.faults.add({ trouble: { kind: "refuse", error: "is_archived" }, method: "chat.postMessage" });
  ayse.presses(last(id), "Gönder");
  await reads(id, "Soru no:");

  await becomes('imece_incomings_total{channel="telegram",kind="message"}', 2);
  await becomes('imece_incomings_total{channel="telegram",kind="choice"}', 2);
  await becomes('imece_answers_total{outcome="answer"}', 1);
  await becomes('imece_answers_total{outcome="none"}', 1);
  await becomes("imece_turn_seconds_count", 4);
  await becomes('imece_tickets{state="open"}', 1);
  await becomes('imece_tickets{state="claimed"}', 0);
  await becomes("imece_desk_reachable", 1);
  await becomes('imece_cards_not_posted_total{why="gone"}', 1);
  await becomes("imece_drafts_waiting", 0);
  expect(bot.logged("desk.card-not-posted")).toMatchObject([{ level: 50, why: "gone" }]);
  const now = await read();
  expect(now.get('imece_deliveries_total{channel="telegram",outcome="sent"}')).toBeGreaterThanOrEqual(4);
  expect(now.get("imece_knowledge_entries")).toBeGreaterThan(100);
  expect(now.get("imece_oldest_wait_seconds")).toBeLessThan(60);
  expect([...now.keys()]).toEqual(expect.arrayContaining(['imece_owed{what="replies"}', "nodejs_eventloop_lag_p99_seconds"]));

  const names = [...now.keys()].join("\n");
  for (const secret of [String(id), String(ayse.user.id), "plfk", "esmed", api.token, slack.botToken, desk.id])
    expect(names).not.toContain(secret);
});

test("what can be read there can only be read, and the rest of the server is as it was", async () => {
  const response = await fetch(address());
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect((await fetch(address(), { method: "POST" })).status).toBe(405);
  expect((await fetch(bot.health)).status).toBe(200);
});
