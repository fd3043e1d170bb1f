import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { REVOKED } from "../support/bot-api/faults.ts";
import { startBotApi } from "../support/bot-api/server.ts";
import { slackSettings, startBotProcess } from "../support/bot-process.ts";
import { INVALID_AUTH } from "../support/slack/faults.ts";
import { startSlack } from "../support/slack/server.ts";
import { startRedisServer } from "../support/redis-server.ts";
import { SECRET_KEY } from "../support/store.ts";
import { freePort } from "../support/free-port.ts";

const folder = mkdtempSync(path.join(tmpdir(), "imece-doctor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the command as an operator does. */
function doctor(settings: Readonly<Record<string, string>>): Promise<{ code: number; output: string }> {
  const env = { PATH: process.env["PATH"], ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, ["src/commands/doctor.ts"], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

test("without a token it says that the console is all there is", async () => {
  const { code, output } = await doctor({ DATA_DIR: path.join(folder, "console") });
  expect(output).toContain("console only");
  expect(output).toMatch(/✓ Knowledge: \d+ entries/);
  expect(code).toBe(0);
});

test("looks at Telegram beside a running bot, and names what is wrong without the token", async () => {
  await using api = await startBotApi();
  const DATA_DIR = path.join(folder, "telegram");
  const settings = { DATA_DIR, TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SECRET_KEY };
  await using bot = await startBotProcess(api, { DATA_DIR });
  const good = await doctor(settings);
  expect(good.output).toContain("is in use by the running bot");
  expect(good.output).toContain("✓ Telegram: the token is that of @imece_sinama_bot");
  expect(good.output).toContain("✓ Clock");
  expect(good.code).toBe(0);
  expect(bot.logged("receiving")).toHaveLength(1);

  api.faults.add({ trouble: REVOKED, method: "getMe" });
  const revoked = await doctor(settings);
  expect(revoked.output).toContain("✗ Telegram: Telegram does not accept TELEGRAM_BOT_TOKEN");
  expect(revoked.code).toBe(1);
  const away = await doctor({ ...settings, TELEGRAM_API_ROOT: "http://127.0.0.1:1" });
  expect(away.output).toContain("✗ Telegram: cannot be reached (ECONNREFUSED)");
  const wrong = await doctor({ DATA_DIR, TELEGRAM_BOT_TOKEN: "abc", PORT: "-1" });
  expect(wrong.output).toMatch(/✗ Settings: [\s\S]*TELEGRAM_BOT_TOKEN[\s\S]*PORT/);
  for (const { output } of [good, revoked, away, wrong]) expect(output).not.toContain(api.token.split(":")[1]);
});

test("looks at Slack: tokens, scopes, the desk's channel and the approvers, and says what to do about each", async () => {
  await using slack = await startSlack();
  const [ayse, mehmet] = [slack.person(), slack.person({ name: "mehmet" })];
  const desk = slack.channel({ name: "masa", private: true, members: [ayse, mehmet] });
  const settings = {
    ...slackSettings(slack),
    DATA_DIR: path.join(folder, "slack"),
    SLACK_DESK_CHANNEL: desk.id,
    SLACK_APPROVERS: `${ayse.user.id},${mehmet.user.id}`,
  };
  const good = await doctor(settings);
  for (const line of ["the token is that of @imece", "every scope", "Socket Mode can be", "in the desk's channel", "2 approver"])
    expect(good.output).toMatch(new RegExp(`✓ Slack: .*${line}`));
  expect(good.code).toBe(0);

  slack.state.scopes = slack.state.scopes.filter((scope) => scope !== "im:write" && scope !== "users:read");
  desk.members.delete("U0IMECEBOT");
  slack.faults.add({ trouble: INVALID_AUTH, method: "apps.connections.open" });
  const bad = await doctor(settings);
  expect(bad.output).toContain("✗ Slack: scopes are missing: im:write, users:read. Take them from slack/manifest.yaml");
  expect(bad.output).toContain("✗ Slack: Slack does not accept SLACK_APP_TOKEN");
  expect(bad.output).toMatch(/✗ Slack: the token lacks the scope users:read\. .*\(missing_scope\)/);
  expect(bad.output).toContain("✗ Slack: of SLACK_APPROVERS these cannot be found");
  expect(bad.code).toBe(1);

  const bare = await doctor({ ...slackSettings(slack), DATA_DIR: path.join(folder, "slack") });
  expect(bare.output).toContain("– SLACK_DESK_CHANNEL is not set");
  expect(bare.output).toContain("– SLACK_APPROVERS is not set: publishing is off");
  slack.faults.add({ trouble: INVALID_AUTH, method: "auth.test" });
  const wrong = await doctor(settings);
  expect(wrong.output).toContain("✗ Slack: Slack does not accept SLACK_BOT_TOKEN");
  const away = await doctor({ ...settings, SLACK_API_URL: `http://127.0.0.1:${await freePort()}/api/` });
  expect(away.output).toContain("✗ Slack: cannot be reached (ECONNREFUSED)");
  for (const { output } of [good, bad, bare, wrong, away]) {
    expect(output).not.toContain(slack.botToken.split("-").at(-1));
    expect(output).not.toContain(slack.appToken.split("-").at(-1));
  }
});

test("names approvers who cannot approve, and a desk's channel that everybody reads", { timeout: 60_000 }, async () => {
  await using slack = await startSlack();
  const [ayse, guest, gone, outside] = [slack.person(), slack.person({ guest: "guest" }), slack.person(), slack.person()];
  const desk = slack.channel({ name: "masa", members: [ayse, guest, gone] });
  gone.user.deleted = true;
  slack.state.groups.set("S0BOS", []);
  const people = [ayse, guest, gone, outside].map(({ user }) => user.id);
  const { output } = await doctor({
    ...slackSettings(slack),
    DATA_DIR: path.join(folder, "approvers"),
    SLACK_DESK_CHANNEL: desk.id,
    SLACK_APPROVERS: [...people, "S0BOS"].join(","),
  });
  expect(output).toContain("groups are empty: S0BOS");
  expect(output).toContain(`deactivated: ${gone.user.id}`);
  expect(output).toContain(`guests, who may not act at the desk: ${guest.user.id}`);
  expect(output).toContain(`not in the desk's channel; /invite them there: ${outside.user.id}`);
  expect(output).toMatch(/– Slack: .* public: everybody in the workspace can read/);
});

test("names what keeps the desk's channel from working, with the remedy", { timeout: 60_000 }, async () => {
  await using slack = await startSlack();
  const desk = slack.channel({ name: "masa" });
  const settings = { ...slackSettings(slack), DATA_DIR: path.join(folder, "masa"), SLACK_DESK_CHANNEL: desk.id };
  const { scopes } = slack.state;
  const troubles: readonly (readonly [breaks: () => void, mends: () => void, told: RegExp])[] = [
    [
      () => void slack.state.channels.delete(desk.id),
      () => void slack.state.channels.set(desk.id, desk),
      /✗ Slack: the desk's channel cannot be found.*SLACK_DESK_CHANNEL.*\(channel_not_found\)/,
    ],
    [
      () => void (desk.is_archived = true),
      () => void (desk.is_archived = false),
      /✗ Slack: the desk's channel is archived\. Unarchive.*\(is_archived\)/,
    ],
    [
      () => void desk.members.delete("U0IMECEBOT"),
      () => void desk.members.add("U0IMECEBOT"),
      /✗ Slack: the bot is not in the desk's channel\. \/invite it there\. \(not_in_channel\)/,
    ],
    [
      () => void (slack.state.scopes = scopes.filter((scope) => scope !== "channels:read")),
      () => void (slack.state.scopes = scopes),
      /✗ Slack: the token lacks the scope channels:read\. .*manifest.*\(missing_scope\)/,
    ],
    ...["invalid_auth", "token_revoked", "account_inactive"].map((error) => {
      const breaks = () => slack.faults.add({ trouble: { kind: "refuse", error }, method: "auth.test" });
      return [
        breaks,
        () => slack.faults.clear(),
        /✗ Slack: Slack does not accept SLACK_BOT_TOKEN.*install the app anew/,
      ] as const;
    }),
  ];
  for (const [breaks, mends, told] of troubles) {
    breaks();
    const { code, output } = await doctor(settings);
    expect(output).toMatch(told);
    expect(code).toBe(1);
    mends();
  }
  expect((await doctor(settings)).code).toBe(0);
});

test("says where Redis would forget who was sent an announcement", { timeout: 60_000 }, async () => {
  await using slack = await startSlack();
  const ayse = slack.person();
  const desk = slack.channel({ name: "masa", private: true, members: [ayse] });
  const redis = await startRedisServer({ keeps: true });
  const client = new Redis(redis.url);
  const settings = { ...slackSettings(slack), REDIS_URL: redis.url, SECRET_KEY, SLACK_DESK_CHANNEL: desk.id };
  const announces = { ...settings, SLACK_APPROVERS: ayse.user.id };
  expect((await doctor(announces)).output).toContain("✓ Redis: it keeps what it acknowledged");
  await client.config("SET", "appendfsync", "everysec");
  expect((await doctor(announces)).output).toContain("– Redis: appendfsync is everysec, not always");
  await client.config("SET", "appendonly", "no");
  const { output, code } = await doctor(announces);
  expect(output).toContain("– Redis: appendonly is no, not yes");
  expect(code).toBe(0);
  // As with a service that shows nobody its settings.
  await client.acl("SETUSER", "default", "-config");
  expect((await doctor(announces)).output).toContain(
    "– Redis: appendonly and appendfsync cannot be told (CONFIG GET is refused)",
  );
  // Where nobody may approve, nothing is announced.
  expect((await doctor(settings)).output).not.toContain("appendfsync");
  client.disconnect();
  await redis.stop();
});

test("says whether PUBLIC_URL leads to the bot", { timeout: 60_000 }, async () => {
  await using api = await startBotApi();
  const DATA_DIR = path.join(folder, "public");
  const settings = { DATA_DIR, TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SECRET_KEY };
  const told = async (PUBLIC_URL: string) => (await doctor({ ...settings, PUBLIC_URL })).output;
  expect((await doctor(settings)).output).toContain("– PUBLIC_URL is not set: members get no calendar links");
  expect(await told(`http://127.0.0.1:${await freePort()}`)).toContain(
    "– PUBLIC_URL: cannot be reached from here (ECONNREFUSED)",
  );
  expect(await told("http://imece.example.org")).toMatch(/✗ Settings: [\s\S]*PUBLIC_URL must look like https:/);
  await using bot = await startBotProcess(api, { DATA_DIR, PUBLIC_URL: "https://imece.example.org" });
  const origin = bot.health.replace("/health", "");
  expect(await told(origin)).toContain("✓ PUBLIC_URL: calendars can be looked for there");
  const port = await freePort();
  const proxy = createServer((_request, response) => response.writeHead(502).end()).listen(port, "127.0.0.1");
  expect(await told(`http://127.0.0.1:${port}`)).toContain("– PUBLIC_URL: answers 502 where the running bot answers 404");
  proxy.close();
});
