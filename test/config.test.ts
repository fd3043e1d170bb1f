import { inspect } from "node:util";
import { expect, test } from "vitest";
import { readConfig } from "#config.ts";

test("nothing set is a working configuration", () => {
  expect(readConfig({}).settings).toMatchObject({ defaultLanguage: "tr", timeZone: "Europe/Istanbul", retentionDays: 90 });
});

test("every problem is told at once, without the values", () => {
  const wrong = {
    REDIS_URL: "http://user:geheim@host",
    SECRET_KEY: "short",
    TIME_ZONE: "Mars/Olympus",
    DEFAULT_LOCALE: "de",
    RETENTION_DAYS: "soon",
  };
  expect(() => readConfig(wrong)).toThrow(/REDIS_URL[\s\S]*SECRET_KEY[\s\S]*DEFAULT_LOCALE[\s\S]*TIME_ZONE[\s\S]*RETENTION_DAYS/);
  expect(() => readConfig(wrong)).not.toThrow(/geheim|short/);
});

test("Telegram needs its token in the form @BotFather gives, and a webhook its secret", () => {
  const token = "123456789:AAF-bu_bir_sinama_belirtecidir";
  expect(readConfig({ TELEGRAM_BOT_TOKEN: token }).telegram?.token.reveal()).toBe(token);
  expect(JSON.stringify(readConfig({ TELEGRAM_BOT_TOKEN: token }))).not.toContain("AAF");
  expect(() => readConfig({ TELEGRAM_BOT_TOKEN: "AAF-secret" })).toThrow(/TELEGRAM_BOT_TOKEN must look like/);
  expect(() => readConfig({ TELEGRAM_BOT_TOKEN: "AAF-secret" })).not.toThrow(/AAF-secret/);
  expect(() => readConfig({ TELEGRAM_WEBHOOK_URL: "https://a.example/t" })).toThrow(/go together/);
  const webhook = { TELEGRAM_WEBHOOK_URL: "https://a.example/t", TELEGRAM_WEBHOOK_SECRET: "0123456789abcdef" };
  expect(readConfig({ ...webhook, TELEGRAM_BOT_TOKEN: token }).telegram?.webhook?.url).toBe("https://a.example/t");
  expect(readConfig({}).telegram).toBeUndefined();
});

test("Slack needs its bot token and one way to receive, and all that is wrong with it is told at once", () => {
  const token = ["xoxb", "1234567890", "sinama"].join("-");
  const app = ["xapp", "1", "A0IMECE", "sinama"].join("-");
  const signing = "0123456789abcdef0123456789abcdef";
  const socket = readConfig({ SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: app, SLACK_APPROVERS: "U012AB, S034CD" }).slack;
  expect(socket?.by).toHaveProperty("appToken");
  expect(socket?.approvers).toEqual(["U012AB", "S034CD"]);
  expect(JSON.stringify(socket)).not.toMatch(/sinama/);
  expect(readConfig({ SLACK_BOT_TOKEN: token, SLACK_SIGNING_SECRET: signing }).slack?.by).toHaveProperty("signingSecret");
  expect(readConfig({}).slack).toBeUndefined();
  expect(() => readConfig({ SLACK_BOT_TOKEN: token })).toThrow(/SLACK_BOT_TOKEN alone receives nothing: set SLACK_APP_TOKEN/);
  expect(() => readConfig({ SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: signing })).toThrow(
    /SLACK_BOT_TOKEN is set with both .*: remove the one you do not use/,
  );
  expect(() => readConfig({ SLACK_APP_TOKEN: app })).toThrow(/SLACK_BOT_TOKEN is missing/);
  expect(() => readConfig({ SLACK_DESK_CHANNEL: "C0123456789" })).toThrow(/SLACK_BOT_TOKEN is missing: SLACK_DESK_CHANNEL/);
  const wrong = {
    SLACK_BOT_TOKEN: "gizli-1",
    SLACK_APP_TOKEN: "gizli-2",
    SLACK_SIGNING_SECRET: "gizli-3",
    SLACK_API_URL: "slack",
    SLACK_DESK_CHANNEL: "#masa",
    SLACK_APPROVERS: "ayşe",
  };
  expect(() => readConfig(wrong)).toThrow(new RegExp(Object.keys(wrong).join("[\\s\\S]*")));
  expect(() => readConfig(wrong)).not.toThrow(/gizli/);
});

test("Redis needs a key that all processes share", () => {
  expect(() => readConfig({ REDIS_URL: "redis://localhost" })).toThrow(/SECRET_KEY is required/);
});

test("a secret prints as [secret] everywhere", () => {
  const config = readConfig({ SECRET_KEY: "0123456789abcdef0123456789abcdef" });
  expect(JSON.stringify(config)).not.toContain("0123456789");
  expect(inspect(config, { depth: 9 })).not.toContain("0123456789");
  expect(JSON.stringify({ key: config.secretKey })).toContain("[secret]");
  expect(config.secretKey?.reveal()).toContain("0123456789");
});

test("office hours and closed days are read, and told in plain words where they are wrong", () => {
  const { office } = readConfig({ OFFICE_HOURS: "Mon-Fri 08:30-17:30", CLOSED_DAYS: "2026-12-31 12:30" });
  expect(office.hours[1]).toEqual([[510, 1050]]);
  expect(office.closure("2026-12-31")?.from).toBe(750);
  expect(office.closure("2026-10-29")?.name.tr).toBe("Cumhuriyet Bayramı");
  expect(() => readConfig({ OFFICE_HOURS: "9-5", CLOSED_DAYS: "Noel" })).toThrow(
    /OFFICE_HOURS must look like Mon-[\s\S]*CLOSED_DAYS must look like 2026-/,
  );
});

test("what goes to many goes no faster than Telegram takes without payment", () => {
  expect(readConfig({}).bulkRate).toBe(25);
  expect(() => readConfig({ BULK_RATE: "500" })).toThrow(/BULK_RATE above 30 needs TELEGRAM_PAID_BROADCAST=true/);
  expect(() => readConfig({ BULK_RATE: "0" })).toThrow(/BULK_RATE must be at least 1/);
  expect(readConfig({ BULK_RATE: "500", TELEGRAM_PAID_BROADCAST: "true" }).bulkRate).toBe(500);
  expect(() => readConfig({ TELEGRAM_PAID_BROADCAST: "perhaps" })).toThrow(/TELEGRAM_PAID_BROADCAST must be true or false/);
});

test("calendars are given under a public address that is encrypted, but on this machine", () => {
  expect(readConfig({}).publicUrl).toBeUndefined();
  const given = (PUBLIC_URL: string) => readConfig({ PUBLIC_URL }).publicUrl;
  expect(given("https://imece.example.org/")).toBe("https://imece.example.org");
  expect(given("https://imece.example.org/bot/")).toBe("https://imece.example.org/bot");
  for (const here of ["http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080"]) expect(given(here)).toBe(here);
  const wrong = ["http://imece.example.org", "imece.example.org", "https://a.example/?b", "https://a.example/#b"];
  for (const each of [...wrong, "https://gizli:gizli@a.example", "ftp://localhost", "http://localhost.example.org"]) {
    expect(() => given(each)).toThrow(/PUBLIC_URL must look like https:/);
    expect(() => given(each)).not.toThrow(/gizli/);
  }
});
