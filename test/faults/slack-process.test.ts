import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startBotApi } from "../support/bot-api/server.ts";
import { slackSettings, startBotProcess, startProcess } from "../support/bot-process.ts";
import { endLeases } from "../support/leases.ts";
import { startRedisServer, type RedisServer } from "../support/redis-server.ts";
import { REVOKED, TROUBLES } from "../support/slack/faults.ts";
import { startSlack, type Slack } from "../support/slack/server.ts";
import type { Call } from "../support/slack/shapes.ts";

const folders: string[] = [];
const dataDir = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "imece-slack-process-"));
  folders.push(folder);
  return folder;
};
let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedisServer();
}, 180_000);
afterAll(async () => {
  await redis.stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Neither a token nor the half of one that is secret, nor an address that lets somebody answer. */
function expectNoSecret(output: string, slack: Slack): void {
  for (const secret of [slack.botToken, slack.appToken, slack.signingSecret]) {
    expect(output).not.toContain(secret);
    expect(output).not.toContain(secret.split("-").at(-1));
  }
  for (const id of slack.state.responses.keys()) expect(output).not.toContain(id);
}

const AT_START = ["reset-before", "reset-after", "status", "too-many", "bad-json-after"];

test(
  "after every fault of every method no token is in any line, and people are still answered",
  { timeout: 240_000 },
  async () => {
    await using slack = await startSlack();
    slack.deliveries.ackWithinMs = 60_000;
    for (const trouble of TROUBLES.filter(({ kind }) => AT_START.includes(kind))) {
      slack.faults.add({ trouble, method: "auth.test" });
      slack.faults.add({ trouble, method: "apps.connections.open" });
    }
    await using bot = await startProcess({ ...slackSettings(slack), DATA_DIR: dataDir(), LOG_LEVEL: "debug" });
    await slack.until(() => slack.sockets.open() === 2, 60_000);
    const people = TROUBLES.map(() => slack.person());
    const genel = slack.channel({ members: people });
    // Whoever is troubled by what the operator has to set right is answered a minute later, and whoever is gone never.
    const lost = TROUBLES.map(
      (trouble) => trouble.kind === "refuse" && !["internal_error", "fatal_error"].includes(trouble.error),
    );
    for (const [at, trouble] of TROUBLES.entries()) {
      const person = people[at]!;
      slack.faults.add({ trouble, method: "chat.postMessage", channel: person.dm.id });
      slack.faults.add({ trouble, method: "views.publish" });
      person.says("esmed ne zaman kuruldu");
      await person.opensHome().done;
      // One after another, so that each meets its own trouble.
      slack.faults.add({ trouble, method: "response_url", channel: genel.id });
      await person.commands("esmed nedir", { channel: genel }).done;
      await slack.until(() => slack.callsOf("response_url").length > at, 30_000);
    }
    const answered = () => people.every(({ dm }, at) => lost[at] === true || slack.shown(dm.id).length > 0);
    await slack.until(answered, 120_000);
    for (const { dm } of people) expect(slack.shown(dm.id).length).toBeLessThanOrEqual(1);
    const last = slack.person();
    last.says("dil");
    await slack.until(() => slack.shown(last.dm.id).length === 1, 60_000);
    expect(bot.logged("call.failed").length).toBeGreaterThan(20);
    slack.faults.add({ trouble: REVOKED, method: "apps.connections.open" });
    slack.sockets.refresh("oldest");
    expect(await bot.ended).toBe(1);
    expect(bot.output()).toContain("SLACK_APP_TOKEN");
    expectNoSecret(bot.output(), slack);
  },
);

test("a connection that is refused, or a name that is not found, tells no token either", { timeout: 60_000 }, async () => {
  const slack = await startSlack();
  await slack[Symbol.asyncDispose]();
  for (const url of [slack.apiUrl, "http://slack.invalid/api/", "https://127.0.0.1:1/api/"]) {
    await using bot = await startProcess({ ...slackSettings(slack), DATA_DIR: dataDir(), SLACK_API_URL: url });
    while (bot.logged("call.failed").length === 0) await pause(50);
    expect(await fetch(bot.health).then((answer) => answer.status)).toBe(503);
    bot.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
    expectNoSecret(bot.output(), slack);
  }
});

test("Telegram and Slack live in one process, and end together", { timeout: 60_000 }, async () => {
  await using slack = await startSlack();
  await using api = await startBotApi();
  await using bot = await startBotProcess(api, { ...slackSettings(slack), DATA_DIR: dataDir() });
  await slack.until(() => slack.sockets.open() === 2, 30_000);
  const ayse = slack.person();
  const mehmet = api.person();
  ayse.says("dil");
  mehmet.says("/dil");
  await slack.until(() => slack.shown(ayse.dm.id).length === 1 && api.shown(mehmet.chat.id).length === 1);
  expect(await fetch(bot.health).then((answer) => answer.json())).toEqual({ status: "ok" });
  bot.kill("SIGTERM");
  expect(await bot.ended).toBe(0);
  expect(slack.sockets.open()).toBe(0);

  slack.faults.add({ trouble: REVOKED, method: "auth.test" });
  await using wrong = await startBotProcess(api, { ...slackSettings(slack), DATA_DIR: dataDir() });
  expect(await wrong.ended).toBe(1);
  expect(wrong.output()).toContain("Slack does not accept SLACK_BOT_TOKEN");
  expectNoSecret(wrong.output(), slack);
});

test("another workspace over the same store is refused", { timeout: 60_000 }, async () => {
  const settings = { DATA_DIR: dataDir() };
  await using slack = await startSlack();
  for (const ends of ["same workspace", "another workspace"]) {
    await using bot = await startProcess({ ...slackSettings(slack), ...settings });
    if (ends === "another workspace") {
      expect(await bot.ended).toBe(1);
      expect(bot.output()).toMatch(/kept for another Slack workspace.*DATA_DIR.*REDIS_URL.*SLACK_BOT_TOKEN/);
      expect(slack.sockets.open()).toBe(0);
      continue;
    }
    await slack.until(() => slack.sockets.open() === 2, 30_000);
    bot.kill("SIGTERM");
    expect(await bot.ended).toBe(0);
    slack.state.team = "T0OTHER002";
  }
});

test("over HTTP it answers at the address where it says that it works", { timeout: 60_000 }, async () => {
  await using slack = await startSlack();
  const { SLACK_APP_TOKEN: _, ...settings } = slackSettings(slack);
  await using bot = await startProcess({ ...settings, SLACK_SIGNING_SECRET: slack.signingSecret, DATA_DIR: dataDir() });
  slack.deliveries.requestUrl = bot.health.replace("/health", "/slack/events");
  slack.deliveries.retryAfterMs = [500, 2000, 5000];
  const ayse = slack.person();
  await ayse.says("esmed ne zaman kuruldu").delivery?.done;
  await slack.until(() => slack.shown(ayse.dm.id).length === 1);
  await slack.until(() => bot.logged("receiving").length === 1);
  expectNoSecret(bot.output(), slack);
});

describe.each([
  ["embedded", () => ({ DATA_DIR: dataDir() }), async () => {}],
  ["Redis", () => ({ REDIS_URL: redis.url }), () => endLeases(redis.url)],
] as const)("killed with 40 questions in flight, %s", (name, settings, leaseEnds) => {
  test("it loses none and answers none twice: what was on the wire is looked up", { timeout: 120_000 }, async () => {
    await using slack = await startSlack();
    // Slack sends an event again for minutes.
    slack.deliveries.retryAfterMs = [1000, 5000, 20_000];
    const kept = { ...slackSettings(slack), ...settings() };
    const people = Array.from({ length: 40 }, () => slack.person());
    await using first = await startProcess(kept);
    await slack.until(() => slack.sockets.open() === 2, 30_000);
    for (const [at, { dm }] of people.entries()) {
      const trouble = { kind: "slow", beforeMs: 0, afterMs: 200 + ((at * 97) % 600) } as const;
      slack.faults.add({ trouble, method: "chat.postMessage", channel: dm.id });
    }
    for (const person of people) person.says("esmed ne zaman kuruldu");
    const posts = (fits: (call: Call) => boolean) =>
      slack.callsOf("chat.postMessage").filter((call) => call.accepted && fits(call)).length;
    const open = ({ status }: Call) => status === undefined;
    await slack.until(() => posts((call) => !open(call)) >= 10 && posts(open) >= 5);
    first.kill("SIGKILL");
    const onTheWire = posts(open);
    await first.ended;
    const answeredBefore = people.filter(({ dm }) => slack.shown(dm.id).length > 0).length;
    slack.faults.clear();
    await leaseEnds();

    await using second = await startProcess(kept);
    await slack.until(() => people.every(({ dm }) => slack.shown(dm.id).length > 0), 60_000);
    await Promise.all(slack.deliveries.all.map(({ done }) => done));
    // A sweep or two, so that whatever is still owed has left.
    await pause(5000);
    second.kill("SIGTERM");
    expect(await second.ended).toBe(0);
    const counts = people.map(({ dm }) => slack.shown(dm.id).length);
    console.info(
      `${name}: ${answeredBefore} of 40 at the kill, ${onTheWire} posted and not yet answered, ${counts.filter((count) => count > 1).length} twice`,
    );
    expect(counts).toEqual(people.map(() => 1));
  });
});
