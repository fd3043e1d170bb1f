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
